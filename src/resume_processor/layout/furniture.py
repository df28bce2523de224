"""Page headers and footers: what is printed on every page and is no part of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from resume_processor.layout.lines import Line, LineRole, Page

_PAGE = r"(?:page|seite|p[aá]gina|pag\.?|p\.|strona|str\.|sayfa|stránka|第)"
_OF = r"(?:of|von|sur|de|di|z|van|/|\||-|页|out\s+of)"
_PAGE_NUMBER = re.compile(
    rf"[\W_]*(?:{_PAGE}\W{{0,3}}\d{{1,3}}\W{{0,3}}(?:{_OF}?\W{{0,3}}\d{{1,3}})?"
    rf"|\d{{1,3}}\W{{0,3}}{_OF}\W{{0,3}}\d{{1,3}}|[-–|]\W?\d{{1,3}}\W?[-–|]"
    rf"|\d{{1,3}}\W{{0,3}}\|?\W{{0,3}}{_PAGE})[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
#: Headers and footers stand in this part of the page's height, at the top and at the bottom.
_ZONE = 0.12
#: Points by which the place of a repeated line may differ from page to page.
_DRIFT = 8.0


def is_page_number(text: str) -> bool:
    """Whether the line does nothing but count the pages ("Page 1 of 3", "2/3")."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None or not text.strip()


def with_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with the roles of running headers and footers set.

    The first page's header is content (it holds the name); only where it comes again is it a
    header. A page number is one on every page.
    """
    repeated = _repeated(pages) if len(pages) > 1 else {}
    return tuple(
        replace(page, lines=tuple(_with_role(line, page, repeated) for line in page.lines))
        for page in pages
    )


def _zone(line: Line, page: Page) -> LineRole | None:
    if line.box.y1 <= _ZONE * page.height:
        return LineRole.PAGE_HEADER
    if line.box.y0 >= (1 - _ZONE) * page.height:
        return LineRole.PAGE_FOOTER
    return None


def _key(line: Line, role: LineRole) -> tuple[LineRole, str]:
    return role, _DIGITS.sub("#", line.text.casefold())


def _repeated(pages: Sequence[Page]) -> dict[tuple[LineRole, str], tuple[int, float]]:
    """Lines that stand in the same place on several pages: the first page, and the height there."""
    first: dict[tuple[LineRole, str], tuple[int, float]] = {}
    found: dict[tuple[LineRole, str], set[int]] = {}
    for page in pages:
        for line in page.lines:
            role = _zone(line, page)
            if role is None:
                continue
            key = _key(line, role)
            number, place = first.setdefault(key, (page.number, line.box.y0))
            if abs(place - line.box.y0) <= _DRIFT and page.number != number:
                found.setdefault(key, set()).add(page.number)
    return {key: first[key] for key in found}


def _with_role(
    line: Line, page: Page, repeated: dict[tuple[LineRole, str], tuple[int, float]]
) -> Line:
    role = _zone(line, page)
    if role is None:
        return line
    text = line.text
    if is_page_number(text) or text.strip() == str(page.number):
        return replace(line, role=role)
    number, place = repeated.get(_key(line, role), (page.number, 0.0))
    if page.number != number and abs(place - line.box.y0) <= _DRIFT:
        return replace(line, role=role)
    return line
