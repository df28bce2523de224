"""Our own lists of words and places, beside this module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import WordClass

if TYPE_CHECKING:
    from scripts.lexicon.places import Gazetteer

_HERE = Path(__file__).parent


def own_words() -> dict[WordClass, frozenset[str]]:
    """Class → folded words."""
    found: dict[WordClass, frozenset[str]] = {}
    for name, words in _rows("own_words.tsv"):
        kind = WordClass(name)
        found[kind] = found.get(kind, frozenset()) | {fold(word) for word in words.split()}
    return found


def own_places(places: Gazetteer) -> None:
    """Add what we know better than the packages."""
    for kind, names in _rows("own_places.tsv"):
        for name in (fold(name).strip() for name in names.split(";")):
            if kind == "region":
                places.regions.add(name)
            elif kind.isdigit():
                places.add_city(name, int(kind))
            else:
                places.countries[name] = kind


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (_HERE / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, rest = line.partition("\t")
            yield kind, rest
