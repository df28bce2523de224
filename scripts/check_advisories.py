"""Ask the database of advisories about the locked versions: ``python -m scripts.check_advisories``.

``make audit``. pip-audit does the work; it takes a package that it cannot look up, and an answer
without advisories, for a good sign, so a version with known advisories is asked for first.

exit status 0    nothing is known against any version
            1    something is, or could not be found out though the database answers
            3    not checked: the database cannot be reached from here
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

CLEAN, FOUND, NOT_CHECKED = 0, 1, 3

PIP_AUDIT = "pip-audit==2.9.0"

#: What ships: this, and what its extra ``tracing`` adds.
LOCKS = ("requirements/base.lock", "requirements/tracing.lock")

#: A version that has had advisories since 2018, where pip-audit asks for those of ours.
KNOWN_BAD = "https://pypi.org/pypi/requests/2.19.0/json"

#: How long the database has for an answer, in seconds.
PATIENCE = 15.0

#: Advisories that do not touch this service, each with why.
ACCEPTED: Mapping[str, str] = {}


def main() -> int:
    """The exit status."""
    return check(KNOWN_BAD, pip_audit(LOCKS))


def pip_audit(locks: Sequence[str]) -> list[str]:
    """The command that prints what is known as JSON."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    start = [uv, "tool", "run", "--python", sys.executable, "--from", PIP_AUDIT, "pip-audit"]
    options = ["--format", "json", "--progress-spinner", "off", "--disable-pip", "--require-hashes"]
    accepted = [part for one in ACCEPTED for part in ("--ignore-vuln", one)]
    return [*start, *options, *accepted, *(part for lock in locks for part in ("-r", lock))]


def check(known_bad: str, command: Sequence[str]) -> int:
    """Say what is known, or that it cannot be found out."""
    if not tells_advisories(known_bad):
        return not_checked()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    looked_up = dependencies_in(done.stdout)
    if looked_up is None:
        if not tells_advisories(known_bad):  # it went away meanwhile
            return not_checked()
        print(done.stderr.strip())
        print("audit: failed, although the advisories can be reached")
        return FOUND
    lines = [line for one in looked_up for line in wrong_with(one)]
    print("\n".join([*lines, f"audit: {len(looked_up)} packages, {len(lines)} findings"]))
    return FOUND if lines else CLEAN


def tells_advisories(known_bad: str) -> bool:
    """Whether the database tells of a version what is known against it: a mirror may not."""
    try:
        with urllib.request.urlopen(known_bad, timeout=PATIENCE) as answer:
            told = json.load(answer)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return isinstance(told, dict) and bool(told.get("vulnerabilities"))


def not_checked() -> int:
    """Say it plainly: nothing failed, and nothing is known to be good."""
    print("not checked: advisories cannot be reached")
    return NOT_CHECKED


def dependencies_in(output: str) -> list[dict[str, Any]] | None:
    """What pip-audit says of each package; None where it said nothing."""
    try:
        said = json.loads(output)
    except ValueError:
        return None
    found: list[dict[str, Any]] = said["dependencies"]
    return found or None


def wrong_with(dependency: Mapping[str, Any]) -> list[str]:
    """A line for each advisory, or why it could not be looked up."""
    if "skip_reason" in dependency:
        return [f"{dependency['name']}: {dependency['skip_reason']}"]
    name = f"{dependency['name']} {dependency['version']}"
    return [
        f"{name}: {one['id']}, fixed in {', '.join(one['fix_versions']) or 'no version'}"
        for one in dependency["vulns"]
    ]


if __name__ == "__main__":
    sys.exit(main())
