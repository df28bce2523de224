"""What parsing costs with and without the encoder, and how accurate each is, in one run.

    python -m benchmarks.parsing CORPUS [--pages 2]

CORPUS holds ``docs/`` and ``gold/``. Of its PDFs with so many pages (0: all) are printed: the
median CPU time from bytes to a parsed record, its ratio to PDFium's bare text extraction of the
same file, and overall F1 over the whole corpus; then the memory of a process that has parsed them
all, and the size of the shipped models. The best of several rounds counts.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import resume_processor.parsing.models
from benchmarks.reading import bare_text
from evaluation.corpus import load_corpus
from evaluation.predict import predict_all
from evaluation.report import measure
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document
from resume_processor.parsing.confidence import Reader
from resume_processor.parsing.parse_resume import parse_resume

#: Rounds of each measurement; the fastest is taken, as the others measure the machine's other work.
ROUNDS = 3
_MIB = 1024 * 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pages", type=int, default=2, help="pages of the PDFs that are timed")
    arguments = parser.parse_args()
    cases = load_corpus(arguments.corpus)
    timed = _timed([case.document for case in cases], arguments.pages)
    print(f"{len(timed)} PDFs of {arguments.pages or 'all'} pages, median CPU time of each")
    bare = _best_of_each(timed, bare_text)
    print(f"{'PDFium, bare text':22}{1000 * statistics.median(bare):8.1f} ms")
    print(_row("read", _best_of_each(timed, _read), bare))
    ways: tuple[tuple[Reader, Callable[[bytes], object]], ...] = (
        ("fast", partial(_parse, fast=True)),
        ("accurate", partial(_parse, fast=False)),
    )
    for name, parse in ways:
        row = _row(name, _best_of_each(timed, parse), bare)
        predictions = predict_all([case.document for case in cases], 2, reader=name)
        print(f"{row}   overall F1 {measure(cases, predictions)['== overall'].f1:.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"memory of this process at most {peak / _MIB:.0f} MiB, models {_models() / _MIB:.1f} MiB"
    )


def _timed(paths: list[Path], pages: int) -> list[bytes]:
    """The PDFs with so many pages that have text."""
    found = []
    for path in paths:
        if path.suffix.lower() != ".pdf":
            continue
        document = read_document(path.read_bytes(), Limits())
        scanned = any(warning.code == "read_by_ocr" for warning in document.warnings)
        if not scanned and pages in (0, len(document.pages)):
            found.append(path.read_bytes())
    return found


def _read(data: bytes) -> Document:
    return read_document(data, Limits())


def _parse(data: bytes, *, fast: bool) -> None:
    parse_resume(_read(data), fast=fast)


def _row(name: str, spent: list[float], bare: list[float]) -> str:
    ratio = statistics.median(mine / alone for mine, alone in zip(spent, bare, strict=True))
    return f"{name:22}{1000 * statistics.median(spent):8.1f} ms{ratio:8.1f} times"


def _best_of_each(files: list[bytes], work: Callable[[bytes], object]) -> list[float]:
    """Seconds of CPU that each file takes."""
    return [_best(work, data) for data in files]


def _best(work: Callable[[bytes], object], data: bytes) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work(data)
        best = min(best, time.process_time() - start)
    return best


def _models() -> int:
    data = Path(resume_processor.parsing.models.__file__).parent / "data"
    return sum(path.stat().st_size for path in data.iterdir())


if __name__ == "__main__":
    main()
