"""Hyperlinks of a page: rectangles with an address."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.open import Handle
from resume_processor.layout.boxes import Box

#: Links of a page that are looked at; a hostile page may have millions.
_MOST = 500
#: Longest address, in bytes.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """Where on the shown page the link is, and its target."""

    box: Box
    target: str


def links_of(document: Handle, page: Handle, frame: Frame) -> list[Link]:
    """The page's links to addresses outside of the document."""
    links: list[Link] = []
    position, annotation = ctypes.c_int(0), pdfium.FPDF_LINK()
    rect = pdfium.FS_RECTF()
    for _ in range(_MOST):
        if not pdfium.FPDFLink_Enumerate(page, position, annotation):
            break
        target = _target(document, annotation)
        if target and pdfium.FPDFLink_GetAnnotRect(annotation, rect):
            (x0, y0), (x1, y1) = frame.at(rect.left, rect.bottom), frame.at(rect.right, rect.top)
            box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            links.append(Link(box, target))
    return links


def _target(document: Handle, annotation: Handle) -> str | None:
    action = pdfium.FPDFLink_GetAction(annotation)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < length <= _LONGEST:
        return None
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace").strip() or None


def link_at(links: list[Link], box: Box) -> str | None:
    """Target of the link that the middle of ``box`` is in."""
    x, y = (box.x0 + box.x1) / 2, box.middle
    for link in links:
        around = link.box
        if around.x0 <= x <= around.x1 and around.y0 <= y <= around.y1:
            return link.target
    return None
