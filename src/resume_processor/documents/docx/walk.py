"""From a part's XML to paragraphs, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from resume_processor.documents.docx.names import MC, R, W, value
from resume_processor.documents.docx.numbering import Numbering
from resume_processor.documents.docx.styles import Layout, Look, Styles
from resume_processor.documents.docx.tables import TableRows, rows_of
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, Run, is_white
from resume_processor.layout.lines import Cell, LineRole

#: Containers inside each other; no program writes more, a hostile file does.
_DEEPEST = 60
#: Under this size, in points, nobody reads it.
_SMALLEST = 2.0
#: Space between paragraphs from which on there is a visible gap, in points.
_GAP = 5.0
#: Elements that hold what was moved away or deleted, or no text at all.
_SKIPPED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr",
        "sectPr", "proofErr", "bookmarkStart", "bookmarkEnd",
    )
)  # fmt: skip  # fmt: skip
_FIELD_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_SPACES = re.compile(r"[\s\xa0]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part's root (or body) and the targets of its hyperlinks by id."""

    root: etree._Element
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Context:
    """Where the walk is."""

    links: Mapping[str, str]
    shaded: bool = False
    cell: Cell | None = None
    left: float = 0.0
    width: float | None = None
    depth: int = 0

    def deeper(self) -> _Context:
        if self.depth >= _DEEPEST:
            raise CorruptDocument("The document's parts are nested too deeply.")
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)
    page_break: bool = False
    field_codes: list[str] = field(default_factory=list)
    link: str | None = None

    @property
    def is_empty(self) -> bool:
        return not any(run.text for line in self.lines for run in line)


class Walker:
    """Reads the parts of one document; counts its lists, its tables and its hidden words."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._tables = 0
        self._after = 0.0
        self._style = ""
        self._gap = True
        self._is_backed = False
        self.hidden_words = 0

    def paragraphs(self, part: Part) -> list[Paragraph]:
        """All paragraphs of the part."""
        self._gap = True
        # White text may stand on a picture or a shape behind the text.
        self._is_backed = any(
            anchor.get("behindDoc") in {"1", "true"} for anchor in part.root.iter("{*}anchor")
        )
        return list(self._blocks(part.root, _Context(part.links)))

    def _blocks(self, container: etree._Element, context: _Context) -> Iterator[Paragraph]:
        context = context.deeper()
        for element in container:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element, context)
            elif tag == W + "tbl":
                yield from self._table(element, context)
            elif tag == MC + "AlternateContent":
                chosen = _choice(element)
                if chosen is not None:
                    yield from self._blocks(chosen, context)
            elif tag not in _SKIPPED and not _is_placeholder(element):
                yield from self._blocks(element, context)

    # ---- tables

    def _table(self, element: etree._Element, context: _Context) -> Iterator[Paragraph]:
        number, self._tables = self._tables, self._tables + 1
        table = rows_of(element)
        shaded = context.shaded or self._styles.is_shaded_table(element.find(W + "tblPr"))
        self._gap = True
        headers: dict[int, str] = {}
        for index, row in enumerate(table.rows):
            for cell in row:
                inner = replace(
                    context,
                    shaded=shaded or cell.shaded,
                    cell=Cell(number, index, cell.column, headers.get(cell.column)),
                    left=context.left + cell.left,
                    width=cell.width,
                )
                self._gap = True
                yield from self._blocks(cell.element, inner)
            if index == 0:
                headers = _headers(table)
        self._gap = True

    # ---- paragraphs

    def _paragraph(self, element: etree._Element, context: _Context) -> Iterator[Paragraph]:
        look, layout, style = self._styles.paragraph(element.find(W + "pPr"))
        context = replace(context, shaded=context.shaded or layout.shaded)
        opened = _Open(page_break=layout.page_break)
        self._inline(element, look, context, opened)
        if opened.is_empty:
            self._gap = True
        else:
            yield from self._finish(opened, layout, style, context)
        for box in opened.boxes:
            self._gap = True
            yield from self._blocks(box, replace(context, shaded=_is_filled(box)))
            self._gap = True

    def _finish(
        self, opened: _Open, layout: Layout, style: str, context: _Context
    ) -> Iterator[Paragraph]:
        marker = self._numbering.marker(layout.list_id, layout.level)
        gap = self._gap or layout.heading or self._space_above(layout, style) >= _GAP
        for index, runs in enumerate(opened.lines):
            yield Paragraph(
                tuple(runs),
                role=_role(layout, marker),
                bullet=marker if index == 0 else None,
                left=context.left + layout.left,
                width=context.width,
                cell=context.cell,
                gap_before=gap and index == 0,
                page_break=opened.page_break and index == 0,
            )
        self._gap, self._after, self._style = False, layout.after, style

    def _space_above(self, layout: Layout, style: str) -> float:
        if layout.contextual and style == self._style:
            return 0.0
        return max(layout.before, self._after)

    # ---- inside a paragraph

    def _inline(
        self, element: etree._Element, look: Look, context: _Context, opened: _Open
    ) -> None:
        context = context.deeper()
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, look, context, opened)
            elif tag == W + "hyperlink":
                before = opened.link
                opened.link = context.links.get(child.get(R + "id", ""), before)
                self._inline(child, look, context, opened)
                opened.link = before
            elif tag == MC + "AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self._inline(chosen, look, context, opened)
            elif tag == W + "fldSimple":
                self._simple_field(child, look, context, opened)
            elif tag not in _SKIPPED and not _is_placeholder(child):
                self._inline(child, look, context, opened)

    def _simple_field(
        self, element: etree._Element, look: Look, context: _Context, opened: _Open
    ) -> None:
        before = opened.link
        if match := _FIELD_LINK.match(value(element, "instr") or ""):
            opened.link = match.group(1)
        self._inline(element, look, context, opened)
        opened.link = before

    def _run(self, run: etree._Element, look: Look, context: _Context, opened: _Open) -> None:
        look = self._styles.run(look, run.find(W + "rPr"))
        for child in run:
            self._run_child(child, look, context, opened)

    def _run_child(
        self, child: etree._Element, look: Look, context: _Context, opened: _Open
    ) -> None:
        tag = child.tag
        if tag == W + "t":
            self._text(child.text or "", look, context, opened)
        elif tag in {W + "tab", W + "ptab"}:
            self._text("\t", look, context, opened)
        elif tag == W + "noBreakHyphen":
            self._text("-", look, context, opened)
        elif tag == W + "sym":
            self._text(_symbol(child), look, context, opened)
        elif tag in {W + "br", W + "cr"}:
            self._break(child, opened)
        elif tag == W + "lastRenderedPageBreak":
            opened.page_break |= opened.is_empty
        elif tag in {W + "fldChar", W + "instrText"}:
            _follow_field(child, opened)
        elif tag in {W + "drawing", W + "pict", W + "object", MC + "AlternateContent"}:
            opened.boxes.extend(_text_boxes(child))

    def _text(self, text: str, look: Look, context: _Context, opened: _Open) -> None:
        if self._is_hidden(look, context):
            self.hidden_words += len(text.split())
            return
        shown = text.upper() if look.caps else text
        opened.lines[-1].append(
            Run(shown, look.size, look.bold, look.italic, look.color, opened.link)
        )

    def _is_hidden(self, look: Look, context: _Context) -> bool:
        if look.vanish or look.size < _SMALLEST:
            return True
        return is_white(look.color) and not (look.shaded or context.shaded or self._is_backed)

    @staticmethod
    def _break(element: etree._Element, opened: _Open) -> None:
        if value(element, "type") in {"page", "column"}:
            opened.page_break |= opened.is_empty and value(element, "type") == "page"
        opened.lines.append([])


def _role(layout: Layout, marker: str | None) -> LineRole:
    if layout.heading:
        return LineRole.HEADING
    return LineRole.LIST_ITEM if marker else LineRole.BODY


def _follow_field(element: etree._Element, opened: _Open) -> None:
    """A field's code stands before its result: HYPERLINK gives the result its target."""
    if element.tag == W + "instrText":
        opened.field_codes.append(element.text or "")
        return
    kind = value(element, "fldCharType")
    if kind == "begin":
        opened.field_codes.clear()
    elif kind == "separate":
        match = _FIELD_LINK.match("".join(opened.field_codes))
        opened.link = match.group(1) if match else opened.link
    elif kind == "end":
        opened.link = None


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font: a bullet where it opens a line, an icon elsewhere."""
    code = value(element, "char") or ""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return character


def _choice(element: etree._Element) -> etree._Element | None:
    """The first alternative; the others say the same again in older words."""
    for name in ("Choice", "Fallback"):
        chosen = element.find(MC + name)
        if chosen is not None and len(chosen):
            return chosen
    return None


def _text_boxes(element: etree._Element) -> list[etree._Element]:
    """The text boxes in a drawing, each once and not those inside another one."""
    if element.tag == W + "txbxContent":
        return [element]
    if element.tag == MC + "AlternateContent":
        chosen = _choice(element)
        return _text_boxes(chosen) if chosen is not None else []
    return [box for child in element for box in _text_boxes(child)]


def _is_filled(box: etree._Element) -> bool:
    """Whether the shape around a text box has a fill that is not white."""
    shape = box.getparent()
    while shape is not None and etree.QName(shape).localname not in {"wsp", "shape", "rect", "r"}:
        shape = shape.getparent()
    if shape is None:
        return False
    fill = shape.get("fillcolor", "").lower()
    if fill and fill not in {"white", "#ffffff", "#fff"} and shape.get("filled") != "f":
        return True
    colors = [e.get("val", "").upper() for e in shape.iterfind("./{*}spPr/{*}solidFill/*")]
    return any(c not in {"FFFFFF", "BG1", "WINDOW"} for c in colors) or any(
        True for _ in shape.iterfind("./{*}spPr/{*}gradFill")
    )


def _is_placeholder(element: etree._Element) -> bool:
    """A content control that nobody filled in shows a prompt, which is no content."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _headers(table: TableRows) -> dict[int, str]:
    """Text of each column's header cell, where the first row is one."""
    if not table.has_header:
        return {}
    texts = {
        cell.column: _SPACES.sub(" ", " ".join(t.text or "" for t in cell.element.iter(W + "t")))
        for cell in table.rows[0]
    }
    return {column: text.strip() for column, text in texts.items() if text.strip()}
