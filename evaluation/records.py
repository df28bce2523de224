"""Gold records and JSON Resume documents, brought into one flat shape for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class OpenEnd(str):
    """The end of an entry that states a start and no end: read as "present", or as left unsaid."""

    __slots__ = ()


Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flat:
    """A record to compare: ``values`` by field ("personal.gender"), ``entries`` by section."""

    values: Mapping[str, list[Any]]
    entries: Mapping[str, list[Entry]] = field(default_factory=dict)


#: List sections of which one key is compared.
KEYED_LISTS = {
    "languages": "language",
    "certificates": "name",
    "projects": "name",
    "publications": "name",
    "awards": "title",
    "references": "name",
}
_PERSONAL = ("birthDate", "nationality", "gender", "maritalStatus")


def said(value: Any) -> bool:
    """Whether a record says something with this value."""
    return value is not None and value not in ("", [], {})


def as_list(value: Any) -> list[Any]:
    """A value as a list: nothing, itself, or the one value there is."""
    if not said(value):
        return []
    return value if isinstance(value, list) else [value]


def from_gold(record: Mapping[str, Any]) -> Flat:
    """A gold record; its skills and interests are plain lists and its ends may be "present"."""
    basics = record.get("basics") or {}
    values = _basics(basics) | _lists(record) | _personal(record)
    values |= {
        "email": as_list(basics.get("email")),
        "phone": as_list(basics.get("phone")),
        "url": as_list(basics.get("urls")),
        "skills": as_list(record.get("skills")),
        "interests": as_list(record.get("interests")),
    }
    return Flat(values, {kind: as_list(record.get(kind)) for kind in ("work", "education")})


def from_json_resume(record: Mapping[str, Any]) -> Flat:
    """A JSON Resume document with ``personal`` as an extra property."""
    basics = record.get("basics") or {}
    profiles = [p["url"] for p in as_list(basics.get("profiles")) if p.get("url")]
    values = _basics(basics) | _lists(record) | _personal(record)
    values |= {
        "email": as_list(basics.get("email")),
        "phone": as_list(basics.get("phone")),
        "url": as_list(basics.get("url")) + profiles,
        "skills": _grouped(record.get("skills")),
        "interests": _grouped(record.get("interests")),
    }
    entries = {
        kind: [_open_end(entry) for entry in as_list(record.get(kind))]
        for kind in ("work", "education")
    }
    return Flat(values, entries)


def _basics(basics: Mapping[str, Any]) -> dict[str, list[Any]]:
    place = basics.get("location") or {}
    if not isinstance(place, Mapping):
        place = {}
    return {
        "name": as_list(basics.get("name")),
        "label": as_list(basics.get("label")),
        "summary": as_list(basics.get("summary")),
        "city": as_list(place.get("city")),
        "country": as_list(place.get("countryCode")),
    }


def _lists(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    lists = {
        name: [entry.get(key) for entry in as_list(record.get(name))]
        for name, key in KEYED_LISTS.items()
    }
    lists["volunteer"] = [
        entry.get("organization") or entry.get("position")
        for entry in as_list(record.get("volunteer"))
    ]
    return lists


def _personal(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    facts = record.get("personal") or {}
    return {f"personal.{name}": as_list(facts.get(name)) for name in _PERSONAL}


def _grouped(groups: Any) -> list[Any]:
    """Skills or interests; a group's name is the item itself where it has no keywords."""
    items: list[Any] = []
    for group in as_list(groups):
        if isinstance(group, str):
            items.append(group)
        else:
            items += as_list(group.get("keywords")) or as_list(group.get("name"))
    return items


def _open_end(entry: Entry) -> Entry:
    if said(entry.get("startDate")) and not said(entry.get("endDate")):
        return {**entry, "endDate": OpenEnd("present")}
    return entry


def settled(gold: Entry, predicted: Entry) -> Entry:
    """An end left open says nothing wrong where the gold names no end either."""
    open_end = isinstance(predicted.get("endDate"), OpenEnd)
    if gold and open_end and not said(gold.get("endDate")):
        return {**predicted, "endDate": None}
    return predicted
