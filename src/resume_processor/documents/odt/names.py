"""Names of OpenDocument's XML."""

from __future__ import annotations

import re
from typing import Final

_BASE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{{{_BASE}office:1.0}}"
TEXT: Final = f"{{{_BASE}text:1.0}}"
TABLE: Final = f"{{{_BASE}table:1.0}}"
STYLE: Final = f"{{{_BASE}style:1.0}}"
DRAW: Final = f"{{{_BASE}drawing:1.0}}"
MANIFEST: Final = f"{{{_BASE}manifest:1.0}}"
FO: Final = f"{{{_BASE}xsl-fo-compatible:1.0}}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"

_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|cm|mm|in|pc|px)$")
#: Points in each unit.
_UNITS = {"pt": 1.0, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "pc": 12.0, "px": 0.75}


def points(text: str | None, default: float) -> float:
    """A length in points; ``default`` where it is none."""
    match = _LENGTH.match(text or "")
    return float(match[1]) * _UNITS[match[2]] if match else default
