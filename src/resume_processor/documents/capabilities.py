"""Which parts of reading that depend on the machine are there, for ``doctor`` and the docs."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.documents.ocr import engine


@dataclass(frozen=True, slots=True)
class Capability:
    """An optional part: whether it is used, and what is used, or what is done without it."""

    name: str
    is_available: bool
    detail: str


def capabilities() -> tuple[Capability, ...]:
    """OCR, and what reads the formats for which other programs are often taken."""
    return (_ocr(), _without_office())


def _ocr() -> Capability:
    if not engine.is_available():
        return Capability(
            "OCR", is_available=False, detail="no engine: scans and images end as no_text"
        )
    names = ", ".join(engine.languages())
    return Capability("OCR", is_available=True, detail=f"Tesseract with data for {names}")


def _without_office() -> Capability:
    detail = "read by the built-in readers; LibreOffice is not used"
    return Capability("DOC and RTF", is_available=True, detail=detail)
