"""The title of the job and its trade."""

from __future__ import annotations

import re

_LABELLED = re.compile(
    # not \s in front: that would run over all empty lines, from each of them again
    r"^[^\S\n]*(?:job title|position title|position|title|role|stelle|poste"
    r"|puesto)\s*[:–-]\s*(?P<title>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SEEKING = re.compile(
    r"\b(?:we(?:['’]re| are)? (?:looking for|seeking|hiring|searching for)|seeking|looking "
    r"for|hiring)"
    r"\s+(?:an?|our (?:next|new|first)|for an?)?\s*"
    r"(?P<title>[A-Z0-9][\w+#./&-]*(?:\s+[A-Z0-9&/(][\w+#./&)-]*){0,6})"
)
_RANK_WORDS = re.compile(
    r"\b(?:senior|sr|junior|jr|lead|principal|staff|intern(?:ship)?|trainee|graduate|entry[- "
    r"]level)\b\.?",
    re.IGNORECASE,
)
#: What stands behind the trade: a team, a place, a season, (m/f/d).
_TAIL = re.compile(r"\s*(?:,|\(|\[|\||\s[–—-]\s|:).*$")
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


def occupation_of(title: str) -> str | None:
    """The trade without rank, team and place: a ``Senior Baker, Berlin`` is a baker."""
    trade = _RANK_WORDS.sub("", _TAIL.sub("", title))
    return " ".join(trade.split()).lower() or None
