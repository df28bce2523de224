"""Parsing all documents of a corpus, in processes of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.layout.lines import Document
from resume_processor.parsing.assemble import assemble
from resume_processor.parsing.confidence import Calibration, Reader, shipped_calibration
from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.parse_resume import parse_resume, parser_version
from resume_processor.parsing.segment import segment
from resume_processor.resume.encoding import json_resume_document, to_json
from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.settings import Settings


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the parser made of one document: ``record`` for comparison, ``full`` with evidence.

    A document that failed has an ``error`` (its code) and an empty record.
    """

    stem: str
    record: dict[str, Any]
    full: dict[str, Any]
    error: str | None = None


def predict(
    document: Path, *, reader: Reader = "accurate", calibration: Calibration | None = None
) -> Prediction:
    """Read and parse one document; its own failures become an ``error``, all others are raised.

    Without a ``calibration``, the reader's own is used.
    """
    try:
        read = read_document(document.read_bytes(), Limits.from_settings(Settings()))
        parsed = _parse(read, reader, calibration)
    except DocumentError as error:
        return Prediction(document.stem, {}, {}, error.code)
    return Prediction(document.stem, json_resume_document(parsed), to_json(parsed))


def _parse(document: Document, reader: Reader, calibration: Calibration | None) -> ParsedResume:
    """By the models, or, where they are not wanted, by the rules as for unknown languages."""
    if reader != "rules":
        return parse_resume(document, fast=reader == "fast", calibration=calibration)
    return assemble(
        draft_by_rules(segment(document)),
        document,
        parser_version=parser_version(),
        calibration=calibration or shipped_calibration(reader),
    )


def predict_all(
    documents: Sequence[Path],
    workers: int,
    *,
    reader: Reader = "accurate",
    calibration: Calibration | None = None,
) -> list[Prediction]:
    """Predictions in the order of ``documents``, made by so many processes."""
    one = partial(predict, reader=reader, calibration=calibration)
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(one, documents, chunksize=4))


def write_predictions(predictions: Sequence[Prediction], folder: Path) -> None:
    """One JSON Resume file a document, as the benchmark's scorer reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for prediction in predictions:
        text = json.dumps(prediction.record, ensure_ascii=False, indent=1)
        (folder / f"{prediction.stem}.json").write_text(text + "\n", "utf-8")
