"""``ParsedResume`` as plain JSON and back; this is what the database keeps and the API answers.

Our own keys are ``snake_case``; those in ``resume`` and ``personal`` follow JSON Resume. A box is
``[x0, y0, x1, y1]`` in points from the page's top left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from resume_processor.layout.boxes import Box
from resume_processor.resume.evidence import Evidence, Place
from resume_processor.resume.parsed_resume import Doubt, Facts, Gap, ParsedResume, Personal

_PERSONAL_KEYS = {
    "birth_date": "birthDate",
    "nationality": "nationality",
    "gender": "gender",
    "marital_status": "maritalStatus",
}


def to_json(parsed: ParsedResume) -> dict[str, Any]:
    """All six parts; inside them, keys that say nothing are left out."""
    return {
        "resume": _plain(parsed.resume),
        "personal": personal_to_json(parsed.personal),
        "evidence": {pointer: _evidence_to_json(e) for pointer, e in parsed.evidence.items()},
        "warnings": [_doubt_to_json(doubt) for doubt in parsed.warnings],
        "facts": _facts_to_json(parsed.facts),
        "parser_version": parsed.parser_version,
    }


def from_json(data: Mapping[str, Any]) -> ParsedResume:
    """The inverse of ``to_json``."""
    return ParsedResume(
        resume=data["resume"],
        personal=Personal(
            **{name: data["personal"].get(key) for name, key in _PERSONAL_KEYS.items()}
        ),
        evidence={p: _evidence_from_json(e) for p, e in data["evidence"].items()},
        warnings=tuple(_doubt_from_json(doubt) for doubt in data["warnings"]),
        facts=_facts_from_json(data["facts"]),
        parser_version=data["parser_version"],
    )


def json_resume_document(parsed: ParsedResume) -> dict[str, Any]:
    """The JSON Resume document with ``personal`` as one more root property, where there is any."""
    personal = personal_to_json(parsed.personal)
    document: dict[str, Any] = _plain(parsed.resume)
    return {**document, "personal": personal} if personal else document


def personal_to_json(personal: Personal) -> dict[str, str]:
    """The civil-status facts under their JSON names."""
    values = {key: getattr(personal, name) for name, key in _PERSONAL_KEYS.items()}
    return {key: value for key, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    """A copy made of dicts and lists, which ``json`` can write."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "places": [
            {"page": p.page, "box": [p.box.x0, p.box.y0, p.box.x1, p.box.y1]}
            for p in evidence.places
        ],
        "source": evidence.source,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _evidence_from_json(data: Mapping[str, Any]) -> Evidence:
    places = tuple(Place(place["page"], Box(*place["box"])) for place in data["places"])
    return Evidence(places, data["source"], data["rule"], data["confidence"])


def _doubt_to_json(doubt: Doubt) -> dict[str, Any]:
    return _without_none(
        {
            "code": doubt.code,
            "message": doubt.message,
            "pointer": doubt.pointer,
            "page": doubt.page,
            "blocking": doubt.blocking,
        }
    )


def _doubt_from_json(data: Mapping[str, Any]) -> Doubt:
    return Doubt(
        data["code"], data["message"], data.get("pointer"), data.get("page"), data["blocking"]
    )


def _facts_to_json(facts: Facts) -> dict[str, Any]:
    return _without_none(
        {
            "months_of_experience": facts.months_of_experience,
            "current_title": facts.current_title,
            "highest_degree": facts.highest_degree,
            "gaps": [{"start": g.start, "end": g.end, "months": g.months} for g in facts.gaps],
            "language": facts.language,
            "as_of": facts.as_of,
            "ongoing": None if facts.ongoing is None else list(facts.ongoing),
        }
    )


def _facts_from_json(data: Mapping[str, Any]) -> Facts:
    return Facts(
        months_of_experience=data.get("months_of_experience"),
        current_title=data.get("current_title"),
        highest_degree=data.get("highest_degree"),
        gaps=tuple(Gap(g["start"], g["end"], g["months"]) for g in data["gaps"]),
        language=data.get("language"),
        as_of=data.get("as_of"),
        ongoing=tuple(data["ongoing"]) if "ongoing" in data else None,
    )
