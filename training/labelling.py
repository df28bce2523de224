"""The labels that the models learn: a tag for each token, a section for each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.parsing.models.labels import (
    BEGIN,
    ENTRY,
    ENTRY_FIELDS,
    INSIDE,
    OUTSIDE,
    SECTION_OF,
)
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.section_kind import SectionKind
from training.align import Stream
from training.project import Located, Page, Projection, project

_IN_ENTRIES = frozenset(field for fields in ENTRY_FIELDS.values() for field in fields)
#: Fields that may stand anywhere and so say little about the section of their line.
_WEAK = frozenset({"name", "city", "phone", "email", "url", "address"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What the gold record says about the tokens and lines of a document."""

    tags: list[str]  #: of each token
    sections: list[str]  #: of each line; see ``labels``
    projection: Projection


def truth_of(seen: DocumentView, gold: Mapping[str, Any]) -> Truth:
    """Project a gold record onto its document."""
    lines = [token.line for token in seen.tokens]
    page = Page(Stream([token.text for token in seen.tokens]), lines, announced(seen), seen.dates)
    projection = project(page, gold)
    tags = _tags(projection.located, len(seen.tokens))
    return Truth(tags, _sections(seen, projection.located, tags), projection)


def announced(seen: DocumentView) -> list[SectionKind | None]:
    """The section of each line by the last known heading above it."""
    found: list[SectionKind | None] = []
    kind: SectionKind | None = SectionKind.HEADER
    for line in seen.lines:
        kind = line.heading or kind
        found.append(kind)
    return found


def _tags(located: Sequence[Located], count: int) -> list[str]:
    tags = [OUTSIDE] * count
    opening = _openings(located)
    # long values first, so that a city inside an address keeps its own tag
    for item in sorted(located, key=lambda item: item.span.first - item.span.last):
        if item.field == "summary":
            continue
        prefix = ENTRY if (item.field, item.span.first) in opening else BEGIN
        if item.field != "city" and tags[item.span.first] != OUTSIDE and _same(tags, item):
            continue
        for token in range(item.span.first, item.span.last + 1):
            tags[token] = f"{prefix if token == item.span.first else INSIDE}-{item.field}"
    return _repaired(tags)


def _same(tags: Sequence[str], item: Located) -> bool:
    """Whether the whole span is already part of a longer value of the same field."""
    span = range(item.span.first, item.span.last + 1)
    return all(tags[token].endswith(f"-{item.field}") for token in span)


def _openings(located: Sequence[Located]) -> set[tuple[str, int]]:
    """The first value of each entry, in reading order."""
    first: dict[tuple[SectionKind, int], Located] = {}
    shared = Counter((item.field, item.span.first) for item in located)
    for item in located:
        if item.field not in _IN_ENTRIES:
            continue
        key = SECTION_OF[item.field], item.entry
        best = first.get(key)
        if best is None or item.span.first < best.span.first:
            # a value that several entries share opens only the first of them
            if shared[item.field, item.span.first] > 1 and _is_later(item, located):
                continue
            first[key] = item
    return {(item.field, item.span.first) for item in first.values()}


def _is_later(item: Located, located: Sequence[Located]) -> bool:
    return any(
        other.field == item.field
        and other.span.first == item.span.first
        and other.entry < item.entry
        for other in located
    )


def _repaired(tags: list[str]) -> list[str]:
    """A value that was cut in two by another one goes on with a beginning."""
    for at, tag in enumerate(tags):
        if tag[0] == INSIDE and (at == 0 or tags[at - 1][2:] != tag[2:]):
            tags[at] = f"{BEGIN}{tag[1:]}"
    return tags


# ---- lines -----------------------------------------------------------------------------------


def _sections(seen: DocumentView, located: Sequence[Located], tags: Sequence[str]) -> list[str]:
    votes = _votes(seen, located)
    kinds: list[SectionKind | None] = []
    for line, counts in zip(seen.lines, votes, strict=True):
        if counts:
            kinds.append(max(counts, key=lambda kind: (counts[kind], kind)))
        else:
            kinds.append(None)
        _ = line
    filled = _filled(seen, kinds)
    return [
        _line_label(seen, index, filled[index], tags, has_values=bool(votes[index]))
        for index in range(len(seen.lines))
    ]


def _votes(seen: DocumentView, located: Sequence[Located]) -> list[Counter[SectionKind]]:
    votes: list[Counter[SectionKind]] = [Counter() for _ in seen.lines]
    for item in located:
        weight = 1 if item.field in _WEAK else 4
        for token in range(item.span.first, item.span.last + 1):
            votes[seen.tokens[token].line][SECTION_OF[item.field]] += weight
    return votes


def _filled(seen: DocumentView, kinds: Sequence[SectionKind | None]) -> list[SectionKind]:
    """Lines without a value get the section of the heading above, or of the values around them."""
    filled: list[SectionKind] = []
    current = SectionKind.HEADER
    for index, line in enumerate(seen.lines):
        kind = kinds[index]
        if kind is not None:
            current = kind
        elif line.heading is not None:
            current = _heading_kind(line.heading, kinds, index)
        filled.append(current)
    return filled


def _heading_kind(
    announced_kind: SectionKind, kinds: Sequence[SectionKind | None], index: int
) -> SectionKind:
    """A heading belongs to the values under it where they come at once, else to what it says."""
    below = [kind for kind in kinds[index + 1 : index + 4] if kind is not None]
    if below and announced_kind is SectionKind.OTHER:
        return below[0]
    return announced_kind


def _line_label(
    seen: DocumentView, index: int, kind: SectionKind, tags: Sequence[str], *, has_values: bool
) -> str:
    line = seen.lines[index]
    if any(tag[0] == ENTRY for tag in tags[line.first : line.stop]):
        return f"{kind}:B"
    if line.heading is not None and not has_values:
        return f"{kind}:H"
    return str(kind)
