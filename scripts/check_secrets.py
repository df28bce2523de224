"""Look for keys and passwords in the files that git knows: ``python -m scripts.check_secrets``.

``make secrets``; needs no network. Prints file, line and kind of what it finds, never the secret
itself, and exits with 1.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[1]

#: They take digests, model names and words for secrets; what is left knows what keys look like.
GUESSING = {
    "KeywordDetector",
    "Base64HighEntropyString",
    "HexHighEntropyString",
    "IPPublicDetector",
}

#: Passwords of examples in the documentation and in tests, which open nothing.
EXAMPLES = {"password", "secret", "hidden", "pw"}

#: One of our own keys; the example in the OpenAPI document is cut out of no real one.
OUR_KEY = re.compile(r"\brp_[A-Za-z0-9_-]{43}\b")
EXAMPLE_KEY = "rp_Zk3v9QhrscChlQIMVXb5sSYspob7oDzuXQgmpl2e0TA"

#: Lexicons, models and pictures are no place for a key, and take long to look through.
LARGEST = 500_000


def main() -> int:
    """The exit status."""
    files = [path for path in tracked() if path.stat().st_size <= LARGEST]
    found = sorted({*known_kinds(files), *our_keys(files)})
    for path, line, kind in found:
        print(f"{path}:{line}: {kind}")
    print(f"{len(files)} files, {len(found)} secrets", file=sys.stderr)
    return 1 if found else 0


def tracked() -> list[Path]:
    """Files of the repository."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name for name in names.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def known_kinds(files: list[Path]) -> Iterator[tuple[str, int, str]]:
    """What looks like a key of a known service, a private key, or a password in an address."""
    kinds = get_mapping_from_secret_type_to_class().values()
    plugins = [{"name": kind.__name__} for kind in kinds if kind.__name__ not in GUESSING]
    collection = SecretsCollection(root=str(ROOT))
    with transient_settings({"plugins_used": plugins}):
        for path in files:
            collection.scan_file(str(path.relative_to(ROOT)))
    for name, secret in collection:
        if secret.secret_value not in EXAMPLES:
            yield name, secret.line_number, secret.type


def our_keys(files: list[Path]) -> Iterator[tuple[str, int, str]]:
    """API keys of this service."""
    for path in files:
        lines = path.read_text("utf-8", "replace").splitlines()
        for number, line in enumerate(lines, 1):
            if any(key != EXAMPLE_KEY for key in OUR_KEY.findall(line)):
                yield str(path.relative_to(ROOT)), number, "API key of this service"


if __name__ == "__main__":
    sys.exit(main())
