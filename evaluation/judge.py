"""Each value that was read, judged by itself: right or wrong, and where its evidence is.

What counts as right is decided as in ``metrics``; here every predicted value keeps its JSON
Pointer, so that its confidence and its place in the document can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.compare import Same
from evaluation.metrics import ENTRY_FIELDS, LIST_FIELDS, SINGLE_FIELDS, pair_entries
from evaluation.records import (
    KEYED_LISTS,
    Entry,
    Flat,
    as_list,
    from_gold,
    from_json_resume,
    said,
    settled,
)

#: The pointer of each field that has one value.
_SINGLE_POINTERS = {
    "name": "/basics/name",
    "label": "/basics/label",
    "summary": "/basics/summary",
    "email": "/basics/email",
    "phone": "/basics/phone",
    "city": "/basics/location/city",
    "country": "/basics/location/countryCode",
}
#: The entry's own pointer travels with it under this key.
_AT = "pointer"


@dataclass(frozen=True, slots=True)
class Judged:
    """One value of a record. ``field`` is named as in the table of figures."""

    field: str
    pointer: str
    value: Any
    right: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """A value of the gold record that was not found."""

    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """All values of one document."""

    judged: tuple[Judged, ...]
    missed: tuple[Missed, ...]


def judge(gold: Mapping[str, Any], record: Mapping[str, Any]) -> Verdict:
    """Judge a JSON Resume document (with ``personal``) against its gold record."""
    truth = from_gold(gold)
    found: list[Judged] = []
    missed: list[Missed] = []
    for verdict in (*_singles(truth, record), *_lists(truth, record), *_entries(truth, record)):
        found += verdict.judged
        missed += verdict.missed
    return Verdict(tuple(found), tuple(missed))


# ---- fields with one value -----------------------------------------------------------------------


def _singles(truth: Flat, record: Mapping[str, Any]) -> Iterator[Verdict]:
    values = from_json_resume(record).values
    for name, same in SINGLE_FIELDS.items():
        pointer = _SINGLE_POINTERS.get(name, "/" + name.replace(".", "/"))
        yield _single(name, truth.values[name], values[name][:1], pointer, same)


def _single(
    name: str, gold: Sequence[Any], found: Sequence[Any], pointer: str, same: Same
) -> Verdict:
    """The gold values of such a field are alternatives."""
    wanted = [value for value in gold if said(value)]
    given = [value for value in found if said(value)]
    judged = tuple(
        Judged(name, pointer, value, any(same(one, value) for one in wanted)) for value in given
    )
    right = any(one.right for one in judged)
    return Verdict(judged, () if right or not wanted else (Missed(name, wanted[0]),))


# ---- lists ---------------------------------------------------------------------------------------


def _lists(truth: Flat, record: Mapping[str, Any]) -> Iterator[Verdict]:
    for name, same in LIST_FIELDS.items():
        left = [value for value in truth.values[name] if said(value)]
        judged = []
        for pointer, value in _placed(name, record):
            match = next((i for i, one in enumerate(left) if same(one, value)), None)
            judged.append(Judged(name, pointer, value, match is not None))
            if match is not None:
                del left[match]
        yield Verdict(tuple(judged), tuple(Missed(name, value) for value in left))


def _placed(name: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Pointers and values of a list field."""
    if name in ("skills", "interests"):
        yield from _grouped(name, as_list(record.get(name)))
    elif name == "url":
        yield from _urls(record.get("basics") or {})
    elif name == "volunteer":
        for at, entry in enumerate(as_list(record.get(name))):
            key = "organization" if said(entry.get("organization")) else "position"
            yield f"/{name}/{at}/{key}", entry.get(key)
    else:
        key = KEYED_LISTS[name]
        for at, entry in enumerate(as_list(record.get(name))):
            if said(entry.get(key)):
                yield f"/{name}/{at}/{key}", entry[key]


def _grouped(name: str, groups: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for at, group in enumerate(groups):
        keywords = as_list(group.get("keywords"))
        for number, word in enumerate(keywords):
            yield f"/{name}/{at}/keywords/{number}", word
        if not keywords and said(group.get("name")):
            yield f"/{name}/{at}/name", group["name"]


def _urls(basics: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if said(basics.get("url")):
        yield "/basics/url", basics["url"]
    for at, profile in enumerate(as_list(basics.get("profiles"))):
        if said(profile.get("url")):
            yield f"/basics/profiles/{at}/url", profile["url"]


# ---- entries -------------------------------------------------------------------------------------


def _entries(truth: Flat, record: Mapping[str, Any]) -> Iterator[Verdict]:
    flat = from_json_resume(record)
    for kind, fields in ENTRY_FIELDS.items():
        found: list[Entry] = [
            {**entry, _AT: f"/{kind}/{at}"} for at, entry in enumerate(flat.entries[kind])
        ]
        for gold, entry in pair_entries(truth.entries[kind], found, fields):
            yield _entry(kind, gold, settled(gold, entry), fields)


def _entry(kind: str, gold: Entry, entry: Entry, fields: Mapping[str, Same]) -> Verdict:
    judged: list[Judged] = []
    missed: list[Missed] = []
    for name, same in fields.items():
        pointer = f"{entry.get(_AT, '')}/{name}"
        one = _single(
            f"{kind}.{name}", as_list(gold.get(name)), as_list(entry.get(name)), pointer, same
        )
        judged += one.judged
        missed += one.missed
    return Verdict(tuple(judged), tuple(missed))
