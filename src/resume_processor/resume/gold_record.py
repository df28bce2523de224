"""A record as a gold record: what is true about a document, in the shape that evaluation compares.

The shape is that of the benchmark: e-mail, phone, addresses and skills are plain lists, and a job
that the document says goes on ends as ``"present"``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

_BASICS = ("name", "label", "summary")
_PLACE = ("city", "countryCode")
_AS_THEY_ARE = (
    "volunteer",
    "languages",
    "certificates",
    "projects",
    "publications",
    "awards",
    "references",
)
_PRESENT = "present"


def gold_record(
    resume: Mapping[str, Any], personal: Mapping[str, Any], ongoing: Collection[str] = ()
) -> dict[str, Any]:
    """The gold record of a JSON Resume document; ``ongoing`` are pointers of jobs that go on."""
    record: dict[str, Any] = {"basics": _basics(resume.get("basics", {})), "personal": personal}
    for section in ("work", "education"):
        record[section] = [
            _entry(entry, ongoing=f"/{section}/{place}" in ongoing)
            for place, entry in enumerate(resume.get(section, []))
        ]
    for section in ("skills", "interests"):
        record[section] = list(_items(resume.get(section, [])))
    record |= {section: resume.get(section, []) for section in _AS_THEY_ARE}
    return record


def _basics(basics: Mapping[str, Any]) -> dict[str, Any]:
    place = basics.get("location", {})
    urls = [basics.get("url"), *(one.get("url") for one in basics.get("profiles", []))]
    known = {
        **{key: basics.get(key) for key in _BASICS},
        "email": [basics["email"]] if basics.get("email") else None,
        "phone": [basics["phone"]] if basics.get("phone") else None,
        "location": {key: place[key] for key in _PLACE if place.get(key)},
        "urls": [url for url in urls if url],
    }
    return {key: value for key, value in known.items() if value}


def _entry(entry: Mapping[str, Any], *, ongoing: bool) -> dict[str, Any]:
    return {**entry, "endDate": _PRESENT} if ongoing and "endDate" not in entry else dict(entry)


def _items(groups: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Skills or interests; a group's name is the item itself where it has no keywords."""
    for group in groups:
        if group.get("keywords"):
            yield from group["keywords"]
        elif group.get("name"):
            yield group["name"]
