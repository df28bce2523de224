"""The dates of a document and the tokens that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resume_processor.layout.lines import Line
from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.models.tokens import Token


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or a period; ``first``, ``last`` and ``single`` are ``YYYY[-MM[-DD]]``.

    Tokens ``first_token`` to ``last_token``, both inclusive, are indices into the tokens.
    """

    first_token: int
    last_token: int
    first: str | None
    last: str | None
    single: str | None
    ongoing: bool

    @property
    def kind(self) -> str:
        """``range``, ``open`` (still goes on) or ``single``."""
        if self.ongoing:
            return "open"
        return "range" if self.first or self.last else "single"


def date_spans(lines: Sequence[Line], tokens: Sequence[Token]) -> list[DateSpan]:
    """All dates, in reading order."""
    spans: list[DateSpan] = []
    by_line: dict[int, list[int]] = {}
    for index, token in enumerate(tokens):
        by_line.setdefault(token.line, []).append(index)
    for number, line in enumerate(lines):
        for date in find_dates(line.text):
            inside = [
                index
                for index in by_line.get(number, ())
                if tokens[index].start < date.end and tokens[index].end > date.start
            ]
            if inside:
                spans.append(
                    DateSpan(
                        inside[0], inside[-1], date.first, date.last, date.single, date.ongoing
                    )
                )
    return spans
