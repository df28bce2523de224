"""Does more gold pay? ``python -m training.learning_curve [SIZE …]``.

Trains the cascade without its encoder on growing parts of ``train`` (each has the one before in it;
the rendered documents are always there), reads ``dev`` with it, and prints F1 overall and by group.
A quarter of an hour for each size on one core.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.corpus import Case, load_corpus
from evaluation.metrics import GROUPS, Figure, score_document, summarise
from evaluation.records import from_gold, from_json_resume
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.layout.lines import Document
from resume_processor.parsing.assemble import assemble
from resume_processor.parsing.confidence import shipped_calibration
from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.models.cascade import Cascade
from resume_processor.parsing.parse_resume import parser_version
from resume_processor.parsing.segment import segment
from resume_processor.parsing.unlikely import without_unlikely
from resume_processor.resume.encoding import json_resume_document
from training.corpus import BENCHMARK, examples, rendered_examples
from training.pipeline import Prepared, prepare, train
from training.words import vocabulary_of

SIZES = (31, 63, 125, 188, 251)
#: What a column is called, and the figure in it.
SHOWN = {"overall": "== overall"} | {name: f"= {name}" for name in GROUPS}


def main() -> None:
    """Train, read, print; a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    items = sorted((prepare(one) for one in examples(BENCHMARK / "train")), key=_place)
    rendered = [prepare(one) for one in rendered_examples(held_out=False)]
    cases = load_corpus(BENCHMARK / "dev")
    print("documents", *SHOWN, sep="\t", flush=True)
    for size in sizes:
        part = items[:size]
        cascade = train([*part, *rendered], vocabulary_of(item.seen for item in part))
        figures = measured(cases, cascade)
        print(row(len(part), figures), flush=True)


def row(documents: int, figures: Mapping[str, Figure]) -> str:
    """A line of the table."""
    return "\t".join([str(documents), *(f"{figures[name].f1:.3f}" for name in SHOWN.values())])


def measured(cases: Sequence[Case], cascade: Cascade) -> Mapping[str, Figure]:
    """Figures of a cascade; what cannot be read counts as an empty record."""
    return summarise(
        [
            score_document(
                from_gold(case.gold), from_json_resume(_record(case.document, cascade))
            ).counts
            for case in cases
        ]
    )


def _record(path: Path, cascade: Cascade) -> dict[str, object]:
    try:
        document = read_document(path.read_bytes(), Limits())
    except DocumentError:
        return {}
    return _read(document, cascade)


def _read(document: Document, cascade: Cascade) -> dict[str, object]:
    calibration = shipped_calibration("fast")
    draft = cascade.read(document, draft_by_rules(segment(document)))
    kept = without_unlikely(draft, calibration)
    version = parser_version(fast=True)
    parsed = assemble(kept, document, parser_version=version, calibration=calibration)
    return json_resume_document(parsed)


def _place(item: Prepared) -> str:
    """An order that has nothing to do with what the documents are."""
    return hashlib.sha256(f"curve {item.example.stem}".encode()).hexdigest()


if __name__ == "__main__":
    main()
