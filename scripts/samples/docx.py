"""Themes as DOCX: one column with tab stops, and two columns made with a table."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

from scripts.samples.content import Person
from scripts.samples.pdf import ASIDE, MAIN

#: Fixed, so that the same people give the same bytes.
WRITTEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a docx property has no time zone


def _heading(place: Any, person: Person, section: str) -> None:
    run = place.add_paragraph().add_run(person.heading(section))
    run.bold, run.font.size = True, Pt(13)


def _entry(place: Any, person: Person, section: str, entry: dict[str, Any]) -> None:
    line = place.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT)
    if section == "work":
        title, below = entry["position"], f"{entry['name']}, {entry['location']}"
    else:
        title, below = entry["studyType"], entry["institution"]
        title += f", {entry['area']}" if "area" in entry else ""
    line.add_run(title).bold = True
    line.add_run("\t" + person.period(entry))
    place.add_paragraph(below)
    for text in entry.get("highlights", []):
        place.add_paragraph(f"• {text}")
    if "score" in entry:
        place.add_paragraph(entry["score"])


def _section(place: Any, person: Person, section: str) -> None:
    if section == "summary":
        lines = [person.resume["basics"]["summary"]]
    elif section == "personal":
        lines = person.personal_lines()
    elif section in ("work", "education"):
        lines = []
    else:
        lines = person.listed(section)
    entries = person.resume[section] if section in ("work", "education") else []
    if lines or entries:
        _heading(place, person, section)
    for line in lines:
        place.add_paragraph(line)
    for entry in entries:
        _entry(place, person, section, entry)


def _head(place: Any, person: Person) -> None:
    run = place.add_paragraph().add_run(person.resume["basics"]["name"])
    run.bold, run.font.size = True, Pt(20)
    place.add_paragraph(person.resume["basics"]["label"])


def _save(document: Any, path: Path) -> None:
    document.core_properties.created = document.core_properties.modified = WRITTEN
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name),
                            zipfile.ZIP_DEFLATED)  # fmt: skip


def word(person: Person, path: Path) -> None:
    """One column, dates at a right tab stop."""
    document = Document()
    _head(document, person)
    document.add_paragraph(" | ".join(person.contact()))
    for section in ("summary", *MAIN[:2], *ASIDE, *MAIN[2:], "personal"):
        _section(document, person, section)
    _save(document, path)


def word_columns(person: Person, path: Path) -> None:
    """Two columns as the cells of a table without borders."""
    document = Document()
    left, right = document.add_table(1, 2).rows[0].cells
    for line in person.contact():
        left.add_paragraph(line)
    for section in (*ASIDE, "personal"):
        _section(left, person, section)
    _head(right, person)
    for section in ("summary", *MAIN):
        _section(right, person, section)
    _save(document, path)
