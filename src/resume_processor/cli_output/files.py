"""Which files a command is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def files_in(given: Sequence[Path]) -> list[Path]:
    """The files as given, once each; a folder stands for the files in it, by name."""
    found: dict[Path, None] = {}
    for path in given:
        inside = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return list(found)
