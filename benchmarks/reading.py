"""What reading costs, against PDFium's bare text extraction in the same run.

    python -m benchmarks.reading DIR [DIR …]

DIR holds documents (others than PDF count by format as well). Printed for each format: documents,
pages, milliseconds a page, and for PDF the ratio to opening the same pages in PDFium and asking for
their text. The best of several rounds counts for both sides.
"""

from __future__ import annotations

import argparse
import ctypes
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2.raw as pdfium

from resume_processor.documents.limits import Limits
from resume_processor.documents.pdf.open import opened, page_of
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError

#: Rounds of each measurement; the fastest is taken, as the others measure the machine's other work.
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=10_000, help="documents of each format")
    arguments = parser.parse_args()
    files = sorted(f for folder in arguments.folders for f in folder.iterdir() if f.is_file())
    by_format: dict[str, list[Path]] = {}
    for file in files:
        by_format.setdefault(file.suffix.lower().lstrip("."), []).append(file)
    print(f"{'format':8}{'files':>7}{'pages':>7}{'ms/page':>10}{'ratio':>8}{'median':>8}")
    for name, members in sorted(by_format.items()):
        print(_row(name, members[: arguments.most]))


def _row(name: str, files: list[Path]) -> str:
    spent = bare = 0.0
    pages = read = 0
    ratios: list[float] = []
    for file in files:
        data = file.read_bytes()
        try:
            count = len(read_document(data, Limits()).pages)
        except DocumentError:
            continue
        read, pages = read + 1, pages + count
        seconds = _best(lambda data=data: read_document(data, Limits()))  # type: ignore[misc]
        spent += seconds
        if name == "pdf":
            alone = _best(lambda data=data: bare_text(data))  # type: ignore[misc]
            bare += alone
            ratios.append(seconds / alone)
    ratio = f"{spent / bare:8.2f}{statistics.median(ratios):8.2f}" if ratios else ""
    return f"{name:8}{read:7}{pages:7}{1000 * spent / max(pages, 1):10.2f}{ratio}"


def _best(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def bare_text(data: bytes) -> int:
    """Characters of all pages by PDFium alone: the least that any reading of a PDF costs."""
    characters = 0
    with opened(data, Limits()) as document:
        for index in range(pdfium.FPDF_GetPageCount(document)):
            with page_of(document, index) as page:
                text_page = pdfium.FPDFText_LoadPage(page)
                count = pdfium.FPDFText_CountChars(text_page)
                buffer = (ctypes.c_ushort * (count + 1))()
                characters += pdfium.FPDFText_GetText(text_page, 0, count, buffer)
                pdfium.FPDFText_ClosePage(text_page)
    return characters


if __name__ == "__main__":
    main()
