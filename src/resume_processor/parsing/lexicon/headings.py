"""Headings of sections, in English, French, German, Spanish, Portuguese, Polish and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.section_kind import SectionKind

#: A heading has at most so many words.
_MOST_WORDS = 8
#: Score of a heading that is in the list, of one with filling words around it, and of one of which
#: two parts name sections ("Skills & Hobbies").
_LISTED, _PADDED, _PAIRED = 1.0, 0.8, 0.75

#: In front of a heading: "3.", "(IV)", "2.1", "一、"; "4 |", "4 -", "#4". Not "4" alone, which may
#: be a count ("4 projects"); ``numbered_headings`` looks at the whole document for those.
_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.):](?:\d\.?)?|[一二三四五六七八九十]{1,2}[,.、])\s*"
    r"|^#?(?:\d{1,2}|[ivx]{1,4})\s*[|/-]\s*|^#\d{1,2}\s+"
)
_SPACED_OUT = re.compile(r"(?:\w ){3,}\w(?!\w)")
_NOT_WORDS = re.compile(r"[^\w'+&/]+|_")
_LIST_SIGNS = re.compile(r"\s*(?:&|/|\+|,| and | et | und | y | e | i | sowie | with )\s*")
_YEARS_OF = re.compile(r"\d")
#: Words that say nothing about the section.
_FILLING = word_set(
    "my the a of in and & key core main major other additional relevant selected professional "
    "personal general details detail summary overview list brief recent current previous present "
    "past specific section part cont contd continued mes mon ma les des de du la le et ausgewahlte "
    "meine und weitere mis mi los las y otros otras meus minhas os as e outras outros moje i oraz "
    "special total full formal related various information particulars profile areas area "
    "background history"
)


def section_of(text: str) -> SectionKind | None:
    """The section that a heading of these words announces; None where it is no heading."""
    return _look_up(text)[0]


def heading_score(text: str) -> float:
    """How much the text looks like the heading of a section (0..1), by its words alone."""
    return _look_up(text)[1]


@lru_cache(maxsize=4096)
def _look_up(text: str) -> tuple[SectionKind | None, float]:
    if not text or len(text) > 80:
        return None, 0.0
    words = _bare(text)
    if not words or words.count(" ") >= _MOST_WORDS:
        return None, 0.0
    table = _table()
    kind = table.get(_key(words))
    if kind is not None:
        return kind, _LISTED
    if _YEARS_OF.search(words) or text.rstrip().endswith((".", ",", ";")):
        return None, 0.0
    return _padded(words, table) or _paired(words, table) or (None, 0.0)


def _bare(text: str) -> str:
    """The folded text without numbering, marks and the spaces of spaced-out letters."""
    folded = fold(text.strip())
    folded = _SPACED_OUT.sub(lambda m: m[0].replace(" ", ""), folded)
    folded = _NUMBERING.sub("", folded)
    return " ".join(_NOT_WORDS.sub(" ", folded).split()).strip("&/+' ")


def _key(words: str) -> str:
    """What the table is asked for: no joining words, no apostrophes, no plural possessives."""
    plain = words.replace("'s ", " ").replace("'", " ")
    plain = _LIST_SIGNS.sub(" and ", f" {plain} ")
    return " ".join(plain.split())


def _padded(words: str, table: Mapping[str, SectionKind]) -> tuple[SectionKind, float] | None:
    """A heading of the list among filling words: "Brief Educational Details"."""
    parts = words.replace("'", " ").split()
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length + 1):
            kind = table.get(_key(" ".join(parts[first : first + length])))
            rest = parts[:first] + parts[first + length :]
            if kind is not None and all(word in _FILLING for word in rest):
                return kind, _PADDED
    return None


def _paired(words: str, table: Mapping[str, SectionKind]) -> tuple[SectionKind, float] | None:
    """A heading of two sections: the first one counts."""
    parts = [part for part in _LIST_SIGNS.split(f" {words} ") if part.strip()]
    if len(parts) < 2 or len(parts) > 4:
        return None
    kinds = [table.get(_key(part)) or (_padded(part, table) or (None,))[0] for part in parts]
    if all(kind is not None for kind in kinds) and kinds[0] is not None:
        return kinds[0], _PAIRED
    return None


@lru_cache(maxsize=1)
def _table() -> Mapping[str, SectionKind]:
    """Folded heading → section. Where two languages disagree, the first in the file counts."""
    data = files("resume_processor.parsing.lexicon").joinpath("data", "headings.tsv")
    table: dict[str, SectionKind] = {}
    for line in data.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, _, headings = line.split("\t")
        for heading in headings.split(";"):
            key = _key(_bare(heading))
            table.setdefault(key, SectionKind(kind))
            if heading.isascii() or " " in heading:
                continue
            table.setdefault(key.replace(" ", ""), SectionKind(kind))
    return table
