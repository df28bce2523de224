"""Names of the gazetteer in a text, and how surely each means the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.places import LONGEST, REGION_CODES, gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a


class PlaceKind(StrEnum):
    """What a name is the name of."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class AddressWord:
    """A word of a text; ``key`` is folded, without dots."""

    start: int
    end: int
    key: str
    parted: bool  #: a comma, a bracket or a line's end stands before it


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name: words ``first`` to ``stop - 1``, ``text[start:end]``; how surely a place (0..1)."""

    first: int
    stop: int
    kind: PlaceKind
    start: int
    end: int
    weight: float
    code: str | None = None  #: ISO code of a country


#: Weights of a city by its size, of a region, and of a region's short form.
_CITY_WEIGHTS = {1: 1.0, 2: 0.9, 3: 0.7}
_REGION_WEIGHT, _CODE_WEIGHT = 0.9, 0.3
#: A district counts where no town is named.
_DISTRICT_WEIGHT = 0.5
#: A name behind "near", "post", "via" is seldom the town.
_MINOR_WEIGHT = 0.35

#: Plain words that begin names of places which some write in lower case: "new delhi".
_LOWER_STARTS = frozenset({"new", "old", "greater", "north", "south", "east", "west", "great"})
_MARKS = frozenset(",\n();|/")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.(?=[^\W\d_]\.))*|&")
_DISTRICT_BEFORE = re.compile(
    r"(?<![a-z])(?:dist(?:t|rict|ic)?|dt|teh(?:sil)?|taluka?|tk|landkreis|kreis)\W{0,4}$"
)
_DISTRICT_AFTER = re.compile(r"\W{0,3}(?:dist(?:t|rict)?|dt|tehsil|taluka?|tk|landkreis)(?![a-z])")
_STREET_AFTER = re.compile(
    r"\W{0,2}(?:road|rd|street|st|avenue|ave|lane|nagar|colony|vihar|marg|apartments?|house|"
    r"layout|garden|park|chowk|"
    r"bazaa?r|market|strasse|str|platz|weg|tower|complex|hospital|college|university|school|"
    r"phase|extension|extn|gate)"
    r"(?![a-z])"
)
_MINOR_BEFORE = re.compile(
    r"(?<![a-z])(?:vill(?:age)?|via|p\.?s|p\.?o|post|near|opp(?:osite)?|behind|thana|"
    r"ps)[ .:-]{0,4}$"
)
_LABEL = re.compile(
    r"(?<![a-z])(?:location|address|city|place|residence|based (?:in|at|out of)|lives? in|"
    r"located (?:in|at)|at|in|"
    r"adresse|ville|wohnort|anschrift|ciudad|direccion|domicilio|cidade|endereco|morada|adres|"
    r"miejscowosc|"
    r"ort)\W*$"
)
_POSTAL_BEFORE = re.compile(r"(?:^|[\s,-])(?:[a-z]{1,2}-?)?\d{4,6}\s+$")
_POSTAL_AFTER = re.compile(r"\W{0,4}(?:pin\W{0,3}(?:code)?\W{0,3})?\d{3} ?\d{2,3}(?!\d)")


def address_words(text: str) -> list[AddressWord]:
    """The words of a text; "U.S.A" is one."""
    folded = fold(text)
    words: list[AddressWord] = []
    end = 0
    for match in _WORD.finditer(folded):
        parted = not _MARKS.isdisjoint(folded[end : match.start()])
        end = match.end()
        words.append(AddressWord(match.start(), end, match[0].replace(".", ""), parted))
    return words


def place_names(text: str) -> list[PlaceName]:
    """The names of places, the longest at each word, from left to right, without overlap."""
    words = address_words(text)
    folded = fold(text)
    found: list[PlaceName] = []
    at = 0
    while at < len(words):
        name = _name_at(text, folded, words, at)
        if name is not None:
            found.append(name)
        at = name.stop if name else at + 1
    return found


def _name_at(text: str, folded: str, words: Sequence[AddressWord], at: int) -> PlaceName | None:
    if _begins_no_name(text, words[at]):
        return None
    for length in range(_longest(words, at), 0, -1):
        span = words[at : at + length]
        name = _named(text, folded, span, at)
        if name is not None:
            return name
    return None


def _begins_no_name(text: str, word: AddressWord) -> bool:
    """Whether no place's name can begin here: a number, or a plain word in lower case."""
    if word.key.isdigit():
        return True
    lower = text[word.start].islower()
    return lower and word.key not in _LOWER_STARTS and is_a(word.key, WordClass.COMMON)


def _longest(words: Sequence[AddressWord], at: int) -> int:
    """How many words a name that begins here can have, up to a comma, bracket or line's end."""
    length = 1
    while length < LONGEST and at + length < len(words) and not words[at + length].parted:
        length += 1
    return length


def _named(text: str, folded: str, span: Sequence[AddressWord], at: int) -> PlaceName | None:
    places = gazetteer()
    key = " ".join(word.key for word in span)
    start, end, stop = span[0].start, span[-1].end, at + len(span)
    written = text[start:end]
    code = places.countries.get(key)
    if code is not None and _is_written_as_country(written, key):
        return PlaceName(at, stop, PlaceKind.COUNTRY, start, end, 1.0, code)
    if _is_region(written, key):
        return PlaceName(at, stop, PlaceKind.REGION, start, end, _REGION_WEIGHT)
    if key in places.cities:
        weight = _city_weight(text, folded, (start, end), key)
        if weight > 0:
            return PlaceName(at, stop, PlaceKind.CITY, start, end, weight)
    if len(span) == 1 and written in REGION_CODES and at > 0 and text[end : end + 1] != "-":
        return PlaceName(at, stop, PlaceKind.REGION, start, end, _CODE_WEIGHT)
    return None


def _is_written_as_country(written: str, key: str) -> bool:
    """Short forms ("us", "in") are countries only in capitals."""
    if len(key.replace(" ", "")) <= 3:
        return written.replace(".", "").replace(" ", "").isupper()
    return not written[0].islower() or not is_a(key, WordClass.COMMON)


def _is_region(written: str, key: str) -> bool:
    places = gazetteer()
    if key not in places.regions or places.cities.get(key, 3) == 1:
        return False
    if len(key.replace(" ", "")) <= 3:
        return written.replace(".", "").replace(" ", "").isupper()
    return not written[0].islower() or not is_a(key, WordClass.COMMON)


def _city_weight(text: str, folded: str, span: tuple[int, int], key: str) -> float:
    """How surely a city's name means the city."""
    size = gazetteer().cities[key]
    (start, end), lower = span, text[span[0]].islower()
    unsure = size == 3 or _is_word(key)
    if len(key) < 3 or is_a(key, WordClass.STREET_WORD) or (lower and unsure):
        return 0.0
    before = folded[max(0, start - 24) : start]
    if _DISTRICT_BEFORE.search(before) or _DISTRICT_AFTER.match(folded, end):
        return _DISTRICT_WEIGHT
    if _STREET_AFTER.match(folded, end):
        return 0.0
    weight = _CITY_WEIGHTS[size] * (0.8 if lower else 1.0)
    weight -= _ambiguity(key, size)
    if _MINOR_BEFORE.search(before):
        return min(max(0.0, weight), _MINOR_WEIGHT)
    postal = _POSTAL_BEFORE.search(before) or _POSTAL_AFTER.match(folded, end)
    if postal or (weight < _CITY_WEIGHTS[3] and _LABEL.search(before)):
        weight += 0.3
    return max(0.0, min(1.0, weight))


def _ambiguity(key: str, size: int) -> float:
    """What a name loses because it is also a plain word or a person's name."""
    if " " in key:
        return 0.0
    if _is_word(key):
        return 0.25 if size == 1 else 0.6
    return 0.35 if size == 3 and is_a(key, WordClass.GIVEN_NAME, WordClass.SURNAME) else 0.0


@lru_cache(maxsize=2048)
def _is_word(key: str) -> bool:
    """Whether the name is also a plain word, a title, a skill or a language."""
    return is_a(key, WordClass.COMMON, WordClass.TITLE_HEAD, WordClass.SKILL, WordClass.LANGUAGE)
