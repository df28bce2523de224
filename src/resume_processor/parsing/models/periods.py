"""From tokens that were tagged as dates to a period in normal form."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.models.date_spans import DateSpan
from resume_processor.parsing.models.decode import Value
from resume_processor.parsing.models.found import RULE, words_of
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.values import NO_DATES, Dates, Found


def period(seen: DocumentView, values: Sequence[Value], *, single_is_end: bool) -> Dates:
    """The period that the date values of one entry state.

    A date that stands alone is the start, or the end where ``single_is_end``. Of two, the first one
    is the start.
    """
    spans = [(span, value) for value in values for span in _under(seen, value)]
    if not spans:
        return NO_DATES
    for span, value in spans:
        if span.kind != "single":
            return _whole(seen, span, value.confidence)
    (first, value), rest = spans[0], spans[1:]
    if rest:
        second, other = rest[-1]
        return Dates(
            _found(seen, first, first.single, value.confidence),
            _found(seen, second, second.single, other.confidence),
        )
    only = _found(seen, first, first.single, value.confidence)
    return Dates(end=only) if single_is_end else Dates(start=only)


def single_date(seen: DocumentView, values: Sequence[Value]) -> Found | None:
    """The one date of an entry: where a period is stated, its end."""
    dates = period(seen, values, single_is_end=True)
    return dates.end or dates.start


def _under(seen: DocumentView, value: Value) -> list[DateSpan]:
    line = seen.lines[seen.tokens[value.first].line]
    return [
        span
        for span in line.dates
        if span.first_token <= value.last and span.last_token >= value.first
    ]


def _whole(seen: DocumentView, span: DateSpan, confidence: float) -> Dates:
    return Dates(
        _found(seen, span, span.first, confidence),
        _found(seen, span, span.last, confidence),
        ongoing=span.ongoing,
    )


def _found(seen: DocumentView, span: DateSpan, text: str | None, confidence: float) -> Found | None:
    if text is None:
        return None
    return Found(text, words_of(seen, span.first_token, span.last_token), RULE, confidence)
