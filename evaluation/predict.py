"""Parsing all documents of a corpus, in processes of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.encoding import json_resume_document, to_json
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


def predict(document: Path) -> Prediction:
    """Read and parse one document; its own failures become an ``error``, all others are raised."""
    try:
        read = read_document(document.read_bytes(), Limits.from_settings(Settings()))
        parsed = parse_resume(read)
    except DocumentError as error:
        return Prediction(document.stem, {}, {}, error.code)
    return Prediction(document.stem, json_resume_document(parsed), to_json(parsed))


def predict_all(documents: Sequence[Path], workers: int) -> list[Prediction]:
    """Predictions in the order of ``documents``."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(predict, documents, chunksize=4))


def write_predictions(predictions: Sequence[Prediction], folder: Path) -> None:
    """One JSON Resume file a document, as the benchmark's scorer reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for prediction in predictions:
        text = json.dumps(prediction.record, ensure_ascii=False, indent=1)
        (folder / f"{prediction.stem}.json").write_text(text + "\n", "utf-8")
