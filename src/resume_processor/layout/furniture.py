"""Page headers and footers: what is printed on every page and is no part of the text."""

from __future__ import annotations

import re

_PAGE = r"(?:page|seite|p[aá]gina|pag\.?|p\.|strona|str\.|sayfa|pagina|stránka|第)"
_PAGE_NUMBER = re.compile(
    rf"[\W_]*(?:{_PAGE}\W{{0,3}}\d{{1,3}}(?:\W{{0,3}}(?:of|von|sur|de|di|z|van|/|\||-|页)?\W{{0,3}}"
    r"\d{0,3})?|\d{1,3}\W{0,3}(?:of|von|sur|de|di|z|van|/|\|)\W{0,3}\d{1,3}|[-–|]\W?\d{1,3}\W?[-–|])"
    r"[\W_]*",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    """Whether the line does nothing but count the pages ("Page 1 of 3", "2/3")."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None or not text.strip()
