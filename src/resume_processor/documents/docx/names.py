"""Names of WordprocessingML, in the transitional and the strict spelling of its namespaces."""

from __future__ import annotations

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: Twips (twentieths of a point) and English metric units in a point.
TWIPS: Final = 20.0
EMUS: Final = 12_700.0
#: Strict documents name the same things under other namespaces.
STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
)


def value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """The attribute of the main namespace, None where there is no element."""
    return None if element is None else element.get(W + attribute)


def number(text: str | None, default: float = 0.0) -> float:
    """A number of an attribute; ``default`` where it is none."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


def is_on(element: etree._Element) -> bool:
    """Whether a toggle property is on: ``<w:b/>`` is, ``<w:b w:val="0"/>`` is not."""
    return value(element) not in {"0", "false", "off", "none"}
