"""LibreOffice, where it is installed: other formats to DOCX."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

#: Longest time for one file, in seconds; the first start of a profile is the slowest.
_SECONDS = 45.0
_PROGRAMS = ("soffice", "libreoffice")
_FILTER = "docx:MS Word 2007 XML"


@functools.cache
def program() -> str | None:
    """Path of LibreOffice's program, None where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def converted(data: bytes, suffix: str) -> bytes | None:
    """The file as DOCX; None where LibreOffice is missing or can do nothing with it.

    Nothing is left on disk: the profile and both files live in a folder that is removed.
    """
    path = program()
    if path is None:
        return None
    with tempfile.TemporaryDirectory(prefix="resume-office-") as folder:
        source = Path(folder, f"document.{suffix}")
        source.write_bytes(data)
        command = [
            path,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            folder,
            str(source),
        ]
        return _run(command, Path(folder, "document.docx"))


def _run(command: list[str], result: Path) -> bytes | None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(result.parent)}
    try:
        subprocess.run(  # noqa: S603 - our own command, no shell
            command, check=True, capture_output=True, timeout=_SECONDS, env=environment
        )
        return result.read_bytes()
    except (subprocess.SubprocessError, OSError):
        return None
