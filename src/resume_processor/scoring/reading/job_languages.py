"""Languages that a statement asks for."""

from __future__ import annotations

import re

from resume_processor.scoring.language_names import LANGUAGES, OTHER_NAMES

_BY_NAME = {name.lower(): name for name in LANGUAGES} | OTHER_NAMES
_NAME = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(_BY_NAME, key=len, reverse=True))})\b"
    r"(?!\s*(?:market|speaking (?:countr|market)|literature|teacher|cuisine|food|language "
    r"teacher|customers|clients))",
    re.IGNORECASE,
)
#: A language is asked for where one of these stands in the statement, or where it stands alone.
_ASKED = re.compile(
    r"fluen|speak|spoken|written|verbal|language|proficien|native|bilingual|command of"
    r"|business[- ]level|idiomatic"
    r"|mother tongue|read(?:ing)? and writ|communicat|conversational|kenntnisse|fließend"
    r"|langue|couramment|idioma|nivel|\b[abc][12]\b|required|must|skills",
    re.IGNORECASE,
)  # fmt: skip
_FEW_WORDS = 4


def languages_in(text: str) -> tuple[str, ...]:
    """English names of the languages asked for, in the order of the text."""
    found = [_BY_NAME[match["name"].lower()] for match in _NAME.finditer(text)]
    if found and (_ASKED.search(text) or len(text.split()) <= _FEW_WORDS):
        return tuple(dict.fromkeys(found))
    return ()
