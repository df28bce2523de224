"""Civil-status facts: birth date, nationality, gender, marital status."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.places import gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a


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


_GAP = r"\s*(?:\([^)]*\)\s*)?[:;=\-–.|/ ]*\s*"
_BIRTH = re.compile(
    r"(?<![a-z])(?:date\s*(?:of|or|&)?\s*(?:of\s*)?birth|d\.?\s?o\.?\s?b\.?|birth\s?-?\s?date|date and place of birth|"
    r"born(?: on| in)?|birthday|date de naissance|nee? le|geburtsdatum|geboren(?: am)?|geb\.(?: am)?|geburtstag|"
    r"fecha de nacimiento|nacid[oa] el|nacimiento|data de nascimento|nascimento|nascid[oa] em|data urodzenia|"
    r"data ur\.?|urodzon[ya]|出生(?:日期|年月|年月日)?|生日)" + _GAP
)
_NATIONALITY = re.compile(
    r"(?<![a-z])(?:nationality|citizenship|citizen of|nationalite|staatsangehorigkeit|nationalitat|"
    r"staatsburgerschaft|nacionalidad|nacionalidade|narodowosc|obywatelstwo|国籍)" + _GAP
)
_GENDER = re.compile(r"(?<![a-z])(?:gender|sex|sexe|geschlecht|sexo|genero|plec|性别)" + _GAP)
_MARITAL = re.compile(
    r"(?<![a-z])(?:mar(?:i|r)?it[ai]l\s*(?:status|state)?|marital|matrimonial status|civil status|marriage status|"
    r"situation (?:familiale|matrimoniale|de famille)|etat civil|statut matrimonial|familienstand|zivilstand|estado civil|"
    r"stan cywilny|婚姻状况|婚姻|婚否)" + _GAP
)
_SEXES = (
    r"female|male|transgender|non-?binary|masculine|feminine|masculino|femenino|feminino|masculin|feminin|"
    r"mannlich|weiblich|divers|homme|femme|hombre|mujer|homem|mulher|mezczyzna|kobieta|man|woman|男|女|[mf](?![a-z])"
)
_STATES = (
    r"un[\s-]*married|never married|married|single|singel|bachelor|divorced|divorcee|separated|widow(?:ed|er)?|engaged|"
    r"celibataire|mariee?|pacsee?|divorcee?|veu(?:f|ve)|concubinage|"
    r"ledig|verheiratet|geschieden|verwitwet|"
    r"solter[oa]|casad[oa]|divorciad[oa]|viud[oa]|separad[oa]|solteir[oa]|viuv[oa]|uniao estavel|union libre|"
    r"kawaler|panna|zonaty|zamezna|rozwiedzion[ya]|wolny|未婚|已婚|离异"
)
_SEX = re.compile(rf"(?:{_SEXES})(?![a-z])")
_STATE = re.compile(rf"(?:{_STATES})(?![a-z])")
#: Where the value of a nationality ends.
_VALUE_END = re.compile(
    r"\s{3,}|[|;•\n\t]|,|\.\s|\.$|\s+(?:[a-z']+\s){0,2}[a-z']+\s*:|(?<![a-z])(?:gender|sex|marital|religion|date|dob|passport|"
    r"languages?|visa|status|age|place|familienstand|estado|etat|father|born)(?![a-z])"
)
#: A date behind "born" is near.
_DATE_WITHIN = 45


def find_personal(text: str) -> tuple[PersonalFact, ...]:
    """The facts that the text states, in its order."""
    folded = fold(text)
    found = [
        fact
        for fact in (
            _birth_date(text, folded),
            _nationality(text, folded),
            _listed(text, folded, _GENDER, _SEX, "gender"),
            _listed(text, folded, _MARITAL, _STATE, "maritalStatus"),
        )
        if fact is not None
    ]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _birth_date(text: str, folded: str) -> PersonalFact | None:
    for label in _BIRTH.finditer(folded):
        span = text[label.end() : label.end() + _DATE_WITHIN]
        for date in find_dates(span):
            value = date.single or date.first
            if value is not None:
                start, end = label.end() + date.start, label.end() + date.end
                return PersonalFact(start, end, "birthDate", value, "personal.birth_date")
    return None


def _nationality(text: str, folded: str) -> PersonalFact | None:
    for label in _NATIONALITY.finditer(folded):
        stop = _VALUE_END.search(folded, label.end())
        end = stop.start() if stop else len(text)
        value = text[label.end() : end].strip(" .,:-–")
        words = re.findall(r"[^\W\d_]+", value)
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
    for match in label.finditer(folded):
        value = values.match(folded, match.end())
        if value is not None:
            return PersonalFact(
                value.start(), value.end(), field, text[slice(*value.span())], f"personal.{field}"
            )
    return None
