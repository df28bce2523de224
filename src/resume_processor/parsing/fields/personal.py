"""Civil-status facts: birth date, nationality, gender, marital status.

They are read so that they can be redacted; nothing scores them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.parsing.fields.dates import parse_date
from resume_processor.parsing.lexicon.folding import fold


@dataclass(frozen=True, slots=True)
class PersonalFact:
    """``field`` is birthDate, nationality, gender or maritalStatus; ``text[start:end]`` says it.

    ``value`` is as written; for a birth date it is ``YYYY-MM-DD``, as precise as the text.
    """

    field: str
    start: int
    end: int
    value: str
    rule: str


_SEPARATOR = r"\s*(?:[:=\-–—.]|\bis\b)*\s*[:\-]*\s*"
_LABELS = {
    "birthDate": r"date\s*of\s*birth|birth\s*date|d\.?\s*o\.?\s*b\b\.?|born(?:\s+on)?|geburtsdatum|"
    r"geboren(?:\s+am)?|geb\.|date\s+de\s+naissance|nee?\s+le|fecha\s+de\s+nacimiento|"
    r"data\s+de\s+nascimento|data\s+urodzenia|出生日期|出生年月|生日",
    "nationality": r"nationality|citizenship|staatsangehorigkeit|nationalitat|nationalite|"
    r"nacionalidad|nacionalidade|obywatelstwo|narodowosc|国籍",
    "gender": r"gender|sex|geschlecht|sexe|sexo|genero|plec|性别",
    "maritalStatus": r"marital\s*status|civil\s*status|family\s*status|familienstand|"
    r"(?:situation|etat)\s*(?:familiale|civil)|estado\s*civil|stan\s*cywilny|婚姻状况",
}
_STATUS = (
    r"(?:un)?married|single|divorced|widow(?:ed|er)?|separated|engaged|ledig|verheiratet|geschieden|verwitwet|"
    r"celibataire|marie\(?e?\)?|pacse\(?e?\)?|divorcee?|solter[oa]|casad[oa]|divorciad[oa]|kawaler|"
    r"panna|zonaty|mezatka|未婚|已婚"
)
_SEX = (
    r"female|male|weiblich|mannlich|feminin|masculin|femme|homme|mujer|hombre|femenino|masculino|"
    r"feminino|kobieta|mezczyzna|男|女"
)
_VALUES = {
    "gender": re.compile(rf"(?:{_SEX})(?![a-z])|[mf](?![a-z])"),
    "maritalStatus": re.compile(rf"(?:{_STATUS})(?![a-z])"),
    "nationality": re.compile(r"[^\W\d_][^\d,;:|/()\n]{1,40}"),
    "birthDate": re.compile(r"[^|;\n]{4,40}"),
}
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>(?<![a-z]){pattern})" for name, pattern in _LABELS.items())
)


def find_personal(text: str) -> tuple[PersonalFact, ...]:
    """The labelled facts of a text ("Gender: Female"), in order."""
    folded = fold(text)
    labels = list(_LABEL.finditer(folded))
    facts = []
    for index, label in enumerate(labels):
        stop = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        start = label.end() + len(re.match(_SEPARATOR, folded[label.end() : stop])[0])  # type: ignore[index]
        fact = _fact(str(label.lastgroup), text, folded, (start, stop))
        if fact is not None:
            facts.append(fact)
    return tuple(facts)


def _fact(field: str, text: str, folded: str, span: tuple[int, int]) -> PersonalFact | None:
    start, stop = span
    match = _VALUES[field].match(folded[start:stop])
    if match is None:
        return None
    written = text[start : start + match.end()]
    value = written.strip(" .,-–—")
    rule = f"personal.{field}"
    if field == "birthDate":
        date = parse_date(_date_part(written))
        return (
            None
            if date is None
            else PersonalFact(field, start, start + len(written.rstrip()), date, rule)
        )
    if field == "nationality" and len(value.split()) > 3:
        return None
    return PersonalFact(field, start, start + len(value), value, rule) if value else None


def _date_part(written: str) -> str:
    """The date without what often follows it: a place, an age."""
    return re.split(r"\s+(?:in|at|a|à|en|age|aged)\s+|\(", written, maxsplit=1)[0].strip(" .,")
