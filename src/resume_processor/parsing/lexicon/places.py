"""Cities, regions and countries by name."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from resume_processor.parsing.lexicon.folding import word_set

#: Written by scripts/build_lexicon.py.
PLACES_FILE = "places.gz"
#: Words of the longest name.
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded names, their words parted by single spaces.

    ``cities`` maps to the size: 1 from 500,000 inhabitants, 2 from 100,000, 3 from 5,000.
    ``countries`` maps to the ISO 3166-1 alpha-2 code.
    """

    cities: Mapping[str, int]
    regions: frozenset[str]
    countries: Mapping[str, str]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped names, read once a process."""
    data = files("resume_processor.parsing.lexicon").joinpath("data", PLACES_FILE).read_bytes()
    cities: dict[str, int] = {}
    countries: dict[str, str] = {}
    regions: frozenset[str] = frozenset()
    for block in gzip.decompress(data).decode().split("=")[1:]:
        head, *names = block.rstrip("\n").split("\n")
        if head == "region":
            regions = frozenset(names)
        elif head.isdigit():
            cities.update(dict.fromkeys(names, int(head)))
        else:
            countries.update(dict.fromkeys(names, head))
    return Gazetteer(cities, regions, countries)


#: Short forms of regions that count behind a city: "Austin, TX".
REGION_CODES = word_set(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE "
    "QC SK YT NSW VIC QLD TAS ACT SP RJ MG RS PR BA PE CE GO DF ES MT MS AM PB RN AL PI SE RO TO "
    "AC AP RR UP MP HP AP TN KA MH GJ WB NRW BW NCR"
)
