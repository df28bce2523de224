"""A section's lines grouped into entries: the head that names them, and the body under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.fields.organisations import looks_like_organisation
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.head_labels import role_of_label
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import passage_of
from resume_processor.parsing.values import LabelledLine

#: A head line has at most so many words, with and without a date.
_DATED_WORDS, _HEAD_WORDS = 26, 12
#: From this likeness on a line is taken for a title or an employer.
_LIKENESS = 0.5
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
    """What one line says about where entries begin."""

    dated: bool
    head: bool


def cue_of(line: LabelledLine) -> Cue:
    """Whether the line may belong to a head, and whether it holds a period."""
    text = line.text
    words = len(text.split())
    label = labelled(passage_of(line))
    role = role_of_label(label.label) if label else None
    dated = bool(find_dates(text)) and words <= _DATED_WORDS
    if role is not None:
        return Cue(dated, head=True)
    if label is not None and _BODY_LABEL.search(label.label):
        return Cue(dated=False, head=False)
    if dated:
        return Cue(dated=True, head=True)
    return Cue(dated=False, head=_may_be_head(line, words))


def _may_be_head(line: LabelledLine, words: int) -> bool:
    text = line.text
    if words > _HEAD_WORDS or line.line.bullet is not None or _SENTENCE.search(text):
        return False
    if text[:1].islower() or _BODY_LABEL.match(text):
        return False
    return max(looks_like_title(text), looks_like_organisation(text)) >= _LIKENESS


def blocks_of(lines: Sequence[LabelledLine]) -> list[Block]:
    """The entries in order; lines in front of the first head are left out."""
    cues = [cue_of(line) for line in lines]
    blocks: list[Block] = []
    for start, end in _head_runs(cues):
        heads = _one_date_each(list(range(start, end)), cues)
        following = _next_head(cues, end)
        for number, indices in enumerate(heads):
            body = lines[end:following] if number == len(heads) - 1 else ()
            blocks.append(Block(tuple(lines[i] for i in indices), tuple(body)))
    return blocks


def _head_runs(cues: Sequence[Cue]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index, cue in enumerate(cues):
        if not cue.head:
            continue
        if runs and runs[-1][1] == index:
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
    if len(dated) < 2:
        return [indices]
    cuts = dated[1:] if cues[indices[0]].dated else [i + 1 for i in dated[:-1]]
    edges = [indices[0], *cuts, indices[-1] + 1]
    return [list(range(a, b)) for a, b in pairwise(edges)]
