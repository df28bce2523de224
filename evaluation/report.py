"""Measure the parser on a corpus: ``python -m evaluation.report CORPUS [--out DIR]``.

CORPUS holds ``docs/`` and ``gold/``. Prints precision, recall and F1 by field, by group and
overall.

--floors FILE     compare with pinned floors (exit 1 below them); with --pin: set them
--report FILE     a page that shows each error beside its place in the document; with
                  --baseline DIR what was gained and lost since the run that wrote DIR
--reliability     how often values of each confidence are right
--least-sure N    the forms of the N documents on which the parser is least sure
--by-format       F1 by group for each format, and contact F1 beside that of the same people's PDFs
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from evaluation.by_format import figures_by_format, format_table
from evaluation.corpus import Case, digest, load_corpus
from evaluation.error_report import write_error_report
from evaluation.floors import drops, load_floors, save_floors
from evaluation.forms import least_sure
from evaluation.metrics import Counts, Figure, score_document, summarise
from evaluation.predict import Prediction, predict_all, write_predictions
from evaluation.records import from_gold, from_json_resume
from evaluation.reliability import Rated, rate, reliability_table


def count(cases: Sequence[Case], predictions: Sequence[Prediction]) -> list[Mapping[str, Counts]]:
    """Counts by field of each document; cases and predictions stand in the same order."""
    return [
        score_document(from_gold(case.gold), from_json_resume(prediction.record)).counts
        for case, prediction in zip(cases, predictions, strict=True)
    ]


def rated(cases: Sequence[Case], predictions: Sequence[Prediction]) -> list[list[Rated]]:
    """Confidences of each document's values, and whether they are right."""
    return [
        rate(case.gold, prediction.record, prediction.full)
        for case, prediction in zip(cases, predictions, strict=True)
    ]


def measure(cases: Sequence[Case], predictions: Sequence[Prediction]) -> dict[str, Figure]:
    """Figures of predictions against their cases, which stand in the same order."""
    return summarise(count(cases, predictions))


def table(figures: Mapping[str, Figure]) -> str:
    """Figures as lines of text."""
    lines = [f"{'field':26}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}"]
    lines += [
        f"{name:26}{f.precision:7.3f}{f.recall:7.3f}{f.f1:7.3f}{f.gold:7}"
        for name, f in figures.items()
    ]
    return "\n".join(lines)


def failures(predictions: Sequence[Prediction]) -> str:
    """How many documents were read, and how many failed by code."""
    codes = Counter(p.error for p in predictions if p.error)
    named = ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))
    return f"{len(predictions) - codes.total()} of {len(predictions)} documents read" + (
        f"; failed: {named}" if named else ""
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path, help="folder with docs/ and gold/")
    parser.add_argument("--out", type=Path, help="write each document's JSON Resume here")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--floors", type=Path, help="compare with these floors")
    parser.add_argument("--pin", action="store_true", help="set the floors to what was measured")
    parser.add_argument("--by-format", action="store_true", help="print the formats as well")
    parser.add_argument("--report", type=Path, help="write a page that shows all errors here")
    parser.add_argument("--baseline", type=Path, help="records of an earlier run, for the page")
    parser.add_argument("--reliability", action="store_true", help="print how true confidences are")
    parser.add_argument("--least-sure", type=int, metavar="N", help="print the N hardest forms")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    return parser.parse_args(arguments)


def _check_floors(options: argparse.Namespace, figures: Mapping[str, Figure]) -> int:
    if options.pin:
        save_floors(options.floors, digest(options.corpus), figures)
        return 0
    fallen = drops(load_floors(options.floors), digest(options.corpus), figures)
    for drop in fallen:
        print(f"below its floor: {drop.field} {drop.f1:.3f} < {drop.floor:.3f}")
    return int(bool(fallen))


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, compare, print."""
    options = _options(arguments)
    cases = load_corpus(options.corpus)
    predictions = predict_all([case.document for case in cases], options.workers)
    figures = measure(cases, predictions)
    if options.out:
        write_predictions(predictions, options.out)
    if options.json:
        named = {name: asdict(value) for name, value in figures.items()}
        options.json.write_text(json.dumps(named, indent=1) + "\n", "utf-8")
    if options.report:
        write_error_report(options.report, cases, predictions, figures, options.baseline)
    print(table(figures))
    print(failures(predictions))
    if options.by_format:
        print(format_table(figures_by_format(cases, count(cases, predictions))))
    if options.reliability:
        print(reliability_table(list(chain.from_iterable(rated(cases, predictions)))))
    if options.least_sure:
        paths = [case.document for case in cases]
        print(least_sure(paths, rated(cases, predictions), options.least_sure))
    return _check_floors(options, figures) if options.floors else 0


if __name__ == "__main__":
    sys.exit(main())
