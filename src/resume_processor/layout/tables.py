"""What a table's first row says about its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: A column title has at most so many words.
_TITLE_WORDS = 6
_DIGITS = re.compile(r"\d")


def header_texts(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Text of each cell of the first of these rows by its place, where it names the columns."""
    if not is_header_row(rows):
        return {}
    texts = {place: " ".join(text.split()) for place, text in enumerate(rows[0])}
    return {place: text for place, text in texts.items() if text}


def is_header_row(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows of cell texts names the columns.

    It does where at least three columns have a short title without digits, and the cells below are
    not all of that kind.
    """
    if len(rows) < 2 or len(rows[0]) < 3:
        return False
    titles = [text.strip() for text in rows[0]]
    if sum(1 for title in titles if title) < len(titles) - 1:
        return False
    if any(_DIGITS.search(title) or len(title.split()) > _TITLE_WORDS for title in titles):
        return False
    below = [text for row in rows[1:] for text in row]
    return any(_DIGITS.search(text) or len(text.split()) > 2 for text in below)
