"""What a key of a blob may look like, for every store alike."""

from __future__ import annotations

import re

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,7}")


def require_key(key: str) -> str:
    """The key, a path of plain names that leads nowhere else. Raises ValueError."""
    if not _KEY.fullmatch(key):
        raise ValueError("a blob key is made of plain names")
    return key
