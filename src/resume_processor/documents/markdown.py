"""Markdown: headings, lists, emphasis, links, tables and rules; everything else is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from resume_processor.documents import media_types
from resume_processor.documents.decode import decode_text
from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, Run, lay_out
from resume_processor.layout.lines import Cell, Document, LineRole

_QUOTED = re.compile(r"^[>\s]+")
_CELL_END = re.compile(r"(?<!\\)\|")

_SIZE = 11.0
#: Font sizes of headings of level 1 to 6, in points.
_HEADING_SIZES = (22.0, 16.0, 13.0, 12.0, 11.5, 11.0)
#: Points that a leading space stands for, and the width of a table.
_SPACE = 5.5
_TABLE_WIDTH = 480.0
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])[ \t]+(.*)$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INLINE = re.compile(
    r"(?P<image>!\[[^\]]*\]\([^)]*\))"
    r"|\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^>\s]+|[^>\s@]+@[^>\s]+)>"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=strong)"
    r"|(?<![\w*])(?P<emphasis>[*_])(?=\S)(?P<italic>[^*_]+?)(?<=\S)(?P=emphasis)(?![\w*])"
    r"|`(?P<code>[^`]+)`"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~@:&])")


def read_markdown(data: bytes, limits: Limits) -> Document:
    """One paragraph a line; raises CorruptDocument where the file is no text."""
    del limits  # the file's own size bounds everything
    text = decode_text(data)
    if text is None:
        raise CorruptDocument("The file is not readable as text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text))
    return lay_out(media_types.MARKDOWN, _paragraphs(text.split("\n")))


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    gap, number, tables = False, 0, 0
    while number < len(lines):
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if not line.strip() or _RULE.match(line) or _SETEXT.match(line):
            gap, number = True, number + 1
        elif "|" in line and "|" in following and _TABLE_RULE.match(following):
            end = _table_end(lines, number)
            yield from _table([line, *lines[number + 2 : end]], tables)
            number, tables, gap = end, tables + 1, True
        else:
            yield replace(_paragraph(line, following), gap_before=gap or bool(_ATX.match(line)))
            gap, number = False, number + 1


def _paragraph(line: str, following: str) -> Paragraph:
    if heading := _ATX.match(line):
        return _heading(heading.group(2), len(heading.group(1)))
    if item := _ITEM.match(line):
        indent, marker, text = item.groups()
        return Paragraph(
            _runs(text), LineRole.LIST_ITEM, marker, left=len(indent.expandtabs(4)) * _SPACE + 18
        )
    if _SETEXT.match(following):
        return _heading(line.strip(), 1 if "=" in following else 2)
    return Paragraph(_runs(_QUOTED.sub("", line)))


def _heading(text: str, level: int) -> Paragraph:
    size = _HEADING_SIZES[level - 1]
    runs = tuple(replace(run, bold=True) for run in _runs(text, Run("", size)))
    return Paragraph(runs, LineRole.HEADING, gap_before=True)


def _runs(text: str, look: Run | None = None) -> tuple[Run, ...]:
    """The text cut where its look changes."""
    look = look or Run("", _SIZE)
    runs, end = list[Run](), 0
    for match in _INLINE.finditer(text):
        runs.append(replace(look, text=_plain(text[end : match.start()])))
        runs.extend(_marked(match, look))
        end = match.end()
    runs.append(replace(look, text=_plain(text[end:])))
    return tuple(run for run in runs if run.text)


def _marked(match: re.Match[str], look: Run) -> tuple[Run, ...]:
    if match["target"] is not None:
        return _runs(match["label"] or "", replace(look, link=match["target"]))
    if match["auto"]:
        target = match["auto"]
        link = target if ":" in target else f"mailto:{target}"
        return (replace(look, text=target.removeprefix("mailto:"), link=link),)
    if match["bold"]:
        return _runs(match["bold"], replace(look, bold=True))
    if match["italic"]:
        return _runs(match["italic"], replace(look, italic=True))
    return (replace(look, text=match["code"]),) if match["code"] else ()


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", _TAG.sub("", text)).replace("&nbsp;", " ").replace("&amp;", "&")


def _table_end(lines: list[str], start: int) -> int:
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _table(rows: list[str], table: int) -> Iterator[Paragraph]:
    cells = [[cell.strip() for cell in _CELL_END.split(row.strip().strip("|"))] for row in rows]
    width = _TABLE_WIDTH / max(len(row) for row in cells)
    headers = cells[0]
    for number, row in enumerate(cells):
        for column, text in enumerate(row):
            header = headers[column] if number and column < len(headers) else None
            yield Paragraph(
                tuple(replace(run, bold=run.bold or not number) for run in _runs(text)),
                left=column * width,
                width=width,
                cell=Cell(table, number, column, header or None),
            )
