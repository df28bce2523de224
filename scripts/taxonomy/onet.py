"""O*NET 30.2 technology skills out of the wheel of laiser."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from resume_processor.skills.tokens import forms_of
from scripts.taxonomy.entries import Entry, Label

MEMBER = "laiser/public/faiss_skills.csv"
TAXONOMY = "ONET_TECH"
#: Makers whose name people leave out.
_MAKERS = re.compile(
    r"(?:Microsoft|Adobe|Apache|Oracle|IBM|Google|Autodesk|Intuit|Atlassian|The MathWorks|SAP"
    r"|Amazon"
    r"|Apple|Corel|Cisco|Dassault Systemes|Bentley|ESRI|Trimble|Siemens|Symantec|VMware|Citrix|PTC"
    r"|Avid Technology|Avid|HubSpot|Hewlett Packard|HP|Red Hat|JetBrains|Thomson Reuters|Sage)\s+"
)
_ACRONYM = re.compile(
    r"(?P<long>.+?)\s+(?P<short>[A-Z][A-Z0-9]{1,6})(?:\s+(?:software|systems?))?\Z"
)


def read_onet(wheel: Path, vague: frozenset[str]) -> list[Entry]:
    """All technology skills with the short names that people use for them."""
    names = sorted({row["skill_name"].strip() for row in _rows(wheel)})
    entries = [Entry(f"onet:{_slug(name)}", name, "t", list(_labels(name))) for name in names]
    for entry in entries:
        entry.labels = [one for one in entry.labels if _is_findable(one, vague)]
    return entries


def _rows(wheel: Path) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as member:
        rows = csv.DictReader(io.TextIOWrapper(member, "utf-8"))
        yield from (row for row in rows if row["taxonomy"] == TAXONOMY)


def _labels(name: str) -> Iterator[Label]:
    yield _product(name)
    product = _MAKERS.sub("", name, count=1)
    if product != name and len(product) > 4:
        yield _product(product)
    acronym = _ACRONYM.fullmatch(name)
    if acronym and _initials(acronym["long"]) == acronym["short"]:
        yield Label(acronym["long"])
        yield Label(f"{acronym['long']} {acronym['short']}")


def _product(name: str) -> Label:
    """Products are often called by everyday words: Publisher, Act!, Keynote; but not YouTube."""
    words = len(forms_of(name))
    is_coined = re.search(r"[a-z][A-Z]|\d|[A-Z]{4}", name) is not None
    return Label(name, exact=words < 3, context=words == 1 and not is_coined)


def _initials(words: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", words)).upper()


def _is_findable(label: Label, vague: frozenset[str]) -> bool:
    return len(label.text) > 2 and " ".join(forms_of(label.text)) not in vague


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9+#]+", "-", name.lower()).strip("-")
