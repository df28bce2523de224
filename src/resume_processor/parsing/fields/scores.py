"""Grades: points with their scale, percentages, classes."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.lexicon.folding import fold

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_LABEL = (
    r"(?:c\.?g\.?p\.?a|g\.?p\.?a|s\.?g\.?p\.?a|c\.?p\.?i|s\.?p\.?i|d\.?g\.?p\.?a|o\.?g\.?p\.?a|"
    r"wam|grade point(?: average)?|"
    r"aggregate|percentage|percent|marks?|score|grade|result|pointer|"
    r"(?:abschluss|gesamt|durchschnitts|abitur)?note|notendurchschnitt|durchschnitt|schnitt|"
    r"moyenne|promedio|media|nota(?: media| final)?|calificacion|srednia|ocena|iaa|cr)"
)
_SCALE = rf"(?:\s*(?:/|out of|on|sur|von|de|sobre|z)\s*(?:a )?(?:scale of )?{_NUMBER})"
_CLASS = (
    r"(?:(?:first|second|third|1st|2nd|3rd|ist|iind|iiird|i|ii|iii|upper second|lower second|"
    r"2:1|2:2|2\.1|2\.2)"
    r"[ -]*(?:class|division|div|rank)(?: (?:with|in) (?:distinction|honou?rs|hons))?"
    r"|(?:with |mit )?(?:high(?:er)? )?distinction|(?:summa|magna) cum laude|cum laude|"
    r"(?:with )?(?:first class )?honou?rs|mention (?:tres bien|bien|assez bien|passable)|"
    r"sehr gut|pass(?:ed)? with (?:merit|distinction)|merit|sobresaliente|notable|"
    r"matricula de honor|"
    r"upper second|first class|gold medal(?:list|ist)?|gold medallist)"
)
_PERCENT = rf"{_NUMBER}\s*(?:%|percent(?:age|ile)?|per cent|pct)(?:\s*(?:marks|aggregate))?"
_LETTER = r"[a-do]\s?(?:\+\+?|-)?(?![a-z0-9])"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "scores.points",
        re.compile(
            rf"(?<![a-z]){_LABEL}\s*(?:\([^)]*\)\s*)?(?:(?:is|of|obtained|scored|"
            rf"secured)\s+)?[:=\-–~ ]{{0,4}}"
            rf"\(?\s*(?P<value>{_PERCENT}|{_NUMBER}{_SCALE}?(?!\d|\s*%))"
        ),
    ),
    ("scores.percent", re.compile(rf"(?<![\d.,])(?P<value>{_PERCENT})")),
    (
        "scores.points",
        re.compile(
            rf"(?<![\d.,/])(?P<value>{_NUMBER}{_SCALE}?\s*(?:\(?\s*)?(?:c\.?g\.?p\.?a|"
            rf"g\.?p\.?a|s\.?g\.?p\.?a|cpi|pointer))(?![a-z])"
        ),
    ),
    (
        "scores.scale",
        re.compile(
            r"(?<![\d.,/])(?P<value>\d{1,2}[.,]\d{1,2}\s*/\s*(?:4|5|7|10|20|100)(?:[.,]0+)?"
            # marks out of so many; two years are none
            r"|(?!19|20)\d{2,4}\s*(?:/|out of)\s*\d{1,2}[05]0)(?![\d/])"
        ),
    ),
    ("scores.class", re.compile(rf"(?<![a-z])(?P<value>{_CLASS})(?![a-z])")),
    ("scores.letter", re.compile(rf"(?<![a-z])grades?\s*[:\-–]?\s*[\"']?(?P<value>{_LETTER})")),
)


@lru_cache(maxsize=2048)
def find_score(text: str) -> Match | None:
    """The first grade of the text.

    ``value`` and the span are the grade as written, with its label where the number alone would not
    say what it is ("CGPA 8.1").
    """
    folded = fold(text)
    for rule, pattern in _FORMS:
        match = pattern.search(folded)
        if match is not None:
            start, end = match.start(), match.end("value")
            value_start = match.start("value")
            says_itself = "%" in match["value"] or folded.startswith("mark", start)
            if rule in {"scores.percent", "scores.letter"} or says_itself:
                start = value_start
            written = text[start:end].strip()
            closing = folded[end : end + 1] == ")" and "(" in written
            end += closing
            return Match(start, end, " ".join(text[start:end].split()), rule)
    return None
