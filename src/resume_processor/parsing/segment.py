"""Lines get the section that they belong to.

A heading is a short line that names a section and looks like a heading; what follows belongs to it
until the next one. A label in front of its value ("Languages known: English, Hindi") is a heading
for its own line only where it stands in a list of such labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from resume_processor.layout.bullets import is_number
from resume_processor.layout.lines import Document, Line, LineRole
from resume_processor.parsing.fields.names import looks_like_name
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.numbered_headings import numbered_headings
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import LabelledLine

#: A heading has at most so many words.
_HEADING_WORDS = 7
_LABEL = re.compile(r"^\W*([^:：]{2,40}?)\s*[:：][-–—\s]*(?=\S)")
_DECLARATION = re.compile(
    r"^\W*(?:i\b.{0,30}\b(?:hereby|solemnly)\b|hereby\b|declaration\b|"
    r"the information (?:provided|given))"
    r"|\b(?:hereby|solemnly) (?:declare|certify|affirm|confirm)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\W*(?:date|place|signature|yours (?:sincerely|faithfully|truly))\W*$", re.IGNORECASE
)
#: Words that name a section only where they stand as a heading.
_BARE = {
    "work": SectionKind.WORK,
    "arbeit": SectionKind.WORK,
    "study": SectionKind.EDUCATION,
    "studies": SectionKind.EDUCATION,
}
#: Headings that may stand inside a job.
_INNER_KINDS = frozenset(
    {SectionKind.SUMMARY, SectionKind.PROJECTS, SectionKind.AWARDS, SectionKind.SKILLS}
)
_FURNITURE = frozenset({LineRole.PAGE_HEADER, LineRole.PAGE_FOOTER})
#: A name set apart from everything else is so many times as large as the typical line.
_MASTHEAD_SIZE, _MASTHEAD_NAME = 1.35, 0.45
#: A table's row with so many cells holds data.
_CROWDED = 3
#: What a document says about itself; no section begins there.
_TITLE = re.compile(
    r"^\W*(?:(?:detailed|my|updated)\s+)?(?:r[eé]sum[eé]|curri\w*\s*[-–]?\s*vit\w+|"
    r"c\W?v|bio\W*data|lebenslauf|hoja de vida|curr[ií]culo?|życiorys|profile|personal profile|"
    r"个人简历|简历)"
    r"\W*$",
    re.IGNORECASE,
)
#: The title stands among so many lines at the top.
_TOP = 3
_PERSONAL = re.compile(
    r"^\W*(?:date of birth|d\.?\s?o\.?\s?b|birth\s?date|father|mother|husband|spouse|gender|sex\b|"
    r"marital|nationality|religion|passport|caste|blood group|geburtsdatum|familienstand|"
    r"staatsangeh|date de naissance|situation (?:familiale|matrimoniale)|nationalité|"
    r"fecha de nacimiento|estado civil|nacionalidad|data de nascimento|nacionalidade)",
    re.IGNORECASE,
)
#: Sections whose label usually stands among other labels, one line each.
_LISTED_KINDS = frozenset(
    {SectionKind.LANGUAGES, SectionKind.INTERESTS, SectionKind.PERSONAL, SectionKind.HEADER}
)


def segment(document: Document) -> tuple[LabelledLine, ...]:
    """Every line of the document, in order, with its section."""
    lines = document.lines
    shape = _shape_of(lines)
    masthead = _masthead(lines, shape)
    labelled: list[LabelledLine] = []
    opened: LabelledLine | None = None
    current = SectionKind.HEADER
    for index, line in enumerate(lines):
        if index == masthead:
            current, opened = SectionKind.HEADER, None
        heading = _heading_at(lines, index, shape) if index != masthead else None
        if heading is not None and not _is_inner(heading, line, opened):
            current = heading
            opened = LabelledLine(line, index, current, is_heading=True)
            labelled.append(opened)
            continue
        kind, stays = _kind_of_line(line, current, _follows(lines, index))
        current = kind if stays else current
        labelled.append(LabelledLine(line, index, kind))
    return tuple(labelled)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual in the document."""

    body_size: float  #: font size of the typical line, in points
    crowded: frozenset[tuple[int, int]]  #: rows of tables with too many cells for a heading
    counted: Mapping[int, str]  #: places of "02 EDUCATION", and what stands behind the number


def _shape_of(lines: Sequence[Line]) -> _Shape:
    cells: dict[tuple[int, int], set[int]] = {}
    for line in lines:
        if line.cell:
            cells.setdefault((line.cell.table, line.cell.row), set()).add(line.cell.column)
    return _Shape(
        median(line.size for line in lines) if lines else 0.0,
        frozenset(row for row, columns in cells.items() if len(columns) >= _CROWDED),
        numbered_headings([line.text for line in lines]),
    )


def _masthead(lines: Sequence[Line], shape: _Shape) -> int | None:
    """The name in the largest type of the first page, wherever it stands.

    Beside a side bar it comes after all of the side bar's lines, and ends their last section.
    """
    first = [(index, line) for index, line in enumerate(lines) if line.page == 1]
    index, line = max(first, key=lambda item: (item[1].size, -item[0]), default=(0, None))
    if line is None or line.size < _MASTHEAD_SIZE * shape.body_size or section_of(line.text):
        return None
    return index if looks_like_name(line.text) >= _MASTHEAD_NAME else None


def is_title(line: Line) -> bool:
    """Whether the line only says that this is a resume."""
    return _TITLE.match(line.text) is not None


def _follows(lines: Sequence[Line], index: int) -> Line | None:
    return lines[index + 1] if index + 1 < len(lines) else None


def _heading_at(lines: Sequence[Line], index: int, shape: _Shape) -> SectionKind | None:
    """The section that the line announces, where it is a heading."""
    line = lines[index]
    text = line.text.strip()
    if len(text.split()) > _HEADING_WORDS or line.role in _FURNITURE:
        return None
    if index < _TOP and is_title(line):
        return None
    if line.cell and (line.cell.table, line.cell.row) in shape.crowded:
        return None
    text = shape.counted.get(index, text)
    kind = section_of(text) or _BARE.get(text.strip(" :").casefold())
    if kind is None:
        return None
    previous = lines[index - 1] if index else None
    numbered = _is_numbered_alone(line, previous, _follows(lines, index))
    return kind if numbered or _looks_like_heading(line, previous, shape) else None


def _is_numbered_alone(line: Line, previous: Line | None, following: Line | None) -> bool:
    """Whether the line has a number and its neighbours have none: so are headings numbered.

    Lines of a list follow each other.
    """
    if line.bullet is None or not is_number(line.bullet) or not line.text.strip()[:1].isalpha():
        return False
    beside = [other.bullet for other in (previous, following) if other is not None]
    return not any(bullet is not None and is_number(bullet) for bullet in beside)


def _looks_like_heading(line: Line, previous: Line | None, shape: _Shape) -> bool:
    text = line.text.strip()
    if line.role is LineRole.HEADING:
        return True
    stands_out = (
        line.bold or line.size > shape.body_size * 1.05 or text.isupper() or text.endswith(":")
    )
    if line.bullet is not None or line.role is LineRole.LIST_ITEM:
        return stands_out and previous is not None and previous.bullet is None
    apart = previous is None or previous.block != line.block
    initial = next((sign for sign in text if sign.isalpha()), "")  # behind a number, if any
    return stands_out or (initial.isupper() and (apart or len(text.split()) <= 3))


def _is_inner(kind: SectionKind, line: Line, opened: LabelledLine | None) -> bool:
    """Whether the line is a heading inside a job ("Job profile:", "Projects:")."""
    if opened is None or opened.kind is not SectionKind.WORK or kind not in _INNER_KINDS:
        return False
    return _style(line) != _style(opened.line)


def _style(line: Line) -> tuple[bool, bool, float, bool]:
    text = line.text.strip()
    return line.bold, text.isupper(), round(line.size, 1), line.role is LineRole.HEADING


def _kind_of_line(
    line: Line, current: SectionKind, following: Line | None
) -> tuple[SectionKind, bool]:
    """The section of a line that is no heading, and whether the lines after it share it."""
    if line.role in _FURNITURE:
        return SectionKind.HEADER, False
    text = line.text
    if _DECLARATION.search(text) or _SIGNATURE.match(text):
        return SectionKind.OTHER, True
    if _PERSONAL.match(text):
        listed = current in (SectionKind.SUMMARY, SectionKind.PERSONAL, SectionKind.OTHER)
        return SectionKind.PERSONAL, listed
    label = _LABEL.match(text)
    kind = section_of(label.group(1)) if label else None
    if kind is None or kind is current:
        return current, True
    among_labels = following is not None and _LABEL.match(following.text) is not None
    listed = current in _LISTED_KINDS or kind in _LISTED_KINDS
    return kind, not (listed and (among_labels or current is not SectionKind.HEADER))
