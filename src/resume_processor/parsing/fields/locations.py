"""Places: city, region and country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.fields.place_names import (
    PlaceKind,
    PlaceName,
    address_words,
    place_names,
)
from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.lexicon.places import REGION_CODES, gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_IN_AMERICA = re.compile(r"[,\s]+(?:USA?|U\.S\.A?\.?)(?!\w)")
_THREE_LETTERS = re.compile(r"[^\W\d_]{3}")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text; ``text[start:end]`` is where it stands.

    ``city`` and ``region`` are as written; ``country_code`` (ISO 3166-1 alpha-2) only where the
    text names the country.
    """

    city: str | None
    region: str | None
    country_code: str | None
    start: int
    end: int


#: Weights from which a city, and a group of names, count.
_SURE_CITY, _SURE_GROUP = 0.55, 0.5
#: Words of the longest text that is nothing but a place.
_MOST_WORDS = 16
#: What may stand between two names of one place.
_NEAR = re.compile(
    r"(?:[\s,.;:()/|–—-]|pin(?:code| code)?|zip|dist(?:t|rict)?|\d{3,6}(?:[ -]?\d{3,4})?|"
    r"p\.?o\.?)*",
    re.IGNORECASE,
)
#: "Smallville, TX 75001": a place by its form alone.
_AMERICAN = re.compile(
    r"(?P<city>(?:[A-Z][\w.'-]+ ){0,3}[A-Z][\w.'-]+)(?:,\s*|"
    r"\s+)(?P<region>[A-Z]{2})(?=,?\s+\d{5}(?:-\d{4})?(?!\d)|\s*$|,\s*US)"
)
_STREET_END = re.compile(
    r".*\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|"
    r"circle|highway|apt|"
    r"suite|unit|floor|box|terrace|parkway|pkwy)\b\.?\s+",
    re.IGNORECASE,
)
#: "Aruppukottai-626101": a town before its postal code.
_BEFORE_POSTAL = re.compile(
    r"(?P<city>(?:[^\W\d_][\w.']+ ){0,2}[^\W\d_][\w.']{2,})\s*[-–:]{1,2}\s*(?P<code>\d{3} "
    r"?\d{3}|\d{5})(?!\d)"
)
#: "75011 Paris", "28-400 Pinczow".
_AFTER_POSTAL = re.compile(
    r"(?<!\d)(?:[A-Z]{1,2}-)?(?:\d{5}|\d{4}|\d{2}-\d{3}|"
    r"\d{4}-\d{3}) (?P<city>[^\W\d_][^\W\d_'-]+(?:[ -](?!\d)[A-Z][^\W\d_'-]+){0,2})"
)
#: "Dist. Bulandshahr (U.P.)".
_DISTRICT = re.compile(
    r"(?<![a-z])dist(?:t|rict|"
    r"ic)?\b[\s.:–-]*(?P<city>[^\W\d_]{3,}(?: [^\W\d_]{3,})?)(?=\s*(?:[,.(–-]|$))",
    re.IGNORECASE,
)
#: Characters of the longest address, and the weight of a city that stands apart from its region.
_LONGEST_ADDRESS, _FAR_CITY = 220, 0.65
#: Words of addresses that are no part of a town's name.
_NOISE = word_set(
    "pin pincode code postal zip state district dist distt dt post po p.o sultanate republic "
    "kingdom of taluk tehsil teh tk village vill via near north south east west h.p u.p m.p"
)
_CHUNK = re.compile(r"[^,;|\n()]+")


@lru_cache(maxsize=2048)
def find_location(text: str) -> Place | None:
    """The fullest place that the text names, or None; of two equally full ones the last."""
    american = _american(text)
    if american is not None:
        return american
    groups = _groups(text, place_names(text))
    best = max(groups, key=lambda g: (round(_rank(g), 1), g[0].start), default=None)
    if best is None or _rank(best) < _SURE_GROUP:
        return _by_postal_code(text, None)
    place = _with_far_city(text, groups, _place(text, best))
    if place.city is None or _is_district(best, place):
        return (
            _by_postal_code(text, place)
            or _by_position(text, best, place)
            or _by_district(text, place)
        )
    return place


@lru_cache(maxsize=2048)
def looks_like_location(text: str) -> float:
    """How much the text looks like a place and nothing else (0..1)."""
    words = address_words(text)
    if not words or len(words) > _MOST_WORDS:
        return 0.0
    american = _american(text)
    if american is not None and american.end - american.start >= 0.8 * len(text.strip()):
        return 0.95
    names = place_names(text)
    covered = {i for n in names for i in range(n.first, n.stop)}
    if not covered:
        return 0.0
    near = sum(_is_address_word(w.key) for i, w in enumerate(words) if i not in covered)
    others = len(words) - len(covered) - near
    weight = sum(n.weight * (n.stop - n.first) for n in names) / len(covered)
    ends = names[-1].stop == len(words) and names[-1].weight >= _SURE_CITY
    share = (len(covered) + 0.6 * near) / (len(covered) + near + (0.8 if ends else 1.5) * others)
    return round(min(1.0, weight * share), 3)


def _is_address_word(key: str) -> bool:
    if key.isdigit() or key in {"of", "the", "de", "am", "sur", "and", "&"}:
        return True
    return is_a(key, WordClass.STREET_WORD, WordClass.PLACE_PART) and not is_a(
        key, WordClass.TITLE_HEAD, WordClass.ORG_WORD, WordClass.SCHOOL_WORD
    )


# ---- names that belong together ---------------------------------------------------------------


def _groups(text: str, names: Sequence[PlaceName]) -> list[list[PlaceName]]:
    """Names side by side: city, region, country."""
    groups: list[list[PlaceName]] = []
    for name in names:
        if groups and _NEAR.fullmatch(text[groups[-1][-1].end : name.start]):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _rank(group: Sequence[PlaceName]) -> float:
    """Sum of the best weight of each kind."""
    best: dict[PlaceKind, float] = {}
    for name in group:
        best[name.kind] = max(best.get(name.kind, 0.0), name.weight)
    if PlaceKind.CITY in best and len(best) > 1:
        best[PlaceKind.CITY] = max(best[PlaceKind.CITY], _SURE_CITY)
    return sum(best.values())


def _place(text: str, group: Sequence[PlaceName]) -> Place:
    cities = [n for n in group if n.kind is PlaceKind.CITY]
    sure = [n for n in cities if n.weight >= _SURE_CITY]
    city = sure[-1] if sure else max(cities, key=lambda n: (n.weight, n.start), default=None)
    region = _last(group, PlaceKind.REGION)
    country = _last(group, PlaceKind.COUNTRY)
    used = [n for n in (city, region, country) if n is not None]
    return Place(
        text[city.start : city.end] if city else None,
        text[region.start : region.end] if region else None,
        country.code if country else None,
        min(n.start for n in used),
        max(n.end for n in used),
    )


def _with_far_city(text: str, groups: Sequence[Sequence[PlaceName]], place: Place) -> Place:
    """A place without a city, with the last sure city that stands elsewhere in a short text."""
    if place.city is not None or len(text) > _LONGEST_ADDRESS:
        return place
    cities = [n for g in groups for n in g if n.kind is PlaceKind.CITY and n.weight >= _FAR_CITY]
    if not cities:
        return place
    city = cities[-1]
    start, end = min(city.start, place.start), max(city.end, place.end)
    return Place(text[city.start : city.end], place.region, place.country_code, start, end)


def _last(group: Sequence[PlaceName], kind: PlaceKind) -> PlaceName | None:
    return next((n for n in reversed(group) if n.kind is kind), None)


def _is_district(group: Sequence[PlaceName], place: Place) -> bool:
    """Whether the city found is only a district or an unsure name."""
    return all(
        n.weight < _SURE_CITY for n in group if n.kind is PlaceKind.CITY and n.start >= place.start
    )


# ---- places by their form ---------------------------------------------------------------------


def _american(text: str) -> Place | None:
    """The place of "1 Elm St Austin, TX 78701"; a street before the town is left out."""
    for match in _AMERICAN.finditer(text):
        if match["region"] not in REGION_CODES:
            continue
        start = match.start()
        street = _STREET_END.match(match["city"])
        start += street.end() if street else 0
        city = _known_end(text[start : match.end("city")])
        start = match.end("city") - len(city)
        if _is_town(city):
            code = "US" if _IN_AMERICA.match(text[match.end() :]) else None
            return Place(city, match["region"], code, start, match.end())
    return None


def _known_end(words: str) -> str:
    """The longest end of the words that is a city; all of them where none is."""
    parts = words.split()
    for first in range(len(parts)):
        if fold(" ".join(parts[first:])) in gazetteer().cities:
            return " ".join(parts[first:])
    return words


def _by_postal_code(text: str, place: Place | None) -> Place | None:
    """A town that stands right before or behind its postal code."""
    match = _BEFORE_POSTAL.search(text) or _AFTER_POSTAL.search(text)
    if match is None or not _is_town(match["city"]):
        return None
    city = _after_minor_words(match["city"])
    start, end = match.end("city") - len(city), match.end("city")
    if place is None:
        return Place(city, None, None, start, end)
    return Place(
        city, place.region, place.country_code, min(start, place.start), max(end, place.end)
    )


def _by_position(text: str, group: Sequence[PlaceName], place: Place) -> Place | None:
    """The town before the district or region in an address: "…, Aluva, Ernakulam Dist, Kerala"."""
    if not any(c.isdigit() for c in text) and not _has_street(text):
        return None
    first = min(n.start for n in group)
    chunks = list(_CHUNK.finditer(text, 0, first))
    chunks = [c for c in chunks if _THREE_LETTERS.search(c[0])]
    if not chunks:
        return None
    town = chunks[-1][0].strip(" .-–:")
    if not _is_town(town) or _DIGIT.search(town):
        return None
    start = text.index(town, chunks[-1].start())
    return Place(town, place.region, place.country_code, start, max(place.end, start + len(town)))


def _by_district(text: str, place: Place) -> Place:
    """The district that the address names, where no town was found."""
    match = _DISTRICT.search(text)
    if place.city is not None or match is None or not _is_town(match["city"]):
        return place
    start, end = match.span("city")
    return Place(
        match["city"],
        place.region,
        place.country_code,
        min(start, place.start),
        max(end, place.end),
    )


def _has_street(text: str) -> bool:
    return any(is_a(w.key, WordClass.STREET_WORD) for w in address_words(text))


def _is_town(words: str) -> bool:
    """Whether the words can be a town's name: one to three, none of a street, a firm or a title."""
    parts = words.split()
    if not 1 <= len(parts) <= 3 or any(fold(p).strip(".-:") in _NOISE for p in parts):
        return False
    key = fold(words)
    places = gazetteer()
    if (key in places.regions and key not in places.cities) or key in places.countries:
        return False
    return (
        not any(
            is_a(
                part,
                WordClass.STREET_WORD,
                WordClass.TITLE_HEAD,
                WordClass.ORG_WORD,
                WordClass.SCHOOL_WORD,
                WordClass.PERSONAL_WORD,
                WordClass.MONTH,
                WordClass.DEGREE_WORD,
                WordClass.VERB,
            )
            for part in (parts[-1], parts[0])
        )
        or key in places.cities
    )


def _after_minor_words(city: str) -> str:
    """Without the words of a street that stand before a known city."""
    known = _known_end(city)
    return known if known != city else city
