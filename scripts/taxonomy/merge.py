"""One taxonomy out of the sources: what earlier sources call by the same name is one concept."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from resume_processor.skills.taxonomy import ExactLabel, Labels, Relations, Taxonomy, surface_of
from resume_processor.skills.tokens import forms_of
from resume_processor.skills.trie import UINT32, build_trie
from scripts.taxonomy.entries import Entry, Label

Key = tuple[str, ...]
Claim = tuple[int, Label]


def merge(sources: Iterable[list[Entry]], version: str) -> Taxonomy:
    """Earlier sources win: a later concept whose name is a label there is that concept."""
    concepts: list[Entry] = []
    owners: dict[Key, int] = {}
    claims: list[Claim] = []
    for source in sources:
        claims += _add(source, concepts, owners)
    plain, exact = _labels(claims)
    keys = sorted(plain.keys() | exact.keys())
    vocabulary = {form: n for n, form in enumerate(sorted({form for key in keys for form in key}))}
    sequences = {tuple(vocabulary[form] for form in key): n for n, key in enumerate(keys)}
    return Taxonomy(
        version=version,
        ids=[one.id for one in concepts],
        names=[one.name for one in concepts],
        kinds="".join(one.kind for one in concepts),
        vocabulary=vocabulary,
        trie=build_trie(sequences),
        labels=Labels(
            array(UINT32, [plain.get(key, -1) + 1 for key in keys]),
            {n: exact[key] for n, key in enumerate(keys) if key in exact},
        ),
        relations=_relations(concepts, owners),
    )


def _add(source: list[Entry], concepts: list[Entry], owners: dict[Key, int]) -> list[Claim]:
    """Add a source; then its labels belong to it, where they did not belong to an earlier one."""
    numbers = []
    for entry in source:
        number = owners.setdefault(forms_of(entry.name), len(concepts))
        if number == len(concepts):
            concepts.append(entry)
        else:
            _take_over(concepts[number], entry)
        numbers.append(number)
    claims = [(n, one) for n, entry in zip(numbers, source, strict=True) for one in entry.labels]
    for number, label in claims:
        owners.setdefault(forms_of(label.text), number)
    return claims


def _take_over(known: Entry, entry: Entry) -> None:
    known.implies += [one for one in entry.implies if one not in known.implies]
    known.broader += [one for one in entry.broader if one not in known.broader]
    known.group = known.group or entry.group


def _labels(claims: list[Claim]) -> tuple[dict[Key, int], dict[Key, dict[str, ExactLabel]]]:
    """Who claims a label first keeps it: our own list, then ESCO, then O*NET.

    What an earlier claim allows only as it is written, a later one does not loosen.
    """
    plain: dict[Key, int] = {}
    exact: dict[Key, dict[str, ExactLabel]] = {}
    for number, label in claims:
        key = forms_of(label.text)
        if label.exact and key not in plain:
            surfaces = exact.setdefault(key, {})
            surfaces.setdefault(surface_of(label.text), ExactLabel(number, label.context))
        elif key and not label.exact and key not in exact:
            plain.setdefault(key, number)
    return plain, exact


def _relations(concepts: list[Entry], owners: dict[Key, int]) -> Relations:
    groups = sorted({one.group for one in concepts if one.group})
    return Relations(
        implies={n: _numbers(one.implies, owners) for n, one in enumerate(concepts) if one.implies},
        broader={n: _numbers(one.broader, owners) for n, one in enumerate(concepts) if one.broader},
        groups={n: groups.index(one.group) for n, one in enumerate(concepts) if one.group},
    )


def _numbers(names: list[str], owners: dict[Key, int]) -> tuple[int, ...]:
    return tuple(owners[forms_of(name)] for name in names)
