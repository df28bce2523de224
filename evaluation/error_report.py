"""What a run got wrong, as a page for people: each value beside its place in the document.

With an earlier run's records (a folder that ``--out`` wrote) it says what was gained and lost.
The page is one file and asks for nothing outside. It shows the documents themselves: keep it where
they may be.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from PIL import Image

from evaluation.corpus import Case
from evaluation.differences import Difference, differences, tally
from evaluation.judge import Verdict, judge
from evaluation.metrics import Figure
from evaluation.predict import Prediction
from resume_processor.documents.limits import Limits
from resume_processor.documents.page_picture import page_picture, pictured_pages
from resume_processor.documents.read_document import read_document
from resume_processor.layout.encoding import pages_to_json
from resume_processor.layout.page_svg import page_svg
from resume_processor.settings import Settings

#: Width of a page's picture in pixels, and its JPEG quality: legible, and small enough by hundreds.
WIDTH, QUALITY = 900, 55


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page, in points, and the number of the difference that it belongs to."""

    number: int
    change: str
    box: Sequence[float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, its picture as a data URL, and what is marked on it."""

    width: float
    height: float
    picture: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document and its differences."""

    stem: str
    differences: Sequence[Difference]
    evidence: Mapping[str, Mapping[str, Any]]
    sheets: tuple[Sheet, ...]


def write_error_report(
    target: Path,
    cases: Sequence[Case],
    predictions: Sequence[Prediction],
    figures: Mapping[str, Figure],
    baseline: Path | None = None,
) -> None:
    """Write the page; cases and predictions stand in the same order.

    ``baseline`` holds an earlier run's records; a document that it lacks counts as new.
    """
    shown = [
        one
        for case, prediction in zip(cases, predictions, strict=True)
        if (one := _shown(case, prediction, baseline)) is not None
    ]
    template = files("evaluation").joinpath("error_report.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    counts = tally([one for document in shown for one in document.differences])
    page = environment.from_string(template).render(
        documents=shown, counts=counts, figures=figures, compared=baseline is not None
    )
    target.write_text(page, "utf-8")


def _shown(case: Case, prediction: Prediction, baseline: Path | None) -> Shown | None:
    found = differences(judge(case.gold, prediction.record), _before(case, baseline))
    if not found:
        return None
    evidence = prediction.full.get("evidence", {})
    sheets = () if prediction.error else tuple(_sheets(case.document, found, evidence))
    return Shown(case.stem, found, evidence, sheets)


def _before(case: Case, baseline: Path | None) -> Verdict | None:
    path = baseline / f"{case.stem}.json" if baseline else None
    if path is None or not path.exists():
        return None
    return judge(case.gold, json.loads(path.read_text("utf-8")))


def _sheets(
    path: Path, found: Sequence[Difference], evidence: Mapping[str, Mapping[str, Any]]
) -> Iterator[Sheet]:
    data, limits = path.read_bytes(), Limits.from_settings(Settings())
    document = read_document(data, limits)
    pictured = pictured_pages(document)
    for page in pages_to_json(document, pictured):
        number = page["number"]
        if page["pictured"]:
            picture = _jpeg(page_picture(data, number, limits))
        else:
            picture = _url("image/svg+xml", page_svg(page).encode())
        marks = tuple(_marks(number, found, evidence))
        yield Sheet(page["width"], page["height"], picture, marks)


def _marks(
    page: int, found: Sequence[Difference], evidence: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mark]:
    for number, one in enumerate(found):
        for place in evidence.get(one.pointer, {}).get("places", ()):
            if place["page"] == page:
                yield Mark(number, one.change.value, place["box"])


def _jpeg(png: bytes) -> str:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        small = image.convert("RGB").resize((WIDTH, round(WIDTH * image.height / image.width)))
    small.save(out, "JPEG", quality=QUALITY)
    return _url("image/jpeg", out.getvalue())


def _url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
