"""Scores and requirements as JSON, and back. The same value gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from resume_processor.scoring.score import (
    Change,
    CriterionKind,
    CriterionScore,
    Finding,
    JobRequirements,
    LedgerLine,
    Requirement,
    Score,
    SkillRequirement,
)


def score_to_json(score: Score) -> dict[str, Any]:
    """The ledger as plain JSON values. By hand: ``asdict`` costs as much as the scoring.

    ``_value_`` is what ``value`` of an enumeration looks up, at a tenth of the price.
    """
    return {
        "total": score.total,
        "max_total": score.max_total,
        "criteria": [
            {
                "kind": one.kind._value_,
                "points": one.points,
                "max_points": one.max_points,
                "lines": [_line_to_json(line) for line in one.lines],
            }
            for one in score.criteria
        ],
        "changes": [
            {"requirement": one.requirement, "kind": one.kind._value_, "points": one.points}
            for one in score.changes
        ],
        "warnings": list(score.warnings),
        "version": score.version,
    }


def _line_to_json(line: LedgerLine) -> dict[str, Any]:
    return {
        "requirement": line.requirement,
        "finding": line.finding._value_,
        "points": line.points,
        "max_points": line.max_points,
        "because": line.because,
        "pointers": list(line.pointers),
        "source": line.source,
        "must": line.must,
        "relation": line.relation,
        "by": line.by,
    }


def score_from_json(data: Mapping[str, Any]) -> Score:
    """Read what ``score_to_json`` wrote. Raises KeyError where something is missing."""
    return Score(
        total=data["total"],
        max_total=data["max_total"],
        criteria=tuple(_criterion(one) for one in data["criteria"]),
        changes=tuple(
            Change(**{**one, "kind": CriterionKind(one["kind"])}) for one in data["changes"]
        ),
        warnings=tuple(data["warnings"]),
        version=data["version"],
    )


def _criterion(data: Mapping[str, Any]) -> CriterionScore:
    return CriterionScore(
        kind=CriterionKind(data["kind"]),
        points=data["points"],
        max_points=data["max_points"],
        lines=tuple(_line(one) for one in data["lines"]),
    )


def _line(data: Mapping[str, Any]) -> LedgerLine:
    return LedgerLine(
        **{**data, "finding": Finding(data["finding"]), "pointers": tuple(data["pointers"])}
    )


def requirements_to_json(job: JobRequirements) -> dict[str, Any]:
    """What a job asks for as plain JSON values; ``weights`` by the criterion's name."""
    return {**_plain(asdict(job)), "weights": {kind.value: weight for kind, weight in job.weights}}


def requirements_from_json(data: Mapping[str, Any]) -> JobRequirements:
    """Read what ``requirements_to_json`` wrote; what is left out is not asked for."""
    lists: dict[str, Any] = {
        name: tuple(Requirement(**one) for one in data.get(name, ()))
        for name in ("fields_of_study", "languages", "certificates")
    }
    skills = tuple(_skill(one) for one in data.get("skills", ()))
    weights = tuple((CriterionKind(kind), int(w)) for kind, w in data.get("weights", {}).items())
    return JobRequirements(**{**data, **lists, "skills": skills, "weights": weights})


def _skill(data: Mapping[str, Any]) -> SkillRequirement:
    return SkillRequirement(**{**data, "alternatives": tuple(data.get("alternatives", ()))})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, CriterionKind | Finding) else value
