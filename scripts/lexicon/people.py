"""Given names and surnames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from resume_processor.parsing.lexicon.folding import fold
from scripts.lexicon.packages import strings_assigned

#: The most frequent surnames of the census that are kept; rarer ones are often plain words.
_CENSUS_SURNAMES = 25_000


def given_names(folder: Path) -> frozenset[str]:
    """Folded given names in Latin and Chinese script."""
    return _folded(_given(folder))


def surnames(folder: Path) -> frozenset[str]:
    """Folded surnames."""
    return _folded(_surnames(folder))


def _given(folder: Path) -> Iterator[str]:
    for module in sorted(folder.glob("faker/providers/person/*/__init__.py")):
        yield from strings_assigned(module, ("first_name",))
    for person in _mimesis(folder):
        yield from _flat(person.get("names", ()))
    for path in sorted((folder / "names-0.3.0/names").glob("dist.*.first")):
        yield from (line.split()[0] for line in path.read_text().splitlines())
    for path in sorted((folder / "indian_names").glob("first.*.names")):
        yield from path.read_text().split()[1:]
    for path in sorted((folder / "getindianname").glob("*malename.txt")):
        yield from path.read_text().split()
    yield from _variants(folder, "*given_names.py", "indian_names_*.py", "arabic_names.py")


def _surnames(folder: Path) -> Iterator[str]:
    for module in sorted(folder.glob("faker/providers/person/*/__init__.py")):
        yield from strings_assigned(module, ("last_name",))
    for person in _mimesis(folder):
        yield from _flat(person.get("surnames", ()))
    census = (folder / "names-0.3.0/names/dist.all.last").read_text().splitlines()
    yield from (line.split()[0] for line in census[:_CENSUS_SURNAMES])
    yield from (folder / "indian_names/last.names").read_text().split()[1:]
    yield from _variants(folder, "*surnames.py", "indian_names_*.py", "arabic_names.py")


def _mimesis(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("mimesis/datasets/*/person.json")):
        yield json.loads(path.read_text("utf-8"))


def _flat(names: Any) -> Iterator[str]:
    for part in names.values() if isinstance(names, dict) else (names,):
        yield from part


def _variants(folder: Path, *patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for module in sorted((folder / "name_variants").glob(pattern)):
            yield from strings_assigned(module, ("",))


def _folded(names: Iterable[str]) -> frozenset[str]:
    """Single words of at least two letters (one in Chinese), folded."""
    found: set[str] = set()
    for name in names:
        for word in fold(name).replace("-", " ").replace("'", "").split():
            if word.isalpha() and (len(word) > 1 or word > "\u2e80"):
                found.add(word)
    return frozenset(found)
