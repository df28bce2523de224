"""From a page's own coordinates to points from its top left corner, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf.open import Handle


@dataclass(frozen=True, slots=True)
class Frame:
    """``x' = a x + c y + e``, ``y' = b x + d y + f``; width and height of the page in points."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    @property
    def is_plain(self) -> bool:
        """Whether the page is shown as it is: only its origin moves, and y is turned over."""
        return self.a == 1 and self.d == -1 and not self.b and not self.c

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point on the shown page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def frame_of(page: Handle) -> Frame:
    """The page's frame: its crop box, turned as its rotation says."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        box = pdfium.FS_RECTF(0.0, pdfium.FPDF_GetPageHeightF(page), 612.0, 0.0)
    width, height = abs(box.right - box.left), abs(box.top - box.bottom)
    left, bottom = min(box.left, box.right), min(box.top, box.bottom)
    turns = pdfium.FPDFPage_GetRotation(page)
    if turns == 1:
        return Frame(0, 1, 1, 0, -bottom, -left, height, width)
    if turns == 2:
        return Frame(-1, 0, 0, 1, left + width, -bottom, width, height)
    if turns == 3:
        return Frame(0, -1, -1, 0, bottom + height, left + width, height, width)
    return Frame(1, 0, 0, -1, -left, bottom + height, width, height)


def quarter_turned(frame: Frame, turns: int) -> Frame:
    """The frame of the page turned clockwise by so many quarters."""
    for _ in range(turns % 4):
        f = frame
        frame = Frame(-f.b, f.a, -f.d, f.c, f.height - f.f, f.e, f.height, f.width)
    return frame


def quarters_between(plain: Frame, turned: Frame) -> int:
    """By how many quarters clockwise ``turned`` is turned against ``plain``."""
    wanted = (turned.a, turned.b, turned.c, turned.d)
    for turns in range(4):
        frame = quarter_turned(plain, turns)
        if (frame.a, frame.b, frame.c, frame.d) == wanted:
            return turns
    return 0
