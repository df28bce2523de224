"""Degrees and school certificates: what was studied, and on which level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.parsing.lexicon.folding import fold

LEVELS = ("secondary", "vocational", "associate", "bachelor", "master", "doctorate")


@dataclass(frozen=True, slots=True)
class Degree:
    """``text[start:end]`` names a degree; ``level`` is one of ``LEVELS``.

    ``study_type`` is the qualification as written, ``area`` the field of study where one is named.
    "Bachelor of Commerce" is a study type as a whole, with the area "Commerce".
    """

    start: int
    end: int
    level: str
    study_type: str
    area: str | None


#: Written-out degrees that go on with their field: "Bachelor of Science", "Master en Droit".
_LONG = {
    "doctorate": r"doctor(?:ate|at|ado)?|doktor(?:at)?|doutorado|doktorat",
    "master": r"masters?(?:'s)?(?:\s+degree)?|magister|maestria|mestrado|mastere?",
    "bachelor": r"bachelors?(?:'s)?(?:\s+degree)?|bacharelado|licenciatura|licence|licenciado|grado|"
    r"licencjat|inzynier|graduacao",
    "associate": r"associates?(?:'s)?(?:\s+degree)?|foundation degree",
    "vocational": r"(?:post\s*graduate|advanced|national|higher national|polytechnic|pg)?\s*diploma|"
    r"diplome|diplomado",
}
#: Short forms, which stand alone or before a field.
_SHORT = {
    "doctorate": r"ph\.?\s?d|d\.?\s?phil|ed\.?d|dr\.\s?(?:rer|phil|ing|med)\.?(?:\s?\w+\.)?|promotion",
    "master": r"m\.?\s?tech|m\.?\s?b\.?\s?a|m\.?\s?c\.?\s?a|m\.?\s?sc|m\.?\s?com|m\.?\s?phil|m\.?\s?eng|m\.?\s?ed|"
    r"m\.?\s?s\.?\s?w|m\.?\s?a|m\.?\s?s|m\.?\s?e|m\.?\s?pharm(?:a|acy)?|m\.?\s?arch|m\.?\s?p\.?\s?h|ll\.?\s?m|pgdm|pgdbm|"
    r"diplom(?:-\w+)?|dipl\.-?\s?\w+\.?|staatsexamen|post\s?graduat(?:e|ion)|dea|dess",
    "bachelor": r"b\.?\s?tech|b\.?\s?sc|b\.?\s?com|b\.?\s?b\.?\s?a|b\.?\s?c\.?\s?a|b\.?\s?eng|b\.?\s?ed|b\.?\s?arch|"
    r"b\.?\s?pharm(?:a|acy)?|b\.?\s?b\.?\s?m|b\.?\s?h\.?\s?m|b\.?\s?f\.?\s?a|b\.?\s?s\.?\s?n|b\.?\s?e|b\.?\s?s|b\.?\s?a|"
    r"ll\.?\s?b|m\.?\s?b\.?\s?b\.?\s?s|b\.?\s?d\.?\s?s|graduation|graduate|under\s?graduate|maitrise",
    "associate": r"a\.?\s?a\.?\s?s|a\.?\s?s\.?\s?(?:degree)|bts|dut|deug",
    "vocational": r"i\.?\s?t\.?\s?i|pgdca|adca|d\.?\s?c\.?\s?a|hnd|btec|nvq|ausbildung(?:\s+zu[mr]?)?|bep|cap|"
    r"tecnico(?:\s+superior)?|technikum|technik",
    "secondary": r"s\.?\s?s\.?\s?l\.?\s?c|s\.?\s?s\.?\s?c|h\.?\s?s\.?\s?c|h\.?\s?s\.?\s?l\.?\s?c|c\.?b\.?s\.?e|i\.?c\.?s\.?e|"
    r"matric(?:ulation|ulate)?|intermediate|(?:higher|senior)\s+secondary(?:\s+(?:school|certificate|education))*|"
    r"secondary\s+school(?:\s+(?:leaving\s+)?certificate)?|high\s+school(?:\s+diploma)?|"
    r"(?:10|12)\s?(?:th|\+\s?2)?(?:\s*(?:std|standard|class|grade))|(?:10|12)th|(?:x|xii)(?:th)?\s+(?:std|standard|class)|"
    r"class\s+(?:x|xii|10|12)(?:th)?|\+2|10\s?\+\s?2|plus two|pre[- ]university(?:\s+course)?|puc|"
    r"a[- ]levels?|o[- ]levels?|gcses?|igcse|g\.?e\.?d|abitur|fachhochschulreife|fachabitur|mittlere reife|"
    r"realschulabschluss|hauptschulabschluss|baccalaureat(?:\s+\w+)?|bachillerato|selectividad|"
    r"ensino medio|matura|secundaria",
}
_AREA_WORD = r"[^\W\d_][\w&'.+-]*"
_AREA = rf"{_AREA_WORD}(?:(?:\s+|\s*&\s*|\s*/\s*){_AREA_WORD}){{0,6}}"
_OF = r"(?:\s+(?:of|in|en|de|der|des|em|w)\s+|\s*[:,(]\s*|\s+[-–]\s+|\s+)"


def _alternatives(forms: dict[str, str]) -> re.Pattern[str]:
    named = "|".join(rf"(?P<{level}>{pattern})" for level, pattern in forms.items())
    return re.compile(rf"(?<![a-z0-9])(?:{named})(?![a-z0-9])\.?")


_LONG_FORM = _alternatives(_LONG)
_SHORT_FORM = _alternatives(_SHORT)
_JOINED = re.compile(r"\s*(?:'?s)?\s*(?:degree\s+)?(?:of|in|en|de|der|des|em)\s+", re.IGNORECASE)
#: A field in brackets or after "in", a comma or a dash.
_FIELD = re.compile(
    rf"\s*(?:\(|\[|(?:degree\s+)?(?:in|en|em|of|with)\s+(?:the\s+)?|[,:]\s*|[-–]\s*)?\s*(?P<area>{_AREA})",
    re.IGNORECASE,
)
#: Where a field ends: at what is said of the school, the board or the time.
_STOP = re.compile(
    r"\s*(?:\b(?:from|at|with|by|under|through|passed|completed|pursuing|university|college|institute|"
    r"school|board|academy|vidya\w*|affiliated|during|year|percentage|cgpa|gpa|aggregate|"
    r"universit\w+|hochschule|ecole|lycee|universidad|instituto|facult\w+)\b|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
#: Short forms that are ordinary words as well: they count in capitals or with a dot only.
_AMBIGUOUS = frozenset(
    {"ma", "ms", "me", "be", "bs", "ba", "cap", "as", "bed", "med", "dea", "bep"}
)


def find_degree(text: str) -> Degree | None:
    """The first degree of a text, with the field that follows it."""
    folded = fold(text)
    match = _first(text, folded)
    if match is None:
        return None
    level = str(match.lastgroup)
    end = match.end()
    if match.re is _LONG_FORM:
        end, study_area = _written_out(text, match)
        field = _field_after(text, end)
        area = field[0] if field else study_area
        end = field[1] if field else end
        study_end = end if field is None else match.end() if study_area is None else field[2]
        return Degree(
            match.start(), end, level, text[match.start() : study_end].strip(" ,:(-"), area
        )
    field = _field_after(text, end)
    stop = field[1] if field else end
    return Degree(
        match.start(), stop, level, text[match.start() : end].strip(), field[0] if field else None
    )


def level_of(text: str) -> str | None:
    """The level of a qualification as written, None where it is none that is known."""
    match = _first(text, fold(text))
    return None if match is None else str(match.lastgroup)


def _first(text: str, folded: str) -> re.Match[str] | None:
    found = [
        match
        for pattern in (_LONG_FORM, _SHORT_FORM)
        for match in pattern.finditer(folded)
        if _plausible(text[match.start() : match.end()])
    ]
    return min(found, key=lambda match: (match.start(), -match.end()), default=None)


def _plausible(written: str) -> bool:
    bare = written.replace(".", "").replace(" ", "")
    return (
        bare.lower() not in _AMBIGUOUS or bare.isupper() or "." in written or bare in ("Ma", "Ba")
    )


def _written_out(text: str, match: re.Match[str]) -> tuple[int, str | None]:
    """End and field of "Bachelor of Commerce": what the degree's own name ends with."""
    joined = _JOINED.match(text, match.end())
    if joined is None:
        return match.end(), None
    area = re.compile(_AREA).match(text, joined.end())
    if area is None:
        return match.end(), None
    kept = _STOP.sub("", area[0]).rstrip(" ,-–")
    inner = re.split(r"\s+in\s+", kept, maxsplit=1, flags=re.IGNORECASE)[0]
    return joined.end() + len(inner), inner or None


def _field_after(text: str, end: int) -> tuple[str, int, int] | None:
    """(field, its end, where the degree's own name ended); None where none follows."""
    match = _FIELD.match(text, end)
    if match is None or "\n" in text[end : match.start("area")]:
        return None
    area = _STOP.sub("", match["area"]).rstrip(" ,-–.&/")
    if len(area) < 2 or area.casefold() in ("degree", "course", "in", "of", "and"):
        return None
    stop = match.start("area") + len(area)
    closed = stop + 1 if text[stop : stop + 1] in (")", "]") else stop
    return area, closed, end
