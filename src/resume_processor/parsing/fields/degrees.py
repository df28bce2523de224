"""Degrees and school certificates: what was studied, at which level, in which field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.fields.degree_forms import LEVEL_FORMS, Level
from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_NO_LETTER = re.compile(r"[^A-Za-z]")


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree in a text; ``text[start:end]`` is where type and field stand together.

    ``level`` is one of secondary, vocational, associate, bachelor, master, doctorate.
    ``study_type`` and ``area`` are as written.
    """

    start: int
    end: int
    level: str
    study_type: str
    area: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    start: int
    end: int
    level: Level


#: Letters that are also words or other things: they count only in capitals or with dots.
_SHORT = 4
_NOT_AFTER_MS = re.compile(
    r"[ -]*(?:office|excel|word|power|access|sql|project|visio|outlook|dos|windows|paint|\.net|"
    r"dynamics|"
    r"access|teams|azure|share)"
)
_WHOLE_CELL = re.compile(r"\W*(?:x|xii|xi|10|12|\+ ?2)\W*")
#: "Bachelor of English Literature": the field is part of the title.
_FULL_TITLE = re.compile(
    r"(?:bach[ae]lor|master|doctor)(?:'?s|s')?(?: degree)?(?P<of> (?:of|in) )(?P<field>[a-z].*)"
)
_TITLED = re.compile(r"(?:bach[ae]lor|master|doctor)(?:'?s|s')?(?P<of> of )")
#: The field in a title that the forms hold in full: "Bachelor in Commerce".
_IN_FORM = re.compile(
    r"(?:bach[ae]lor|master)(?:'?s|s')?(?: (?:of|in|de|en|em) )(?P<field>[a-z].*)"
)
#: Fields that say nothing by themselves: "Bachelor of Science".
_NO_FIELD = re.compile(r"\W*(?:degree|\(?(?:hons?|honou?rs)\W*)\s*\.?$|\.$")
_VAGUE = frozenset(
    {"science", "engineering", "technology", "applied science", "philosophy", "arts"}
)
#: A second name of the same degree: "Bachelor of Technology (B.Tech)", "SSC / 10th".
_ALSO = re.compile(r"\s*(?P<open>[(/–-])\s*")
_CELL = re.compile(r"(?:x|xii|xi|10|12|10 ?\+ ?2)(?![\w/.])")
#: Characters that may stand behind a second name in its bracket.
_LONGEST_GLOSS = 40
_CLOSE = re.compile(r"\s*\)")
_IN = re.compile(
    r"\s*(?:(?:\(|-|–|:|,)\s*)?(?:with (?:a )?)?(?:(?:speciali[sz](?:ation|ing|ed)|specialty|"
    r"major(?:s|ing|ed)?|"
    r"concentration|stream|branch|discipline|option|mention|specialite|schwerpunkt|"
    r"fachrichtung|especialidad|"
    r"enfase|studiengang|kierunek)\s*(?:in|of|en|:|-|in der)?|in|of|en|em|der|im|w|de|"
    r"mit)\s*[:-]?\s+|\s+d'"
)
_BRACKET = re.compile(r"\s*[(\[]\s*(?P<area>[^()\[\]]{2,60}?)\s*[)\]]")
_MARK = re.compile(r"\s*(?:[,:–|-]|-)\s*|\s+")
#: Where a field ends.
_AREA_END = re.compile(
    r"\s*(?:[|;:()\[\]\n•]|,|\.(?=\s|$)|\s[–-]+\s?|[–-]{1,2}\s|(?<![a-z])(?:from|at|with|under|"
    r"by|batch|year|"
    r"passed|completed|during|since|through|obtained|honou?rs|first class|aggregate|cgpa|gpa|"
    r"percentage|"
    r"affiliated|a l'|an der|a la|chez|secured|scored|graduated|university|college|institute|"
    r"school|academy)"
    r"(?![a-z])|\d)"
)


@lru_cache(maxsize=2048)
def find_degree(text: str) -> Degree | None:
    """The first degree of the text with its field, or None."""
    folded = fold(text)
    form = _first_form(text, folded, 0)
    if form is None:
        return _whole_cell(text, folded)
    type_end, area_span = _title(text, folded, form)
    type_end = _with_second_name(text, folded, form, type_end)
    found = _area(text, folded, type_end)
    area_span = found or area_span
    end = max(type_end, _closed(folded, area_span[1]) if found and area_span else type_end)
    return Degree(
        form.start,
        end,
        form.level,
        _tidy(text[form.start : type_end]),
        _tidy(text[slice(*area_span)]) if area_span else None,
    )


def level_of(text: str) -> str | None:
    """The level of the degree that the text names first, or None."""
    folded = fold(text)
    form = _first_form(text, folded, 0)
    if form is not None:
        return form.level
    return Level.SECONDARY if _WHOLE_CELL.fullmatch(folded) else None


def _whole_cell(text: str, folded: str) -> Degree | None:
    if not _WHOLE_CELL.fullmatch(folded):
        return None
    start = len(text) - len(text.lstrip(" .,:-()"))
    end = len(text.rstrip(" .,:-()"))
    return Degree(start, end, Level.SECONDARY, text[start:end], None)


# ---- the title --------------------------------------------------------------------------------


def _first_form(text: str, folded: str, at: int) -> _Form | None:
    """The form that begins first; of several there, the longest."""
    best: _Form | None = None
    for level, pattern in LEVEL_FORMS:
        start = at
        while (match := pattern.search(folded, start)) is not None:
            if _is_meant(text, folded, match):
                form = _Form(match.start(), match.end(), level)
                if best is None or (form.start, -form.end) < (best.start, -best.end):
                    best = form
                break
            start = match.start() + 1
    return best


def _is_meant(text: str, folded: str, match: re.Match[str]) -> bool:
    """Whether short letters are the degree and not a word ("me", "MS Office")."""
    written = text[match.start() : match.end()]
    letters = _NO_LETTER.sub("", written)
    if letters.lower() == "ms" and _NOT_AFTER_MS.match(folded, match.end()):
        return False
    if len(letters) <= _SHORT and written.isascii() and letters:
        dotted = "." in written.strip(".")
        mixed = letters[0].isupper() and len(letters) > 2 and not is_a(letters, WordClass.COMMON)
        return (
            letters.isupper()
            or dotted
            or mixed
            or any(c.isdigit() for c in written)
            or (letters.lower() not in _WORDS_TOO and len(letters) > 2)
        )
    return True


_WORDS_TOO = word_set(
    "me be as ma ms bs ba am dm ca bac bed med cap degree prepa lehre inz lic dut iti icse"
)


def _title(text: str, folded: str, form: _Form) -> tuple[int, tuple[int, int] | None]:
    """Where the title ends, and the field inside it ("Bachelor of Commerce")."""
    known = _IN_FORM.fullmatch(folded, form.start, form.end)
    if known is not None:
        start, _ = known.span("field")
        field = _NO_FIELD.sub("", folded[start : form.end])
        return form.end, None if field in _VAGUE else (start, start + len(field))
    titled = _TITLED.match(folded, form.start)
    if titled is None or form.end > titled.end():
        return form.end, None
    end = _area_end(text, folded, titled.end())
    degree = folded.find(" degree", titled.end(), end)
    field_end = degree if degree > 0 else end
    if not _is_area(folded, titled.end(), field_end):
        return form.end, None
    return (degree + len(" degree") if degree > 0 else end), (titled.end(), field_end)


def _with_second_name(text: str, folded: str, form: _Form, end: int) -> int:
    """The end of the title with another name of the same degree behind it."""
    also = _ALSO.match(folded, end)
    if also is None:
        return end
    stop = _second_name(text, folded, form, also)
    if stop is None:
        return end
    if also["open"] == "(":
        inside = folded.find(")", stop)
        return inside + 1 if 0 <= inside - stop <= _LONGEST_GLOSS else end
    return stop


def _second_name(text: str, folded: str, form: _Form, also: re.Match[str]) -> int | None:
    """Where a second name ends. Behind a dash only a school certificate has one ("HSC - 12th")."""
    second = _first_form(text, folded, also.end())
    if second is not None and second.start == also.end():
        both = {form.level, second.level} == {Level.SECONDARY}
        return second.end if also["open"] == "(" or both else None
    cell = _CELL.match(folded, also.end())
    return cell.end() if cell and form.level is Level.SECONDARY else None


# ---- the field --------------------------------------------------------------------------------


def _area(text: str, folded: str, at: int) -> tuple[int, int] | None:
    """The field behind a title that ends at ``at``."""
    named = _IN.match(folded, at)
    if named is not None:
        end = _area_end(text, folded, named.end())
        if _is_area(folded, named.end(), end) and not _NO_AREA.match(folded, named.end(), end):
            return named.end(), _listed_end(text, folded, end)
        return None
    bracket = _BRACKET.match(folded, at)
    if bracket is not None:
        span = bracket.span("area")
        return span if _is_area(folded, *span) and not _NO_AREA.match(bracket["area"]) else None
    mark = _MARK.match(folded, at)
    if mark is None:
        return None
    end = _area_end(text, folded, mark.end())
    if not _is_field(folded, mark.end(), end):
        return None
    return mark.end(), _listed_end(text, folded, end)


def _area_end(text: str, folded: str, at: int) -> int:
    match = _AREA_END.search(folded, at)
    end = match.start() if match else len(folded)
    while end > at and text[end - 1] in " -–,.&/":
        end -= 1
    return end


def _listed_end(text: str, folded: str, end: int) -> int:
    """The end of a field with further ones behind commas, or a note in brackets."""
    note = _BRACKET.match(folded, end)
    if note is not None:
        plain = _is_area(folded, *note.span("area")) and not _NO_AREA.match(note["area"])
        return note.end() if plain else end
    while (comma := _COMMA.match(folded, end)) is not None:
        stop = _area_end(text, folded, comma.end())
        if not _is_known_field(folded[comma.end() : stop]):
            break
        end = stop
    return end


def _is_area(folded: str, start: int, end: int) -> bool:
    """Whether the words behind "in" or in a bracket can be a field: no date, place or school."""
    words = folded[start:end].split()
    if not 1 <= len(words) <= _MOST_WORDS or not any(c.isalpha() for c in folded[start:end]):
        return False
    if any(c.isdigit() for c in folded[start:end]):
        return False
    first, last = words[0].strip(".,"), words[-1].strip(".,")
    if is_a(last, WordClass.SCHOOL_WORD) and not is_a(last, WordClass.STUDY_FIELD):
        return False
    is_field = is_a(first, WordClass.STUDY_FIELD) or is_a(last, WordClass.STUDY_FIELD)
    return is_field or not is_a(first, WordClass.MONTH, WordClass.CITY, WordClass.REGION)


def _is_field(folded: str, start: int, end: int) -> bool:
    """Whether the words are a field by themselves: one is known as such, or all are plain words."""
    if not _is_area(folded, start, end) or _NO_AREA.match(folded, start, end):
        return False
    words = _plain_words(folded[start:end])
    if any(is_a(w, WordClass.SCHOOL_WORD) and not is_a(w, WordClass.STUDY_FIELD) for w in words):
        return False
    return _is_known_field(folded[start:end]) or (
        bool(words)
        and all(is_a(w, WordClass.COMMON) for w in words)
        and not any(
            is_a(w, WordClass.ORG_WORD, WordClass.VERB, WordClass.GRADE_WORD) for w in words
        )
    )


def _is_known_field(folded: str) -> bool:
    words = _plain_words(folded)
    return 0 < len(words) <= _MOST_WORDS and any(
        is_a(w, WordClass.STUDY_FIELD) or w in _SHORT_FIELDS for w in words
    )


def _plain_words(folded: str) -> list[str]:
    words = [w.strip("&.,()") for w in folded.replace("/", " ").split()]
    return [w for w in words if w and w not in _SMALL]


#: Words of the longest field.
_MOST_WORDS = 9
_COMMA = re.compile(r"\s*,\s*(?=[a-z])")
#: In a bracket behind a degree, but no field.
_NO_AREA = re.compile(
    r"\s*(?:hons?|honou?rs|bien|tres bien|assez bien|passable|regular|full[ -]?time|"
    r"part[ -]?time|pursuing|persuing|distance|"
    r"correspondence|appeared|"
    r"first|second|third|1st|2nd|pass|completed|ongoing|final year|autonomous|evening|"
    r"equivalent|expected|"
    r"minor|incomplete|en cours|laufend|present|till|affiliated|recognised|india|usa|uk)(?![a-z])"
)
_SMALL = word_set("and of the in et de la le du des und der y e & en da do i w for")
_SHORT_FIELDS = word_set(
    "cse ece eee cs it ec me ce ee mech civil hr pcm pcb mpc bipc cec maths math art commerce sci "
    "engg mechanical physics eie is ai ml mis vlsi iot fireman fitter electrician welder turner "
    "draughtsman general literary steno stenography actuarial criminology"
)


def _closed(folded: str, end: int) -> int:
    match = _CLOSE.match(folded, end)
    return match.end() if match else end


def _tidy(text: str) -> str:
    plain = " ".join(text.split()).strip(" ,;:|-–")
    if plain.endswith(")") and "(" not in plain:
        plain = plain[:-1]
    return plain
