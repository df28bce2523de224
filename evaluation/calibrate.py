"""Fit the correction of confidences: ``python -m evaluation.calibrate CORPUS``.

CORPUS holds annotated documents that no model has learned from. A ridge regression in log-odds: a
slope and an offset for all, and small offsets by field and by rule (``parsing/confidence.py``).
Prints how true confidences are before and after; the latter for each document from a fit to the
others. Writes ``parsing/models/data/calibration.json``: figures by field and rule, and nothing
of the documents.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np

import resume_processor.parsing.models
from evaluation.corpus import Case, load_corpus
from evaluation.predict import predict_all
from evaluation.reliability import Rated, rate, reliability_table
from resume_processor.parsing.confidence import (
    UNCALIBRATED,
    Calibration,
    Reader,
    keys_of,
    log_odds,
)

#: Where the package looks for the correction.
TARGET = Path(resume_processor.parsing.models.__file__).parent / "data" / "calibration.json"
#: Weight of the penalty on an offset: that of a field or rule with few values stays near nothing.
RIDGE = 1.0
#: Parts of the corpus for the figures after the correction.
PARTS = 10
_STEPS = 25


def fit(rated: Sequence[Rated]) -> Calibration:
    """The correction that makes what was seen likeliest (penalised), by Newton's method."""
    keys = sorted({key for one in rated for key in keys_of(one.field, one.rule)})
    column = {key: number + 2 for number, key in enumerate(keys)}
    table = np.zeros((len(rated), len(keys) + 2))
    table[:, 0] = [log_odds(one.confidence) for one in rated]
    table[:, 1] = 1.0
    for row, one in enumerate(rated):
        table[row, [column[key] for key in keys_of(one.field, one.rule)]] = 1.0
    right = np.array([float(one.right) for one in rated])
    penalty = np.full(len(keys) + 2, RIDGE)
    penalty[:2] = 1e-3
    weights = _newton(table, right, penalty)
    offsets = {key: round(float(weights[at]), 4) for key, at in column.items()}
    return Calibration(round(float(weights[0]), 4), round(float(weights[1]), 4), offsets)


def _newton(table: Any, right: Any, penalty: Any) -> Any:
    """From nothing, where the steps are safe: all values as likely right as wrong."""
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        given = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (given - right) + penalty * weights
        bend = (table * (given * (1 - given))[:, None]).T @ table + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def corrected(rated: Sequence[Rated], calibration: Calibration) -> list[Rated]:
    """The same values with calibrated confidences."""
    return [
        replace(one, confidence=calibration.of(one.field, one.rule, one.confidence))
        for one in rated
    ]


def crossed(documents: Sequence[Sequence[Rated]]) -> list[Rated]:
    """Each document's values, corrected by a fit to the documents of the other parts."""
    found: list[Rated] = []
    for part in range(PARTS):
        rest = [one for n, doc in enumerate(documents) if n % PARTS != part for one in doc]
        held = [one for n, doc in enumerate(documents) if n % PARTS == part for one in doc]
        found += corrected(held, fit(rest))
    return found


def _rated(cases: Sequence[Case], reader: Reader) -> list[list[Rated]]:
    """What each document's values say of themselves, and whether they are right."""
    paths = [case.document for case in cases]
    predictions = predict_all(paths, 2, reader=reader, calibration=UNCALIBRATED)
    return [
        rate(case.gold, prediction.record, prediction.full)
        for case, prediction in zip(cases, predictions, strict=True)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit for each reader, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path, help="folder with docs/ and gold/")
    cases = load_corpus(parser.parse_args(arguments).corpus)
    found = {}
    for name in get_args(Reader):
        documents = _rated(cases, name)
        values = [one for document in documents for one in document]
        print(f"{name}, before\n{reliability_table(values)}")
        print(f"{name}, after, fitted to other documents\n{reliability_table(crossed(documents))}")
        made = fit(values)
        found[name] = {"slope": made.slope, "offset": made.offset, "offsets": made.offsets}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
