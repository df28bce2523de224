"""Values of scoring: a job's requirements, and the ledger of a score. All points are integers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: From low to high, as in Facts.highest_degree.
DEGREE_LEVELS = ("secondary", "vocational", "associate", "bachelor", "master", "doctorate")

#: From low to high. What a title says that names no rank stands between junior and senior.
SENIORITIES = ("intern", "junior", "mid", "senior", "lead", "manager", "director")


class CriterionKind(StrEnum):
    """What a job may ask for."""

    REQUIRED_SKILLS = "required_skills"
    PREFERRED_SKILLS = "preferred_skills"
    TITLE = "title"
    SENIORITY = "seniority"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    LANGUAGES = "languages"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class SkillRequirement:
    """A skill asked for, by its taxonomy name; ``source`` are the words it was read from."""

    name: str
    required: bool
    source: str = ""
    months: int | None = None  #: experience asked for with this skill
    alternatives: tuple[str, ...] = ()  #: skills that meet it as well: "Django or FastAPI"


@dataclass(frozen=True, slots=True)
class Requirement:
    """Any other single requirement: a language, a certificate, a field of study."""

    name: str
    required: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class JobRequirements:
    """What a job asks for. Absent stays absent: None or empty means that the job does not say."""

    title: str | None = None
    skills: tuple[SkillRequirement, ...] = ()
    months_of_experience: int | None = None
    experience_required: bool = True
    experience_source: str = ""
    degree_level: str | None = None  #: as Facts.highest_degree
    degree_required: bool = True
    degree_source: str = ""
    fields_of_study: tuple[Requirement, ...] = ()
    languages: tuple[Requirement, ...] = ()
    certificates: tuple[Requirement, ...] = ()
    seniority: str | None = None  #: one of SENIORITIES
    weights: tuple[tuple[CriterionKind, int], ...] = ()  #: empty: the default weights
    occupation: str | None = None  #: the title's trade, without rank: "backend engineer"
    seniority_source: str = ""
    degree_or_experience: bool = False  #: "or equivalent practical experience"


class Finding(StrEnum):
    """How a requirement stands: shown, shown by another skill, not shown, not said at all."""

    MET = "met"
    IMPLIED = "implied"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


#: Met, though perhaps not with all points.
SATISFIED = frozenset({Finding.MET, Finding.IMPLIED})


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One requirement inside a criterion and what was found for it.

    ``pointers`` are JSON Pointers into the resume; ``because`` says in words why.
    """

    requirement: str
    finding: Finding
    points: int
    max_points: int
    because: str
    pointers: tuple[str, ...] = ()
    source: str = ""  #: the words of the job
    must: bool = False  #: the job cannot do without it
    relation: str | None = None  #: by which the taxonomy takes another skill for this one
    by: str | None = None  #: that other skill


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """Points of one criterion; they are the sum of its lines' points, exactly."""

    kind: CriterionKind
    points: int
    max_points: int
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A missing requirement and the points that meeting it would bring."""

    requirement: str
    kind: CriterionKind
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """The ledger: ``total`` is the sum of the criteria's points, 0 to 1000, exactly."""

    total: int
    max_total: int
    criteria: tuple[CriterionScore, ...]
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]
    version: str  #: of scoring rules, profile and taxonomy

    @property
    def musts_met(self) -> bool:
        """Whether nothing is missing that the job cannot do without."""
        return all(
            line.finding in SATISFIED for one in self.criteria for line in one.lines if line.must
        )
