"""The file of word classes: words grouped by the set of classes that they belong to."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

#: Written by scripts/build_lexicon.py.
WORDS_FILE = "words.gz"


class WordClass(StrEnum):
    """What a word can be; a word may be several things, most words are none."""

    CITY = "city"
    COMMON = "common"  #: stands in running text in lower case
    COMPANY = "company"  #: a well-known employer
    COUNTRY = "country"
    DEGREE_WORD = "degree_word"  #: "bachelor", "diplom", "licenciatura"
    FLUENCY = "fluency"  #: "native", "fliessend"
    GIVEN_NAME = "given_name"
    GRADE_WORD = "grade_word"  #: "cgpa", "percentage"
    LANGUAGE = "language"
    LEGAL_FORM = "legal_form"  #: "ltd", "gmbh"
    MONTH = "month"
    NATIONALITY = "nationality"
    ORG_WORD = "org_word"  #: "solutions", "bank"
    PERSONAL_WORD = "personal_word"  #: "married", "dob"
    PLACE_PART = "place_part"  #: a word of a longer place name
    PRESENT = "present"  #: "till", "heute"
    REGION = "region"
    SALUTATION = "salutation"
    SCHOOL_NAME = "school_name"  #: stands in the names of several universities
    SCHOOL_WORD = "school_word"  #: "college", "hochschule"
    SENIORITY = "seniority"
    SKILL = "skill"
    STREET_WORD = "street_word"
    STUDY_FIELD = "study_field"  #: "commerce", "informatik"
    SURNAME = "surname"
    TITLE_HEAD = "title_head"  #: names what somebody is: "engineer", "leiter"
    TITLE_WORD = "title_word"  #: stands in many job titles
    VERB = "verb"  #: begins sentences about work: "developed", "managing"


_ORDER = tuple(WordClass)


def words_to_text(words: Mapping[WordClass, Iterable[str]]) -> str:
    """The file's text: a line "=MASK" before the words of each set of classes, all sorted."""
    masks: dict[str, int] = {}
    for name, members in words.items():
        for word in members:
            masks[word] = masks.get(word, 0) | 1 << _ORDER.index(name)
    groups: dict[int, list[str]] = {}
    for word, mask in masks.items():
        groups.setdefault(mask, []).append(word)
    return "".join(
        f"={mask}\n" + "".join(f"{word}\n" for word in sorted(groups[mask]))
        for mask in sorted(groups)
    )


def words_from_text(text: str) -> dict[str, int]:
    """Word → mask of classes."""
    masks: dict[str, int] = {}
    for group in text.split("=")[1:]:
        head, *members = group.split("\n")
        masks.update(dict.fromkeys(members, int(head)))
    masks.pop("", None)
    return masks


@lru_cache(maxsize=1)
def word_masks() -> Mapping[str, int]:
    """The shipped words, read once a process."""
    data = files("resume_processor.parsing.lexicon").joinpath("data", WORDS_FILE).read_bytes()
    return words_from_text(gzip.decompress(data).decode())


@lru_cache(maxsize=1024)
def classes_in(mask: int) -> tuple[WordClass, ...]:
    """The classes of a mask, in alphabetical order."""
    return tuple(name for at, name in enumerate(_ORDER) if mask >> at & 1)


_BITS = {name: 1 << at for at, name in enumerate(_ORDER)}


def bit_of(name: WordClass) -> int:
    """The bit of a class in a mask."""
    return _BITS[name]
