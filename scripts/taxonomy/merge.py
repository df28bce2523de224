"""One taxonomy out of the sources: what earlier sources call by the same name is one concept."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from resume_processor.skills.taxonomy import ExactLabel, Labels, Relations, Taxonomy, surface_of
from resume_processor.skills.tokens import forms_of
from resume_processor.skills.trie import UINT32, build_trie
from scripts.taxonomy.entries import Entry

Key = tuple[str, ...]


def merge(sources: Iterable[list[Entry]], version: str) -> Taxonomy:
    """Earlier sources win: a later concept whose name is a label there is that concept."""
    concepts: list[Entry] = []
    owners: dict[Key, int] = {}
    for source in sources:
        _add(source, concepts, owners)
    plain, exact = _labels(concepts)
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


def _add(source: list[Entry], concepts: list[Entry], owners: dict[Key, int]) -> None:
    """Add a source; then its labels belong to it, where they did not belong to an earlier one."""
    numbers = []
    for entry in source:
        number = owners.get(forms_of(entry.name))
        if number is None:
            number = len(concepts)
            concepts.append(entry)
            owners[forms_of(entry.name)] = number
        else:
            _take_over(concepts[number], entry)
        numbers.append(number)
    for number, entry in zip(numbers, source, strict=True):
        for label in entry.labels:
            owners.setdefault(forms_of(label.text), number)


def _take_over(known: Entry, entry: Entry) -> None:
    known.labels += entry.labels
    known.implies += [one for one in entry.implies if one not in known.implies]
    known.broader += [one for one in entry.broader if one not in known.broader]
    known.group = known.group or entry.group


def _labels(concepts: list[Entry]) -> tuple[dict[Key, int], dict[Key, dict[str, ExactLabel]]]:
    """The first concept that has a label keeps it; a name is a stronger claim than an alias."""
    plain: dict[Key, int] = {}
    exact: dict[Key, dict[str, ExactLabel]] = {}
    marked = {forms_of(label.text) for one in concepts for label in one.labels if label.exact}
    for number, entry in enumerate(concepts):
        for label in entry.labels:
            key = forms_of(label.text)
            if label.exact:
                surfaces = exact.setdefault(key, {})
                surfaces.setdefault(surface_of(label.text), ExactLabel(number, label.context))
            elif key and not (len(key) == 1 and key in marked and _is_guest(entry)):
                plain.setdefault(key, number)
    return plain, exact


def _is_guest(entry: Entry) -> bool:
    """A foreign source must not loosen what our own list allows only as it is written."""
    return not entry.id.startswith("own:")


def _relations(concepts: list[Entry], owners: dict[Key, int]) -> Relations:
    groups = sorted({one.group for one in concepts if one.group})
    return Relations(
        implies={n: _numbers(one.implies, owners) for n, one in enumerate(concepts) if one.implies},
        broader={n: _numbers(one.broader, owners) for n, one in enumerate(concepts) if one.broader},
        groups={n: groups.index(one.group) for n, one in enumerate(concepts) if one.group},
    )


def _numbers(names: list[str], owners: dict[Key, int]) -> tuple[int, ...]:
    return tuple(owners[forms_of(name)] for name in names)
