"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resume_processor.documents import media_types
from resume_processor.documents.decode import decode_text
from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, Run, lay_out
from resume_processor.layout.lines import Document, LineRole

_WIDE_GAP = re.compile(r" {3,}")

#: A line that only draws: the one above it is a heading where this one stands directly below.
_RULE = re.compile(r"\s*([=\-_*~#+.─━═—–])\1{3,}\s*$")
_SIZE = 11.0
_HEADING_SIZE = 13.0
#: Points that a leading space stands for.
_SPACE = 5.5
#: A line above a rule is a heading up to so many words.
_HEADING_WORDS = 8


def read_text(data: bytes, limits: Limits) -> Document:
    """A line of the file is a line of the document; raises CorruptDocument where it is no text."""
    del limits  # the file's own size bounds everything
    text = decode_text(data)
    if text is None:
        raise CorruptDocument("The file is not readable as text.")
    return lay_out(media_types.TEXT, _paragraphs(text))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    gap = page_break = False
    lines = text.splitlines()
    for number, line in enumerate(lines):
        page_break |= "\f" in line
        if not line.strip() or _RULE.match(line):
            gap = True
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        yield _paragraph(line.expandtabs(8), following, gap=gap, page_break=page_break)
        gap = page_break = False


def _paragraph(line: str, following: str, *, gap: bool, page_break: bool) -> Paragraph:
    stripped = line.strip()
    indent = len(line) - len(line.lstrip())
    heading = bool(_RULE.match(following)) and len(stripped.split()) <= _HEADING_WORDS
    # Two spaces and more are a gap that someone drew on purpose.
    spaced = _WIDE_GAP.sub("\t", stripped)
    return Paragraph(
        runs=(Run(spaced, _HEADING_SIZE if heading else _SIZE, bold=heading),),
        role=LineRole.HEADING if heading else LineRole.BODY,
        left=indent * _SPACE,
        gap_before=gap or heading,
        page_break=page_break,
    )
