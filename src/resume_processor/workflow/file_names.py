"""Names of files as clients send them: shown, put into headers, never used as a path."""

from __future__ import annotations

import re
import unicodedata

_SLASH = re.compile(r"[/\\]")
_ODD = re.compile(r"[^A-Za-z0-9._ -]")

#: Longest name that is kept, in characters.
LONGEST_NAME = 200

#: What stands where a client sent no name.
UNNAMED = "resume"


def display_name(sent: str | None) -> str:
    """The last part of what was sent, without control characters and not too long."""
    last = _SLASH.split(sent or "")[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip()
    return shown[-LONGEST_NAME:] or UNNAMED


def ascii_name(name: str) -> str:
    """The name in the plain characters that every client takes in a header."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _ODD.sub("_", plain).strip() or UNNAMED
