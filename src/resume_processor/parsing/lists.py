"""Items of a list: a marked line and the lines that go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.layout.lines import LineRole
from resume_processor.parsing.passage import Passage, joined
from resume_processor.parsing.values import LabelledLine

#: A line that fills this share of the widest line's width runs on into the next one.
_FULL = 0.9
#: "Tools: Jira, Git": a group and its items.
_GROUP = re.compile(r"^\W*[^\W\d_][^:,;]{1,40}:\s")
_SENTENCE_END = re.compile(r"[.!?:;]\W*$")


def items_of(
    lines: Sequence[LabelledLine], edge: float | None = None
) -> list[tuple[LabelledLine, ...]]:
    """The lines grouped into items, in order.

    ``edge`` is how far to the right lines may reach, in points; by default, as far as these do.
    """
    items: list[list[LabelledLine]] = []
    if edge is None:
        edge = max((line.line.box.x1 for line in lines), default=0.0)
    for line in lines:
        if items and _goes_on(items[-1], line, edge):
            items[-1].append(line)
        else:
            items.append([line])
    return [tuple(item) for item in items]


def passages_of(lines: Sequence[LabelledLine]) -> list[Passage]:
    """The items' texts."""
    return [joined(item) for item in items_of(lines)]


def is_marked(line: LabelledLine) -> bool:
    """Whether the line begins with a list marker."""
    return line.line.bullet is not None


def _goes_on(item: Sequence[LabelledLine], line: LabelledLine, edge: float) -> bool:
    last = item[-1]
    if is_marked(line) or line.line.cell != last.line.cell or line.index != last.index + 1:
        return False
    if line.line.role is LineRole.LIST_ITEM and last.line.role is not LineRole.LIST_ITEM:
        return False
    if line.text[:1].islower():
        return True
    if _GROUP.match(item[0].text) and _GROUP.match(line.text):
        return False
    ends = _SENTENCE_END.search(last.text) is not None
    if is_marked(item[0]):
        indented = line.line.box.x0 > item[0].line.box.x0 - 2
        return indented and not ends and _is_full(last, edge)
    return _is_full(last, edge) and not ends


def _is_full(line: LabelledLine, edge: float) -> bool:
    box = line.line.box
    return box.width >= _FULL * (edge - box.x0)
