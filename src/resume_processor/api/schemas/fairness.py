"""Bodies about the fairness of a job's scores and decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_JOB
from resume_processor.fairness.report import RULE

_MEN: dict[str, Any] = {
    "category": "Male",
    "applicants": 6,
    "chosen": 4,
    "rate": 0.6667,
    "impact_ratio": 1.0,
    "below_four_fifths": False,
    "left_out": False,
}
_WOMEN = {
    **_MEN,
    "category": "Female",
    "applicants": 5,
    "chosen": 2,
    "rate": 0.4,
    "impact_ratio": 0.6,
    "below_four_fifths": True,
}
_BY_SEX = {"categories": [_MEN, _WOMEN], "unknown": 2}
_OTHERS = {"categories": [], "unknown": 13}
_TABLES = {
    "applicants": 13,
    "chosen": 7,
    "sex": _BY_SEX,
    "race_ethnicity": _OTHERS,
    "intersectional": _OTHERS,
}

FAIRNESS_EXAMPLE: dict[str, Any] = {
    "rule": RULE,
    "job_id": EXAMPLE_JOB,
    "made_at": "2026-03-01T10:00:00Z",
    "individuals": 13,
    "repeated": 0,
    "declared": 12,
    "matched": 12,
    "selection": {**_TABLES, "undecided": 0},
    "scoring": {**_TABLES, "median": 600.0, "unscored": 0},
    "justification": None,
    "notes": [],
}


class CategoryBody(Body):
    """A category with its rate; the counts are exact, the fractions rounded to four digits."""

    category: str = Field(description="Crossed ones: race or ethnicity, then sex.")
    applicants: int
    chosen: int = Field(description="Moved forward, or scored above the median.")
    rate: float = Field(description="`chosen` ÷ `applicants`.")
    impact_ratio: float | None = Field(
        description="The rate ÷ the highest rate of the table; null: left out, or no rate above 0."
    )
    below_four_fifths: bool
    left_out: bool = Field(description="Below 2 % of the table, and left out of the ratios.")


class CategoryTable(Body):
    """The categories of one kind."""

    categories: tuple[CategoryBody, ...]
    unknown: int = Field(description="Individuals in no category, because it is not known.")


class RateTables(Body):
    """Separately by sex, by race and ethnicity, and by both."""

    applicants: int
    chosen: int
    sex: CategoryTable
    race_ethnicity: CategoryTable
    intersectional: CategoryTable


class SelectionTables(RateTables):
    """Who moved forward."""

    undecided: int = Field(description="Nobody decided yet: they count as not selected.")


class ScoringTables(RateTables):
    """Who scored above the median of all."""

    median: float | None
    unscored: int = Field(description="Were decided about without a score; not in these tables.")


class FairnessBody(Body):
    """Rates and impact ratios of a job."""

    model_config = ConfigDict(json_schema_extra={"examples": [FAIRNESS_EXAMPLE]})

    rule: str
    job_id: str | None
    made_at: datetime
    individuals: int
    repeated: int = Field(description="Further resumes of people who are counted once.")
    declared: int = Field(description="Lines of the file.")
    matched: int = Field(description="Lines about individuals of this job.")
    selection: SelectionTables
    scoring: ScoringTables
    justification: str | None = Field(description="Why small categories are left out.")
    notes: tuple[str, ...]
