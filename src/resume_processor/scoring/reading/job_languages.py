"""Languages that a statement asks for."""

from __future__ import annotations

import re

_LANGUAGES = [
    "English",
    "German",
    "French",
    "Spanish",
    "Portuguese",
    "Italian",
    "Dutch",
    "Polish",
    "Russian",
    "Ukrainian",
    "Czech",
    "Slovak",
    "Hungarian",
    "Romanian",
    "Bulgarian",
    "Greek",
    "Turkish",
    "Arabic",
    "Hebrew",
    "Persian",
    "Hindi",
    "Urdu",
    "Bengali",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Marathi",
    "Gujarati",
    "Punjabi",
    "Mandarin",
    "Cantonese",
    "Chinese",
    "Japanese",
    "Korean",
    "Vietnamese",
    "Thai",
    "Indonesian",
    "Malay",
    "Tagalog",
    "Swahili",
    "Swedish",
    "Norwegian",
    "Danish",
    "Finnish",
    "Estonian",
    "Latvian",
    "Lithuanian",
    "Croatian",
    "Serbian",
    "Slovenian",
    "Catalan",
    "Afrikaans",
]
_OTHER_NAMES = {
    "englisch": "English", "deutsch": "German", "französisch": "French", "anglais": "English",
    "allemand": "German", "français": "French", "espagnol": "Spanish", "inglés": "English",
    "español": "Spanish", "inglês": "English", "farsi": "Persian", "bahasa indonesia": "Indonesian",
    "englischkenntnisse": "English", "deutschkenntnisse": "German",
}  # fmt: skip
_BY_NAME = {name.lower(): name for name in _LANGUAGES} | _OTHER_NAMES
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
