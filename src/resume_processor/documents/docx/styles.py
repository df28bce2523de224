"""How text looks: direct formatting over styles over the document's defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from resume_processor.documents.docx.names import TWIPS, W, is_on, number, value

#: How many styles may inherit from each other.
_DEEPEST = 20
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|rubrik|nagłówek) ?[1-9]$", re.IGNORECASE
)
_HEX = re.compile(r"[0-9A-Fa-f]{6}$")
_WHITE = 0xFFFFFF
_SIZE, _COLOR, _SHADE, _HIGHLIGHT = (W + name for name in ("sz", "color", "shd", "highlight"))
#: Properties that are on or off.
_TOGGLES = {
    W + "b": "bold",
    W + "i": "italic",
    W + "caps": "caps",
    W + "vanish": "vanish",
    W + "webHidden": "vanish",
}
#: Outline level of body text.
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of a run."""

    size: float = 10.0  #: points
    bold: bool = False
    italic: bool = False
    color: int = 0
    caps: bool = False
    vanish: bool = False
    shaded: bool = False  #: something that is not white lies beneath


@dataclass(frozen=True, slots=True)
class Layout:
    """Properties of a paragraph; lengths in points."""

    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    contextual: bool = False  #: no space between paragraphs of one style
    heading: bool = False
    page_break: bool = False
    list_id: str | None = None
    level: int = 0
    shaded: bool = False


class Styles:
    """The document's style sheet."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._resolved: dict[str, tuple[Look, Layout]] = {}
        self._look = Look()
        self._layout = Layout()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for style in root.iterchildren(W + "style"):
            identity = value(style, "styleId") or ""
            self._styles[identity] = style
            if value(style, "default") in {"1", "true", "on"}:
                self._defaults[value(style, "type") or ""] = identity
        defaults = root.find(W + "docDefaults")
        if defaults is not None:
            self._look = with_run(self._look, defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._layout = with_paragraph(self._layout, defaults.find(f"{W}pPrDefault/{W}pPr"), "")

    def paragraph(self, properties: etree._Element | None) -> tuple[Look, Layout, str]:
        """Look of the paragraph's runs, its layout, and the id of its style."""
        style = properties.find(W + "pStyle") if properties is not None else None
        identity = value(style) or self._defaults.get("paragraph", "")
        if identity not in self._resolved:
            self._resolved[identity] = self._resolve(identity)
        look, layout = self._resolved[identity]
        return look, with_paragraph(layout, properties, ""), identity

    def _resolve(self, identity: str) -> tuple[Look, Layout]:
        look, layout = self._look, self._layout
        for element in self._chain(identity):
            name = value(element.find(W + "name")) or ""
            look = with_run(look, element.find(W + "rPr"))
            layout = with_paragraph(layout, element.find(W + "pPr"), name)
        return look, layout

    def run(self, look: Look, properties: etree._Element | None) -> Look:
        """Look of a run inside a paragraph of ``look``."""
        if properties is None:
            return look
        style = properties.find(W + "rStyle")
        if style is not None:
            for element in self._chain(value(style) or ""):
                look = with_run(look, element.find(W + "rPr"))
        return with_run(look, properties)

    def is_shaded_table(self, properties: etree._Element | None) -> bool:
        """Whether the table's style puts colour beneath some of its cells."""
        style = properties.find(W + "tblStyle") if properties is not None else None
        return any(
            is_shade(shade)
            for element in self._chain(value(style) or "")
            for shade in element.iter(W + "shd")
        )

    def _chain(self, identity: str) -> list[etree._Element]:
        """The style and those it is based on, the basic one first."""
        chain: list[etree._Element] = []
        while identity in self._styles and len(chain) < _DEEPEST:
            style = self._styles[identity]
            chain.append(style)
            identity = value(style.find(W + "basedOn")) or ""
        return chain[::-1]


def is_shade(shade: etree._Element | None) -> bool:
    """Whether a ``w:shd`` paints anything but white."""
    if shade is None:
        return False
    fill = (value(shade, "fill") or "auto").upper()
    if fill not in {"AUTO", "FFFFFF"}:
        return True
    pattern = value(shade) or "clear"
    return pattern not in {"clear", "nil"} and fill == "AUTO"


def with_run(look: Look, properties: etree._Element | None) -> Look:
    """The look with the properties of an ``w:rPr`` applied."""
    if properties is None:
        return look
    changes: dict[str, Any] = {}
    for element in properties:
        tag = element.tag
        if tag == _SIZE:
            changes["size"] = number(value(element), 2 * look.size) / 2
        elif tag in _TOGGLES:
            changes[_TOGGLES[tag]] = is_on(element)
        elif tag == _COLOR:
            changes["color"] = _color(element)
        elif tag == _SHADE:
            changes["shaded"] = is_shade(element)
        elif tag == _HIGHLIGHT and value(element) not in {"none", "white"}:
            changes["shaded"] = True
    return replace(look, **changes) if changes else look


def _color(element: etree._Element) -> int:
    text = value(element) or ""
    if _HEX.match(text):
        return int(text, 16)
    return _WHITE if value(element, "themeColor") == "background1" else 0


def with_paragraph(layout: Layout, properties: etree._Element | None, style_name: str) -> Layout:
    """The layout with the properties of a ``w:pPr`` (of the style of this name) applied."""
    if _HEADING.match(style_name):
        layout = replace(layout, heading=True)
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag == W + "ind":
            left = value(element, "left") or value(element, "start")
            layout = replace(layout, left=number(left, layout.left * TWIPS) / TWIPS)
        elif tag == W + "spacing":
            layout = _with_spacing(layout, element)
        elif tag == W + "contextualSpacing":
            layout = replace(layout, contextual=is_on(element))
        elif tag == W + "outlineLvl":
            layout = replace(layout, heading=number(value(element), _BODY_LEVEL) < _BODY_LEVEL)
        elif tag == W + "pageBreakBefore":
            layout = replace(layout, page_break=is_on(element))
        elif tag == W + "numPr":
            layout = _with_list(layout, element)
        elif tag == W + "shd":
            layout = replace(layout, shaded=is_shade(element))
    return layout


def _with_spacing(layout: Layout, element: etree._Element) -> Layout:
    before = number(value(element, "before"), layout.before * TWIPS) / TWIPS
    after = number(value(element, "after"), layout.after * TWIPS) / TWIPS
    return replace(layout, before=before, after=after)


def _with_list(layout: Layout, element: etree._Element) -> Layout:
    list_id = value(element.find(W + "numId"))
    level = number(value(element.find(W + "ilvl")), layout.level)
    return replace(layout, list_id=list_id or layout.list_id, level=int(level))
