"""HTML: what a browser would show, in the order of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from resume_processor.documents import media_types
from resume_processor.documents.decode import decode_text
from resume_processor.documents.limits import Limits
from resume_processor.documents.warnings import hidden_text
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, Run, lay_out
from resume_processor.layout.lines import Cell, Document, LineRole

_SIZE = 11.0
_SIZES = {"h1": 22.0, "h2": 16.5, "h3": 13.0, "h4": 11.5, "h5": 11.0, "h6": 10.5, "small": 9.5}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong", "th", "dt"}) | _HEADINGS
_ITALIC = frozenset({"i", "em", "cite", "address"})
#: Elements that begin a line of their own.
_BLOCKS = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Blocks that stand off from what is above them.
_GAPS = _HEADINGS | frozenset(
    ["article", "aside", "header", "footer", "main", "p", "section", "table", "ul", "ol", "dl"]
)
#: Nothing inside these is ever shown.
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "svg",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "select",
        "datalist",
        "meta",
        "link",
    ]
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|"
    r"font-size\s*:\s*(?:0|1)(?:px|pt)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_STYLE_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[a-z-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
#: Style rules that are tried; a page of a mail client may carry thousands.
_MOST_RULES = 500
#: Points of indent for each level of a list, and the width of a table.
_INDENT = 18.0
_TABLE_WIDTH = 480.0
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, limits: Limits) -> Document:
    """Text that the source itself hides is left out and reported; raises CorruptDocument."""
    del limits  # the file's own size bounds everything
    text = decode_text(data)
    if text is None:
        raise CorruptDocument("The file is not readable as text.")
    tree = LexborHTMLParser(text)
    walk = _Walk(_hidden_by_rules(tree))
    if tree.body is not None:
        walk.run(tree.body)
    return lay_out(media_types.HTML, walk.paragraphs(), hidden_text(1, walk.hidden_words))


def _hidden_by_rules(tree: LexborHTMLParser) -> frozenset[int]:
    """Ids of the nodes that a style rule outside of any @media hides."""
    hidden = set[int]()
    for style in tree.css("style"):
        rules = _STYLE_RULE.findall(_MEDIA.sub("", style.text(deep=True)))
        for selector, body in rules[:_MOST_RULES]:
            if _HIDDEN_STYLE.search(body) and ":" not in selector:
                hidden.update(node.mem_id for node in _select(tree, selector.strip()))
    return frozenset(hidden)


def _select(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except (SelectolaxError, ValueError):
        return []  # a selector that the engine does not know hides nothing


@dataclass(slots=True)
class _Table:
    number: int
    row: int = -1
    column: int = -1
    columns: int = 1
    headers: tuple[str, ...] = ()


class _Walk:
    """One pass over the tree, without recursion: a hostile file nests deeper than Python does."""

    def __init__(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._looks = [Run("", _SIZE)]
        self._runs: list[Run] = []
        self._finished: list[Paragraph] = []
        self._gap = False
        self._depth = 0  # of lists
        self._role = LineRole.BODY
        self._marker: str | None = None
        self._counters: list[int | None] = []
        self._tables: list[_Table] = []
        self._table_count = 0
        self._pre = 0
        self.hidden_words = 0

    def paragraphs(self) -> Iterator[Paragraph]:
        """What was found, a block a paragraph."""
        return iter(self._finished)

    def run(self, root: LexborNode) -> None:
        """Walk the tree below ``root``."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif node.tag == "-text":
                self._text(node.text_content or "")
            elif self._enter(node):
                stack.append((node, True))
                children = list(node.iter(include_text=True))
                stack.extend((child, False) for child in reversed(children))
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag in _UNSEEN or tag.startswith(("-", "!", "_")):
            return False
        if self._is_hidden(node):
            self.hidden_words += len(node.text(deep=True, separator=" ").split())
            return False
        if tag == "br":
            self._flush()
            return False
        if tag in _BLOCKS:
            self._flush()
            self._gap |= tag in _GAPS
            self._enter_block(node, tag)
        elif node.attributes.get("class") and self._runs and self._runs[-1].text[-1:].isalnum():
            # Two styled pieces that touch in the source stand apart on the page.
            self._separate()
        self._looks.append(_look(self._looks[-1], node, tag))
        return True

    def _is_hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        style = attributes.get("style") or ""
        return (
            "hidden" in attributes
            or node.mem_id in self._hidden
            or bool(_HIDDEN_STYLE.search(style))
        )

    def _separate(self) -> None:
        last = self._runs[-1]
        self._runs[-1] = replace(last, text=last.text + " ")

    def _enter_block(self, node: LexborNode, tag: str) -> None:
        if tag in {"ul", "ol", "menu"}:
            self._counters.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker()
            self._role = LineRole.LIST_ITEM
        elif tag in _HEADINGS:
            self._role = LineRole.HEADING
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            columns = max((len(_cells(row)) for row in node.css("tr")), default=1)
            self._tables.append(_Table(self._table_count, columns=max(columns, 1)))
            self._table_count += 1
        elif self._tables and tag == "tr":
            self._enter_row(node)
        elif self._tables and tag in {"td", "th"}:
            self._tables[-1].column += 1

    def _enter_row(self, node: LexborNode) -> None:
        table = self._tables[-1]
        table.row, table.column = table.row + 1, -1
        cells = _cells(node)
        if table.row == 0 and len(cells) > 1 and all(cell.tag == "th" for cell in cells):
            table.headers = tuple(
                _SPACES.sub(" ", cell.text(deep=True, separator=" ")).strip() for cell in cells
            )

    def _next_marker(self) -> str:
        if not self._counters or self._counters[-1] is None:
            return "•"
        self._counters[-1] += 1
        return f"{self._counters[-1]}."

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        self._looks.pop()
        if tag not in _BLOCKS:
            return
        self._flush()
        self._gap |= tag in _GAPS
        if tag == "li" or tag in _HEADINGS:
            self._role, self._marker = LineRole.BODY, None
        elif tag in {"ul", "ol", "menu"} and self._counters:
            self._counters.pop()
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "pre":
            self._pre -= 1

    def _text(self, text: str) -> None:
        if self._pre:
            first, *others = text.split("\n")
            self._add(first)
            for other in others:
                self._flush()
                self._add(other)
        else:
            self._add(_SPACES.sub(" ", text))

    def _add(self, text: str) -> None:
        if text:
            self._runs.append(replace(self._looks[-1], text=text))

    def _flush(self) -> None:
        if any(run.text.strip() for run in self._runs):
            cell, left, width = self._cell()
            self._finished.append(
                Paragraph(
                    tuple(self._runs),
                    self._role,
                    self._marker,
                    left + _INDENT * len(self._counters),
                    width,
                    cell,
                    gap_before=self._gap,
                )
            )
            self._gap, self._marker = False, None
        self._runs.clear()

    def _cell(self) -> tuple[Cell | None, float, float | None]:
        if not self._tables or self._tables[-1].column < 0:
            return None, 0.0, None
        table = self._tables[-1]
        width = _TABLE_WIDTH / table.columns
        headers = table.headers if table.row else ()
        header = headers[table.column] if table.column < len(headers) else None
        cell = Cell(table.number, table.row, table.column, header or None)
        return cell, table.column * width, width


def _cells(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in {"td", "th"}]


def _look(outer: Run, node: LexborNode, tag: str) -> Run:
    look = outer
    if tag in _SIZES:
        look = replace(look, size=_SIZES[tag])
    if tag in _BOLD:
        look = replace(look, bold=True)
    elif tag in _ITALIC:
        look = replace(look, italic=True)
    elif tag == "a" and (target := node.attributes.get("href")):
        look = replace(look, link=target.strip())
    return look
