"""Places: city, region and country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.places import LONGEST, REGION_CODES, gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text; ``text[start:end]`` is where it stands.

    ``city`` and ``region`` are as written; ``country_code`` (ISO 3166-1 alpha-2) only where the text
    names the country.
    """

    city: str | None
    region: str | None
    country_code: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the gazetteer in the text: words ``first`` to ``stop - 1``."""

    first: int
    stop: int
    kind: str  #: "city", "region" or "country"
    start: int
    end: int
    weight: float  #: how surely it is a place
    code: str | None = None


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.(?=[^\W\d_]\.))*|&")
_CJK = re.compile(r"[\u4e00-\u9fff]{2,}")
#: What may stand between two names of one place.
_NEAR = re.compile(r"[\s,.;()/|–—-]*(?:\d{3,6}(?:[ -]?\d{3,4})?)?[\s,.;()/|–—-]*")
_POSTAL_BEFORE = re.compile(r"(?:^|[\s,-])(?:[a-z]{1,2}-?)?\d{4,6}\s+$")
_LABEL = re.compile(
    r"(?:location|address|city|place|residence|based (?:in|at|out of)|lives? in|located (?:in|at)|at|in|near|"
    r"adresse|ville|wohnort|anschrift|ciudad|direccion|domicilio|cidade|endereco|morada|adres|miejscowosc|"
    r"ort)\W*$"
)
#: "Smallville, TX 75001": a place by its form alone.
_AMERICAN = re.compile(
    r"(?P<city>(?:[A-Z][\w.'-]+ ){0,2}[A-Z][\w.'-]+),? +(?P<region>[A-Z]{2})(?:,? +\d{5}(?:-\d{4})?)?(?![\w.])"
)


def find_location(text: str) -> Place | None:
    """The place that the text names first and fully, or None."""
    names = _names(text)
    groups = _groups(text, names)
    best = max(groups, key=_rank, default=None)
    american = _american(text)
    if american is not None and (best is None or _rank(best) < 1.6):
        return american
    return _place(text, best) if best and _rank(best) >= 0.6 else None


def looks_like_location(text: str) -> float:
    """How much the text looks like a place and nothing else (0..1)."""
    words = _words(text)
    if not words or len(words) > 14:
        return 0.0
    american = _american(text.strip())
    if american is not None and american.end - american.start >= 0.8 * len(text.strip()):
        return 0.95
    names = [n for n in _names(text) if n.weight > 0]
    covered = {i for n in names for i in range(n.first, n.stop)}
    if not covered:
        return 0.0
    streets = {
        i
        for i, word in enumerate(words)
        if i not in covered and (word.key.isdigit() or is_a(word.key, WordClass.STREET_WORD))
    }
    others = len(words) - len(covered) - len(streets)
    weight = sum(n.weight * (n.stop - n.first) for n in names) / len(covered)
    share = (len(covered) + 0.5 * len(streets)) / (len(covered) + len(streets) + 1.5 * others)
    return round(min(1.0, weight * share), 3)


# ---- names of places in a text ----------------------------------------------------------------


def _words(text: str) -> list[_Word]:
    folded = fold(text)
    return [_Word(m.start(), m.end(), m[0].replace(".", "")) for m in _WORD.finditer(folded)]


def _names(text: str) -> list[_Name]:
    """The names of places, longest first at each word, without overlap."""
    words = _words(text)
    found: list[_Name] = []
    at = 0
    while at < len(words):
        name = _name_at(text, words, at)
        if name is not None:
            found.append(name)
        at = name.stop if name else at + 1
    return found


def _name_at(text: str, words: Sequence[_Word], at: int) -> _Name | None:
    places = gazetteer()
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        span = words[at : at + length]
        if any(
            "," in text[a.end : b.start] or "\n" in text[a.end : b.start] for a, b in _pairs(span)
        ):
            continue
        key = " ".join(word.key for word in span)
        start, end = span[0].start, span[-1].end
        written = text[start:end]
        code = places.countries.get(key)
        if code is not None and _is_written_as_country(written, key):
            return _Name(at, at + length, "country", start, end, 1.0, code)
        if key in places.regions and (len(key) > 2 or written.isupper()) and written[0].isupper():
            if places.cities.get(key, 3) > 1:
                return _Name(at, at + length, "region", start, end, 0.9)
        size = places.cities.get(key)
        if size is not None:
            weight = _city_weight(text, start, written, key, size)
            if weight > 0 or length > 1:
                return _Name(at, at + length, "city", start, end, weight)
        if length == 1 and written in REGION_CODES and at > 0:
            return _Name(at, at + 1, "region", start, end, 0.2)
    return None


def _pairs(words: Sequence[_Word]) -> Iterator[tuple[_Word, _Word]]:
    return zip(words, words[1:], strict=False)


def _is_written_as_country(written: str, key: str) -> bool:
    if len(key) <= 3 and " " not in key:
        return written.replace(".", "").isupper()
    return not written[0].islower()


def _city_weight(text: str, start: int, written: str, key: str, size: int) -> float:
    """How surely a city's name means the city."""
    if written[0].islower():
        return 0.0
    weight = {1: 1.0, 2: 0.9, 3: 0.7}[size]
    if " " in key:
        return weight
    if is_a(key, WordClass.COMMON, WordClass.TITLE_HEAD, WordClass.SKILL, WordClass.LANGUAGE):
        weight -= 0.25 if size == 1 else 0.6
    elif size == 3 and is_a(key, WordClass.GIVEN_NAME, WordClass.SURNAME):
        weight -= 0.35
    if weight < 0.7 and _LABEL.search(fold(text[max(0, start - 24) : start])):
        weight += 0.3
    if _POSTAL_BEFORE.search(fold(text[:start])):
        weight += 0.3
    return max(0.0, min(1.0, weight))


# ---- names that belong together ---------------------------------------------------------------


def _groups(text: str, names: Sequence[_Name]) -> list[list[_Name]]:
    """Names side by side: city, region, country."""
    groups: list[list[_Name]] = []
    for name in names:
        if groups and _NEAR.fullmatch(text[groups[-1][-1].end : name.start]):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _rank(group: Sequence[_Name]) -> float:
    """Sum of the best weight of each kind."""
    best: dict[str, float] = {}
    for name in group:
        best[name.kind] = max(best.get(name.kind, 0.0), name.weight)
    if "city" in best and len(best) > 1:
        best["city"] = max(best["city"], 0.6)
    return sum(best.values())


def _place(text: str, group: Sequence[_Name]) -> Place:
    cities = [n for n in group if n.kind == "city"]
    regions = [n for n in group if n.kind == "region"]
    countries = [n for n in group if n.kind == "country"]
    city = max(cities, key=lambda n: (n.weight, n.start), default=None)
    region = regions[-1] if regions else None
    country = countries[-1] if countries else None
    used = [n for n in (city, region, country) if n is not None]
    return Place(
        text[city.start : city.end] if city else None,
        text[region.start : region.end] if region else None,
        country.code if country else None,
        min(n.start for n in used),
        max(n.end for n in used),
    )


def _american(text: str) -> Place | None:
    for match in _AMERICAN.finditer(text):
        if match["region"] in REGION_CODES:
            return Place(match["city"], match["region"], None, match.start(), match.end("region"))
    return None
