"""The forms of documents on which the parser is least sure: how they look, never who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from evaluation.reliability import Rated
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document, Line
from resume_processor.parsing.segment import segment
from resume_processor.settings import Settings


@dataclass(frozen=True, slots=True)
class Form:
    """How a document looks; shares are 0..1 of its lines."""

    kind: str  #: "pdf", "msword", "png" …, with "read by OCR" where it was
    pages: int
    columns: int
    in_tables: float
    bulleted: float
    bold: float
    words_a_line: float
    headings: int  #: lines that the rules take for headings

    def __str__(self) -> str:
        return (
            f"{self.kind:18}{self.pages:6}{self.columns:8}{self.in_tables:8.0%}{self.bulleted:9.0%}"
            f"{self.bold:7.0%}{self.words_a_line:7.1f}{self.headings:9}"
        )


HEAD = (
    f"{'form':18}{'pages':>6}{'columns':>8}{'tables':>8}{'bullets':>9}{'bold':>7}{'words':>7}"
    f"{'headings':>9}{'values':>8}{'sure':>7}{'right':>7}"
)


def form_of(document: Document) -> Form:
    """The form of a document as the reader gave it."""
    lines = document.lines
    ocr = any(warning.code == "read_by_ocr" for warning in document.warnings)
    kind = document.media_type.rsplit("/", 1)[-1].rsplit(".", 1)[-1][:8]
    return Form(
        kind=f"{kind}, by OCR" if ocr else kind,
        pages=len(document.pages),
        columns=1 + max((line.column for line in lines), default=0),
        in_tables=_share(lines, [line for line in lines if line.cell]),
        bulleted=_share(lines, [line for line in lines if line.bullet]),
        bold=_share(lines, [line for line in lines if line.bold]),
        words_a_line=median([len(line.words) for line in lines]) if lines else 0.0,
        headings=sum(line.is_heading for line in segment(document)),
    )


def _share(lines: Sequence[Line], some: Sequence[Line]) -> float:
    return len(some) / max(len(lines), 1)


def least_sure(paths: Sequence[Path], rated: Sequence[Sequence[Rated]], most: int) -> str:
    """The forms of so many documents, those with the lowest mean confidence first.

    ``rated`` holds the values of each document. "sure" is their mean confidence, "right" the share
    that is right.
    """
    known = [(path, values) for path, values in zip(paths, rated, strict=True) if values]
    known.sort(key=lambda one: mean(value.confidence for value in one[1]))
    limits = Limits.from_settings(Settings())
    rows = [
        f"{form_of(read_document(path.read_bytes(), limits))}{len(values):8}"
        f"{mean(v.confidence for v in values):7.2f}{mean(v.right for v in values):7.2f}"
        for path, values in known[:most]
    ]
    return "\n".join([HEAD, *rows])
