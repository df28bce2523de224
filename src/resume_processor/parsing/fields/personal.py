"""Civil-status facts: birth date, nationality, gender, marital status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.places import gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_OR = re.compile(r"\s*[/&]\s*")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PersonalFact:
    """A fact: ``text[start:end]`` is its value as written.

    ``field`` is birthDate, nationality, gender or maritalStatus; ``value`` is as written, a birth
    date is ``YYYY-MM-DD`` (or less where the text says less).
    """

    start: int
    end: int
    field: str
    value: str
    rule: str


#: Between a label and its value: another label ("Sex & Marital Status"), marks, a line's end.
_GAP = (
    r"(?:\s*(?:[/&,]|and|et|und)\s*(?!male|female)[a-z]+(?:\s(?:of\s)?[a-z]+)?(?=\s*[:\-–]))?"
    r"\s*(?:\([^)]*\)\s*)?(?:[^\w\s]|\s|o\s)*"
)
_BIRTH = re.compile(
    r"(?:date\s*(?:of|or|&)?\s*(?:of\s*)?birth|d\.?\s?o\.?\s?b\.?|birth\s?-?\s?date|"
    r"date and place of birth|"
    r"born(?: on| in)?|birthday|year of birth|birth|date de naissance|nee? le|geburtsdatum|"
    r"geboren(?: am)?|geb\.(?: am)?|geburtstag|"
    r"fecha de nacimiento|nacid[oa] el|nacimiento|data de nascimento|nascimento|nascid[oa] em|"
    r"data urodzenia|"
    r"data ur\.?|urodzon[ya]|出生(?:日期|年月|年月日)?|生日)" + _GAP
)
_NATIONALITY = re.compile(
    r"(?:nationality|citizenship|citizen of|nationalite|staatsangehorigkeit|nationalitat|"
    r"staatsburgerschaft|nacionalidad|nacionalidade|narodowosc|obywatelstwo|国籍)" + _GAP
)
_GENDER = re.compile(r"(?:gender|sexe|sexo|sex|geschlecht|genero|plec|性别)" + _GAP)
_MARITAL = re.compile(
    r"(?:mar[a-z]{1,5}[ai]l\s*(?:status|state)|mar[irt]{2,4}al|status|marriage|"
    r"matrimonial status|civil status|marriage status|"
    r"situation (?:familiale|matrimoniale|de famille)|etat civil|statut matrimonial|"
    r"familienstand|zivilstand|estado civil|"
    r"stan cywilny|婚姻状况|婚姻|婚否)" + _GAP
)
_SEXES = (
    r"female|male|transgender|non-?binary|masculine|feminine|masculino|femenino|feminino|"
    r"masculin|feminin|"
    r"mannlich|weiblich|divers|homme|femme|hombre|mujer|homem|mulher|mezczyzna|kobieta|man|"
    r"woman|男|女|[mf]"
)
_STATES = (
    r"un[\s-]*married|never married|married|single|singel|bachelor|divorced|divorcee|separated|"
    r"widow(?:ed|er)?|engaged|"
    r"celibataire|mariee?|pacsee?|divorcee?|veu(?:f|ve)|concubinage|"
    r"ledig|verheiratet|geschieden|verwitwet|"
    r"solter[oa]|casad[oa]|divorciad[oa]|viud[oa]|separad[oa]|solteir[oa]|viuv[oa]|"
    r"uniao estavel|union libre|"
    r"kawaler|panna|zonaty|zamezna|rozwiedzion[ya]|wolny|未婚|已婚|离异"
)
_SEX = re.compile(rf"(?:{_SEXES})")
_STATE = re.compile(rf"(?:{_STATES})")
_TWO_VALUES = re.compile(r"[a-z]+\s*[/&,]\s*(?=[a-z])")
#: Where the value of a nationality ends.
_VALUE_END = re.compile(
    r"\s{3,}|[|;•\n\t]|,|\.\s|\.$|\s+(?:[a-z']+\s){0,2}[a-z']+\s*:|(?<![a-z])(?:gender|sex|"
    r"marital|religion|date|dob|passport|"
    r"languages?|visa|status|age|place|familienstand|estado|etat|father|born)(?![a-z])"
)
_BARE_STATE = re.compile(
    r"\W*(?P<state>married|unmarried|celibataire|mariee?|ledig|verheiratet|soltero|soltera|"
    r"casado|casada|"
    r"solteiro|solteira|zonaty|mezatka|未婚|已婚)(?![a-z])(?!\s+(?:to|life))"
)
#: Words of a text that states nothing else.
_SHORT_TEXT = 5
#: A date behind "born" is near.
_DATE_WITHIN = 45


@lru_cache(maxsize=2048)
def find_personal(text: str) -> tuple[PersonalFact, ...]:
    """The facts that the text states, in its order."""
    folded = fold(text)
    found = [
        fact
        for fact in (
            _birth_date(text, folded),
            _nationality(text, folded),
            _listed(text, folded, _GENDER, _SEX, "gender"),
            _listed(text, folded, _MARITAL, _STATE, "maritalStatus") or _bare_state(text, folded),
        )
        if fact is not None
    ]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _labels(label: re.Pattern[str], text: str, folded: str) -> Iterator[re.Match[str]]:
    """The labels that begin a word; a capital after a small letter begins one ("FemaleDate of")."""
    for match in label.finditer(folded):
        start = match.start()
        before = text[start - 1 : start]
        if not before.isalpha() or (before.islower() and text[start].isupper()):
            yield match


def _second(folded: str, label: re.Match[str], values: re.Pattern[str]) -> re.Match[str] | None:
    """The second of two values behind two labels: "Sex & Marital Status: Male & Single"."""
    other = _TWO_VALUES.match(folded, label.end())
    return values.match(folded, other.end()) if other else None


def _ends_word(text: str, end: int) -> bool:
    after = text[end : end + 1]
    return not after.isalpha() or (after.isupper() and text[end - 1].islower()) or after > "\u3000"


def _birth_date(text: str, folded: str) -> PersonalFact | None:
    for label in _labels(_BIRTH, text, folded):
        span = text[label.end() : label.end() + _DATE_WITHIN]
        for date in find_dates(span):
            value = date.single or date.first
            if value is not None:
                start, end = label.end() + date.start, label.end() + date.end
                return PersonalFact(start, end, "birthDate", value, "personal.birth_date")
    return None


def _nationality(text: str, folded: str) -> PersonalFact | None:
    for label in _labels(_NATIONALITY, text, folded):
        stop = _VALUE_END.search(folded, label.end())
        end = stop.start() if stop else len(text)
        value = text[label.end() : end].strip(" .,:-–)")
        if "/" in label[0] or "&" in label[0]:
            value = _OR.split(value)[0]
        words = _WORDS.findall(value)
        if not words or len(words) > 5:
            continue
        if not any(_is_nation(word) for word in (*words, " ".join(words))):
            continue
        start = text.index(value, label.end())
        return PersonalFact(start, start + len(value), "nationality", value, "personal.nationality")
    return None


def _is_nation(word: str) -> bool:
    return (
        is_a(word, WordClass.NATIONALITY, WordClass.COUNTRY) or fold(word) in gazetteer().countries
    )


def _listed(
    text: str, folded: str, label: re.Pattern[str], values: re.Pattern[str], field: str
) -> PersonalFact | None:
    """A value of a closed list behind its label."""
    for match in _labels(label, text, folded):
        value = values.match(folded, match.end()) or _second(folded, match, values)
        if value is not None and _ends_word(text, value.end()):
            return PersonalFact(
                value.start(), value.end(), field, text[slice(*value.span())], f"personal.{field}"
            )
    return None


def _bare_state(text: str, folded: str) -> PersonalFact | None:
    """A marital status without a label, at the start of a short text: "Married, 2 children"."""
    match = _BARE_STATE.match(folded)
    if match is None or len(folded.split()) > _SHORT_TEXT:
        return None
    start, end = match.span("state")
    return PersonalFact(start, end, "maritalStatus", text[start:end], "personal.bare")
