"""What the encoder sees of each token besides its word: numbers of classes, and flags.

The encoder adds one learned vector for each class number and each flag to the vector of the word,
so every feature is a small whole number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from resume_processor.layout.lines import LineRole
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.models.date_spans import DateSpan
from resume_processor.parsing.models.token_features import looks_of, parts_of
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.models.vocabulary import Vocabulary
from resume_processor.parsing.section_kind import SectionKind

#: Columns of a feature row and how many classes each has, in order.
FEATURES: tuple[tuple[str, int], ...] = (
    ("case", 8),
    ("left", 24),
    ("right", 24),
    ("size", 10),
    ("style", 4),
    ("depth", 12),
    ("gap", 8),
    ("column", 4),
    ("cell", 10),
    ("role", 5),
    ("place", 6),
    ("date", 4),
    ("heading", len(SectionKind) + 1),
    ("under", len(SectionKind) + 1),
)
#: A part of a line is asked what it looks like where the line has at most so many tokens.
LONGEST_ASKED = 24

_CLASSES = {str(name): number for number, name in enumerate(WordClass)}
_LOOKS = {
    f"{name}={step}": len(_CLASSES) + number
    for number, (name, step) in enumerate(
        (name, step) for name in ("title", "org", "school", "place") for step in range(4)
    )
}
_LINE_FLAGS = len(_CLASSES) + len(_LOOKS)
#: How many flags there are.
FLAGS = _LINE_FLAGS + 3

_KINDS = {kind: number for number, kind in enumerate(SectionKind, start=1)}
_ROLES = {role: number for number, role in enumerate(LineRole)}
_DATE_KINDS = {"single": 1, "range": 2, "open": 3}

Row = tuple[int, ...]


@lru_cache(maxsize=50_000)
def case_of(text: str) -> int:
    """The kind of writing of a token: its capitals, digits and marks."""
    if text.isdigit():
        return 4
    if any(c.isdigit() for c in text):
        return 5
    if not any(c.isalpha() for c in text):
        return 6
    if text.isupper():
        return 3 if len(text) > 1 else 7
    if text.islower():
        return 1
    return 2 if text[0].isupper() and text[1:].islower() else 0


def feature_rows(seen: DocumentView) -> list[Row]:
    """A row of class numbers for each token; the columns are ``FEATURES``."""
    widths = {page.number: page.width or 1.0 for page in seen.document.pages}
    dates = _date_kinds(seen.dates)
    rows: list[Row] = []
    under = 0
    for line in seen.lines:
        heading = _KINDS.get(line.heading, 0) if line.heading else 0
        under = heading or under
        size, *numbers = _line_numbers(line)
        width = widths[line.line.page]
        for at in range(line.first, line.stop):
            token = seen.tokens[at]
            word = line.line.words[token.word]
            rows.append(
                (
                    case_of(token.text),
                    _clamp(word.box.x0 / width * 24, 23),
                    _clamp(word.box.x1 / width * 24, 23),
                    size,
                    int(word.bold) * 2 + int(word.italic),
                    *numbers,
                    _place(seen, line, at),
                    dates.get(at, 0),
                    heading,
                    under,
                )
            )
    return rows


def _line_numbers(line: LineView) -> tuple[int, int, int, int, int, int]:
    """Size, depth on the page, gap before, column, cell and role of a line."""
    look = line.look
    gap = 0 if look.gap_before < 0 else _clamp(look.gap_before * 2, 6) + 1
    cell = 0 if line.line.cell is None else 1 + min(line.line.cell.column, 8)
    return (
        _clamp((look.size - 0.75) / 0.1, 9),
        _clamp(look.depth * 12, 11),
        gap,
        min(line.line.column, 3),
        cell,
        _ROLES[line.line.role],
    )


def _clamp(value: float, highest: int) -> int:
    return max(0, min(highest, int(value)))


def _place(seen: DocumentView, line: LineView, at: int) -> int:
    """Where in its line a token stands: first, after a wide gap, or within; apart for key lines."""
    word = seen.tokens[at].word
    if at == line.first:
        place = 0
    else:
        place = 1 if word in line.parts and seen.tokens[at - 1].word != word else 2
    return place + 3 if line.key_section else place


def _date_kinds(dates: Sequence[DateSpan]) -> dict[int, int]:
    return {
        at: _DATE_KINDS[date.kind]
        for date in dates
        for at in range(date.first_token, date.last_token + 1)
    }


def flag_rows(seen: DocumentView) -> list[Row]:
    """The numbers of the flags that are set for each token, ascending."""
    rows: list[Row] = []
    for line in seen.lines:
        of_line = tuple(
            _LINE_FLAGS + number
            for number, is_set in enumerate((line.email, line.phone, line.url))
            if is_set
        )
        looks = _looks_by_token(seen, line)
        rows += [
            (*_classes(seen.tokens[at].text), *looks.get(at, ()), *of_line)
            for at in range(line.first, line.stop)
        ]
    return rows


@lru_cache(maxsize=50_000)
def _classes(text: str) -> Row:
    return tuple(sorted(_CLASSES[str(name)] for name in Vocabulary.classes(text.casefold())))


def _looks_by_token(seen: DocumentView, line: LineView) -> dict[int, Row]:
    if line.stop - line.first > LONGEST_ASKED:
        return {}
    found: dict[int, Row] = {}
    for part in parts_of(seen.tokens, line):
        looks = looks_of(seen.tokens, line, part)
        numbers = tuple(sorted(_LOOKS[look] for look in looks))
        found.update(dict.fromkeys(range(part.first, part.stop), numbers))
    return found
