"""How senior a job is: by its title, or else by what the text says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.scoring.reading.job_lines import Statement
from resume_processor.scoring.seniority import seniority_of

#: "Seniority level: Mid-Senior", "Career level - Entry level".
_LABELLED = re.compile(
    r"\b(?:seniority(?: level)?|career level|experience level|job level|karrierestufe|karrierelevel"
    r"|niveau d['’]expérience)\s*[:–-]\s*(?P<rank>[^.;\n]{2,40})",
    re.IGNORECASE,
)
#: "an entry-level position", "a senior role", "we seek an experienced baker".
_SAID = re.compile(
    r"\b(?P<rank>entry[- ]level|junior|mid[- ]?level|senior|lead)[- ](?:level[- ])?"
    r"(?:position|role|post|opportunity|job)\b"
    r"|\b(?:for|seeking|hiring|need|seek) (?:an? |highly |very )*(?P<sought>senior|junior"
    r"|experienced|entry[- ]level)\b",
    re.IGNORECASE,
)


def seniority_in(title: str | None, statements: Sequence[Statement]) -> tuple[str | None, str]:
    """One of ``SENIORITIES`` and the words that it was read from; (None, "") where nothing says."""
    rank = None if title is None else seniority_of(title)
    if title is not None and rank is not None:
        return rank, title
    for one in statements:
        for pattern in (_LABELLED, _SAID):
            found = pattern.search(one.text)
            said = found and next(filter(None, found.groups()))
            if said and (rank := seniority_of(said)):
                return rank, one.text
    return None, ""
