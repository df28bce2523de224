"""Reading our own list, skills/data/own_skills.tsv; the head of that file says how to read it."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.taxonomy.entries import Entry, Label

#: A section's heading and the kind of what stands below it; technologies stand first.
KIND_OF_SECTION = {"## engineering and trades": "k", "## how people work": "a"}
#: Shorter names are acronyms of many things; these mean one thing in a resume.
SHORT_AND_CLEAR = frozenset({"HR", "AI", "QA", "QC", "UX", "UI", "JS", "ML"})


def read_own_list(path: Path) -> list[Entry]:
    """All entries of the list; narrower terms become entries of their own."""
    entries: list[Entry] = []
    kind = "t"
    for line in path.read_text("utf-8").splitlines():
        kind = KIND_OF_SECTION.get(line, kind)
        if line.strip() and not line.startswith("#"):
            entries += _entries_of(line, kind)
    return entries


def _entries_of(line: str, kind: str) -> list[Entry]:
    name, written, implies, broader, group = (field.strip() for field in line.split("\t"))
    same, _, narrower = written.partition("|")
    head = Entry(
        f"own:{_slug(name)}",
        name,
        kind,
        [*_name_labels(name, same), *(_label(one) for one in _parts(same, ";"))],
        _parts(implies, ";"),
        _parts(broader, ";"),
        group,
    )
    return [head, *(_narrower(term, head) for term in _parts(narrower, ";"))]


def _name_labels(name: str, same: str) -> list[Label]:
    """The name itself is a label, unless an alias says that it counts only as written."""
    marked = {part.lstrip("=?") for part in _parts(same, ";") if part[0] in "=?"}
    return [] if name in marked else [Label(name)]


def _narrower(term: str, head: Entry) -> Entry:
    labels = [_label(part) for part in _parts(term, "~")]
    name = labels[0].text
    group = head.group or f"kinds of {head.name}"
    return Entry(f"own:{_slug(name)}", name, head.kind, labels, [], [head.name], group)


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]


def _label(written: str) -> Label:
    text = written.lstrip("=?")
    exact = written[0] in "=?"
    short = exact and len(text) <= 2 and text not in SHORT_AND_CLEAR
    return Label(text, exact=exact, context=written[0] == "?" or short)


def _slug(name: str) -> str:
    named = name.replace("+", "plus").replace("#", "sharp").replace(".", "dot")
    return re.sub(r"[^a-z0-9]+", "-", named.lower()).strip("-")
