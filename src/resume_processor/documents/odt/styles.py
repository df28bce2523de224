"""How text looks in an ODT: automatic styles over named ones over the defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from resume_processor.documents.odt.names import FO, STYLE, TEXT, points
from resume_processor.layout.flow import is_white

#: How many styles may inherit from each other.
_DEEPEST = 20
_HEX = re.compile(r"#([0-9a-fA-F]{6})$")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%$")
#: CSS weight from which on text is bold.
_BOLD = 600


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of text and of its paragraph; lengths in points."""

    size: float = 12.0
    bold: bool = False
    italic: bool = False
    color: int = 0
    caps: bool = False
    hidden: bool = False
    shaded: bool = False  #: something that is not white lies beneath
    left: float = 0.0
    above: float = 0.0
    below: float = 0.0
    page_break: bool = False


class Styles:
    """Styles by family and name, of all parts of the document."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        for root in roots:
            if root is None:
                continue
            for style in root.iter(STYLE + "style"):
                key = (style.get(STYLE + "family", ""), style.get(STYLE + "name", ""))
                self._styles[key] = style
            for style in root.iter(STYLE + "default-style"):
                self._defaults[style.get(STYLE + "family", "")] = style

    def default(self) -> Look:
        """The look where no style says anything."""
        style = self._defaults.get("paragraph")
        return with_style(Look(), style) if style is not None else Look()

    def apply(self, look: Look, family: str, name: str | None) -> Look:
        """The look with the style of this name over it."""
        for style in self._chain(family, name or ""):
            look = with_style(look, style)
        return look

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (family, name) in self._styles and len(chain) < _DEEPEST:
            style = self._styles[family, name]
            chain.append(style)
            name = style.get(STYLE + "parent-style-name", "")
        return chain[::-1]


def with_style(look: Look, style: etree._Element) -> Look:
    """The look with the properties of a style element applied."""
    for properties in style:
        if properties.tag == STYLE + "text-properties":
            look = _with_text(look, properties)
        elif properties.tag == STYLE + "paragraph-properties":
            look = _with_paragraph(look, properties)
        elif properties.tag == STYLE + "table-cell-properties":
            look = _with_background(look, properties)
    return look


def _with_text(look: Look, properties: etree._Element) -> Look:
    size, weight = properties.get(FO + "font-size"), properties.get(FO + "font-weight")
    if size is not None:
        percent = _PERCENT.match(size)
        own = look.size * float(percent[1]) / 100 if percent else points(size, look.size)
        look = replace(look, size=own)
    if weight is not None:
        heavy = weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD)
        look = replace(look, bold=heavy)
    if (slant := properties.get(FO + "font-style")) is not None:
        look = replace(look, italic=slant in {"italic", "oblique"})
    if match := _HEX.match(properties.get(FO + "color", "")):
        look = replace(look, color=int(match[1], 16))
    if (transform := properties.get(FO + "text-transform")) is not None:
        look = replace(look, caps=transform == "uppercase")
    if (display := properties.get(TEXT + "display")) is not None:
        look = replace(look, hidden=display == "none")
    return _with_background(look, properties)


def _with_paragraph(look: Look, properties: etree._Element) -> Look:
    look = replace(
        look,
        left=points(properties.get(FO + "margin-left"), look.left),
        above=points(properties.get(FO + "margin-top"), look.above),
        below=points(properties.get(FO + "margin-bottom"), look.below),
        page_break=properties.get(FO + "break-before") == "page" or look.page_break,
    )
    return _with_background(look, properties)


def _with_background(look: Look, properties: etree._Element) -> Look:
    match = _HEX.match(properties.get(FO + "background-color", ""))
    if match is None:
        return look
    return replace(look, shaded=not is_white(int(match[1], 16)))
