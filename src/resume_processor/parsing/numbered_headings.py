"""Headings behind a bare number: "02 EDUCATION"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.lexicon.headings import section_of

_COUNTED = re.compile(r"^\s*(?P<number>\d{1,2}|[IVX]{1,4})\s+(?P<heading>[^\W\d].*)$")

#: One alone may be a count, or a row of any table.
_FEWEST_SECTIONS = 2


def numbered_headings(lines: Sequence[str]) -> dict[int, str]:
    """Places of such lines and what stands behind the number, where a document numbers so.

    Then several sections have different numbers, and something stands between them.
    """
    matches = ((index, _COUNTED.match(line)) for index, line in enumerate(lines))
    named = {index: match for index, match in matches if match and section_of(match["heading"])}
    alone = {at: match for at, match in named.items() if not {at - 1, at + 1} & named.keys()}
    kinds = {section_of(match["heading"]) for match in alone.values()}
    numbers = {match["number"] for match in alone.values()}
    if len(kinds) < _FEWEST_SECTIONS or len(numbers) < len(alone):
        return {}
    return {index: match["heading"] for index, match in alone.items()}
