"""The report as one HTML file that prints: no script, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

_TEMPLATES = Path(__file__).parent / "templates"


def page_of(report: dict[str, Any]) -> str:
    """The HTML of what ``report_to_json`` made."""
    return _template().render(report=report, tables=_TABLES, percent=percent, ratio=ratio)


_TABLES = {
    "sex": "Sex",
    "race_ethnicity": "Race and ethnicity",
    "intersectional": "Race and ethnicity, by sex",
}


def percent(rate: float) -> str:
    """One digit behind the point."""
    return f"{rate * 100:.1f} %"


def ratio(number: float | None) -> str:
    """Three digits behind the point."""
    return "–" if number is None else f"{number:.3f}"


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True).get_template(
        "report.html"
    )
