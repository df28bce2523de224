"""A section's lines grouped into entries: the head that names them, and the body under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from resume_processor.layout.lines import LineRole
from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.fields.organisations import looks_like_organisation
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.head_labels import role_of_label
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import passage_of
from resume_processor.parsing.values import LabelledLine

#: A head line has at most so many words, with and without a date.
_DATED_WORDS, _HEAD_WORDS = 26, 12
#: A line of a head that only its place shows to be one has at most so many words.
_SHORT_WORDS = 8
#: From this likeness on a line is taken for a title or an employer.
_LIKENESS = 0.5
#: So many lines above or below a lone period may belong to its head.
_REACH = 2
#: A period is alone where so few characters stand beside it.
_LONE = 3
#: Gaps that differ by less than so many points are the same.
_EVEN = 1.0
#: Between the parts of a head that stand in one line.
_SEVERAL = re.compile(
    r"[,|@:;•·]|\s[-–—－]+\s|\s(?:at|in|with|bei|chez|en)\s|\bcity\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"\w{3,}[.;]\s*$")
_BODY_LABEL = re.compile(
    r"responsibilit|duties|description|job profile|role|achievement|key |environment|technolog|"
    r"tools|project|client|team size|task|reason for|salary|ctc|nature of|skills|highlights|"
    r"product|software",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One entry: the lines that name it and the lines that describe it."""

    head: tuple[LabelledLine, ...]
    body: tuple[LabelledLine, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A line, whether it may belong to a head, whether it holds a period, and how lonely that is.

    ``starts``: an entry begins here for sure (the first line of a table's row).
    """

    line: LabelledLine
    head: bool
    dated: bool = False
    lone_date: bool = False
    starts: bool = False


def blocks_of(lines: Sequence[LabelledLine]) -> list[Block]:
    """The entries in order; lines in front of the first head are left out."""
    cues = _completed(_reaching([cue for group in _table_rows(lines) for cue in group]))
    blocks: list[Block] = []
    for start, end in _head_runs(cues):
        heads = _one_date_each(list(range(start, end)), cues)
        following = _next_head(cues, end)
        for number, indices in enumerate(heads):
            body = cues[end:following] if number == len(heads) - 1 else []
            blocks.append(
                Block(tuple(cues[i].line for i in indices), tuple(cue.line for cue in body))
            )
    return blocks


# ---- what the lines say -----------------------------------------------------------------------


def cue_of(line: LabelledLine) -> Cue:
    """What one line says by itself."""
    text = line.text
    words = len(text.split())
    label = labelled(passage_of(line))
    role = role_of_label(label.label) if label else None
    dates = find_dates(text) if words <= _DATED_WORDS else ()
    if role is None and label is not None and _describes(label.label):
        return Cue(line, head=False)
    if not dates:
        return Cue(line, head=role is not None or _may_be_head(line, words))
    left = len(text) - sum(date.end - date.start for date in dates)
    period = any(date.single is None for date in dates) or left <= _LONE
    head = period or role is not None or _may_be_head(line, words)
    return Cue(line, head=head, dated=head, lone_date=left <= _LONE)


def _describes(label: str) -> bool:
    """Whether a label says that a description follows: "Software", but not "Software Engineer"."""
    named = _BODY_LABEL.search(label) is not None
    return named and not find_dates(label) and looks_like_title(label) < _LIKENESS


def _may_be_head(line: LabelledLine, words: int) -> bool:
    text = line.text
    if words > _HEAD_WORDS or line.line.bullet is not None or _SENTENCE.search(text):
        return False
    if text[:1].islower() or (_BODY_LABEL.match(text) and _describes(text)):
        return False
    if line.line.role is LineRole.HEADING:
        return True
    return max(looks_like_title(text), looks_like_organisation(text)) >= _LIKENESS


def _table_rows(lines: Sequence[LabelledLine]) -> Iterator[list[Cue]]:
    """The cues; those of a table's row that holds a period make one entry, its head first."""
    for place, group in groupby(lines, key=_row_of):
        cues = [cue_of(line) for line in group]
        columns = {cue.line.line.cell and cue.line.line.cell.column for cue in cues}
        if place is None or len(columns) < 2 or not any(cue.dated for cue in cues):
            yield cues
            continue
        first = {cue.line.line.cell: cue.line.index for cue in reversed(cues)}
        named = [
            replace(cue, head=cue.head or _opens(cue.line, first[cue.line.line.cell]))
            for cue in cues
        ]
        ordered = sorted(named, key=lambda cue: not cue.head)
        yield [replace(ordered[0], starts=True), *ordered[1:]]


def _opens(line: LabelledLine, first: int) -> bool:
    """Whether the line is the first one of its cell, or a short second one."""
    return line.index == first or (line.index == first + 1 and _is_short(line))


def _row_of(line: LabelledLine) -> tuple[int, int] | None:
    cell = line.line.cell
    return (cell.table, cell.row) if cell else None


def _reaching(cues: Sequence[Cue]) -> list[Cue]:
    """A period that stands alone takes the short lines around it into its head."""
    result = list(cues)
    for index, cue in enumerate(cues):
        if not cue.lone_date or cue.line.line.cell is not None:
            continue
        above = range(index - 1, max(index - 1 - _REACH, -1), -1)
        below = range(index + 1, min(index + 1 + _REACH, len(cues)))
        taken = _take(result, above, cue)
        if not taken:
            _take(result, below, cue)
    return result


def _completed(cues: Sequence[Cue]) -> list[Cue]:
    """A short line between a dated one and the description belongs to the head.

    It names the employer (or the title) even where its words do not look like one.
    """
    result = list(cues)
    usual = median([_gap(a.line, b.line) for a, b in pairwise(cues)] or [0.0])
    for index, cue in enumerate(cues[:-1]):
        below = cues[index + 1]
        if below.head or cue.line.line.cell is not None or not _lacks_a_part(cue):
            continue
        after = cues[index + 2].line if index + 2 < len(cues) else None
        alone = after is None or after.line.bullet is not None or _gap(below.line, after) > usual
        near = _gap(cue.line, below.line) <= max(usual, 0.0) + _EVEN
        if alone and near and _is_short(below.line):
            result[index + 1] = replace(below, head=True)
    return result


def _lacks_a_part(cue: Cue) -> bool:
    """Whether a dated line says one thing besides its dates: a title, or an employer."""
    if not cue.dated or cue.lone_date:
        return False
    text = cue.line.text
    for date in reversed(find_dates(text)):
        text = f"{text[: date.start]} {text[date.end :]}"
    return _SEVERAL.search(text.strip(" ()|,-–")) is None


def _gap(line: LabelledLine, below: LabelledLine) -> float:
    """Between two lines, in points; negative where they stand in other columns or pages."""
    return below.line.box.y0 - line.line.box.y1


def _take(cues: list[Cue], indices: range, dated: Cue) -> bool:
    """Mark the lines as head, from the period on, until one is none; whether there was any."""
    taken = False
    for index in indices:
        line = cues[index].line
        if cues[index].dated or line.line.block != dated.line.line.block or not _is_short(line):
            break
        cues[index] = replace(cues[index], head=True)
        taken = True
    return taken


def _is_short(line: LabelledLine) -> bool:
    text = line.text
    return (
        len(text.split()) <= _SHORT_WORDS
        and line.line.bullet is None
        and _SENTENCE.search(text) is None
        and labelled(passage_of(line)) is None
        and not text[:1].islower()
    )


# ---- runs of heads ----------------------------------------------------------------------------


def _head_runs(cues: Sequence[Cue]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index, cue in enumerate(cues):
        if not cue.head:
            continue
        if runs and runs[-1][1] == index and not cue.starts:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _next_head(cues: Sequence[Cue], position: int) -> int:
    return next((i for i in range(position, len(cues)) if cues[i].head), len(cues))


def _one_date_each(indices: list[int], cues: Sequence[Cue]) -> list[list[int]]:
    """A run of head lines cut so that each part holds one period.

    Where the first line of the run has it, every part begins with its period; else ends with it.
    """
    dated = [i for i in indices if cues[i].dated]
    if len(dated) < 2 or cues[indices[0]].starts:
        return [indices]
    cuts = dated[1:] if cues[indices[0]].dated else [i + 1 for i in dated[:-1]]
    edges = [indices[0], *cuts, indices[-1] + 1]
    return [list(range(a, b)) for a, b in pairwise(edges)]
