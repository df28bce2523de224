"""The title of the job and how senior it is."""

from __future__ import annotations

import re

_LABELLED = re.compile(
    r"^\s*(?:job title|position|title|role|stelle|poste|puesto)\s*[:\-–]\s*(?P<title>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_SEEKING = re.compile(
    r"\b(?:we(?:'re| are)? (?:looking for|seeking|hiring|searching for)|seeking|looking for|hiring)\s+(?:an?|our (?:next|new|first)|for an?)?\s*(?P<title>[A-Z0-9][\w+#./&-]*(?:\s+[A-Z0-9&/(][\w+#./&)-]*){0,6})"
)  # fmt: skip
_LEVELS = (
    ("intern", r"intern(?:ship)?|trainee|apprentice|werkstudent|praktikant\w*|stagiaire"),
    ("junior", r"junior|jr\.?|entry[- ]level|graduate|fresher\w*|associate"),
    ("lead", r"lead|principal|staff|architect"),
    ("director", r"director|head of|vp|vice president|chief|c[etfom]o"),
    ("manager", r"manager|supervisor|team ?lead(?:er)?"),
    ("senior", r"senior|sr\.?|experienced"),
)
_LEVEL = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _LEVELS)
_LONGEST_TITLE = 90


def title_in(text: str) -> str | None:
    """A labelled title, or the first line where it is short, or what is sought."""
    labelled = _LABELLED.search(text)
    if labelled:
        return labelled["title"].strip()
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if first and len(first) <= _LONGEST_TITLE and not first.endswith((".", ":", ";", ",")):
        return first.lstrip("#*- ").strip() or None
    sought = _SEEKING.search(text)
    return sought["title"].strip() if sought else None


def seniority_of(title: str) -> str | None:
    """intern, junior, senior, lead, manager or director, by the title's words."""
    for name in ("intern", "junior", "director", "manager", "lead", "senior"):
        pattern = next(pattern for level, pattern in _LEVEL if level == name)
        if pattern.search(title):
            return name
    return None
