"""Profiles as JSON, to be kept beside a resume, so that a new job need not read it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from resume_processor.scoring.months import Stretch
from resume_processor.scoring.profile import Profile, Schooling, Spoken, WorkEntry, skills_in
from resume_processor.scoring.statements import Place, Unit


def profile_to_json(profile: Profile) -> dict[str, Any]:
    """Compact: lists instead of objects where there are many."""
    return {
        "version": profile.version,
        "as_of": profile.as_of,
        "label": profile.label,
        "units": [
            [one.pointer, one.place.value, one.entry, one.stems, list(one.skills), one.most]
            for one in profile.units
        ],
        "work": [
            [one.pointer, one.title, list(one.trade), _bounds(one.stretch)] for one in profile.work
        ],
        "schooling": [[one.pointer, one.stems, one.finished] for one in profile.schooling],
        "languages": [[one.pointer, one.language, one.fluency] for one in profile.languages],
        "highest_degree": profile.highest_degree,
        "document_language": profile.document_language,
        "warnings": list(profile.warnings),
    }


def _bounds(stretch: Stretch | None) -> list[int] | None:
    return None if stretch is None else [stretch.first, stretch.last]


#: Faster than asking the enumeration, and there are many units.
_PLACES = {place.value: place for place in Place}


def profile_from_json(data: Mapping[str, Any]) -> Profile:
    """Read what ``profile_to_json`` wrote.

    Compare ``version`` with ``profile_version()`` first: the numbers of skills are the taxonomy's.
    """
    units = tuple(
        Unit(pointer, _PLACES[place], entry, stems, tuple(skills), most)
        for pointer, place, entry, stems, skills, most in data["units"]
    )
    return Profile(
        version=data["version"],
        as_of=data["as_of"],
        label=data["label"],
        units=units,
        work=tuple(
            WorkEntry(pointer, title, tuple(trade), None if bounds is None else Stretch(*bounds))
            for pointer, title, trade, bounds in data["work"]
        ),
        schooling=tuple(Schooling(*one) for one in data["schooling"]),
        languages=tuple(Spoken(*one) for one in data["languages"]),
        highest_degree=data["highest_degree"],
        document_language=data["document_language"],
        warnings=tuple(data["warnings"]),
        skills=skills_in(units),
    )
