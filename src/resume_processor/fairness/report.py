"""The fairness report: selection and scoring of one sample, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from resume_processor.errors import InvalidRequest
from resume_processor.fairness.categories import RACES, SEXES
from resume_processor.fairness.rates import (
    Category,
    Individual,
    Table,
    Tables,
    scoring,
    selection,
)

#: Digits behind the point; the counts stand beside, so that anybody can have more.
DIGITS = 4

#: Whose definitions these are.
RULE = "6 RCNY § 5-300 ff. (New York City, Local Law 144 of 2021)"


@dataclass(frozen=True, slots=True)
class Sample:
    """The people of a report, and how the file of declared groups fitted them."""

    people: Sequence[Individual]
    declared: int  #: lines of the file
    matched: int  #: lines about people of the sample
    repeated: int = 0  #: further resumes of a person who is counted once
    of: str | None = None  #: the job's id


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """``justification`` is why small categories are left out; None: they are not."""

    sample: Sample
    made_at: datetime
    selection: Tables
    scoring: Tables
    median: Fraction | None
    justification: str | None = None


def fairness_report(
    sample: Sample, made_at: datetime, justification: str | None = None
) -> FairnessReport:
    """With a ``justification`` categories below 2 % are left out of the impact ratios.

    Raises InvalidRequest where it is blank: the rules ask for it.
    """
    if justification is not None and not justification.strip():
        raise InvalidRequest("Leaving out small categories needs a justification.")
    small = justification is not None
    scored, median = scoring(sample.people, leave_out_small=small)
    return FairnessReport(
        sample=sample,
        made_at=made_at,
        selection=selection(sample.people, leave_out_small=small),
        scoring=scored,
        median=median,
        justification=justification and justification.strip(),
    )


def report_to_json(report: FairnessReport) -> dict[str, Any]:
    """Plain JSON values."""
    sample = report.sample
    return {
        "rule": RULE,
        "job_id": sample.of,
        "made_at": report.made_at.isoformat(),
        "individuals": len(sample.people),
        "repeated": sample.repeated,
        "declared": sample.declared,
        "matched": sample.matched,
        "selection": {
            **_tables(report.selection),
            "undecided": sum(not one.decided for one in sample.people),
        },
        "scoring": {
            **_tables(report.scoring),
            "median": None if report.median is None else float(report.median),
            "unscored": sum(one.score is None for one in sample.people),
        },
        "justification": report.justification,
        "notes": notes_of(report),
    }


def notes_of(report: FairnessReport) -> list[str]:
    """What a reader has to know about these figures."""
    people, sample = report.sample.people, report.sample
    undecided = sum(not one.decided for one in people)
    notes = []
    if undecided:
        notes.append(
            f"{undecided} of {len(people)} were not decided about: they count as not selected."
        )
    if sample.declared > sample.matched:
        notes.append(
            f"{sample.declared - sample.matched} lines of the file are about nobody in the sample."
        )
    if sample.repeated:
        notes.append(
            f"{sample.repeated} further resumes are of people who are counted once: the newest "
            "one's score counts, and any decision to advance."
        )
    if foreign := _foreign(people):
        notes.append(f"Categories that the rules do not name: {'; '.join(foreign)}.")
    return notes


def _foreign(people: Sequence[Individual]) -> list[str]:
    sexes = {one.sex for one in people if one.sex is not None} - set(SEXES)
    races = {one.race for one in people if one.race is not None} - set(RACES)
    return sorted(sexes | races)


def _tables(tables: Tables) -> dict[str, Any]:
    return {
        "applicants": tables.applicants,
        "chosen": tables.chosen,
        "sex": _table(tables.sex),
        "race_ethnicity": _table(tables.race),
        "intersectional": _table(tables.both),
    }


def _table(table: Table) -> dict[str, Any]:
    return {"categories": [_category(one) for one in table.categories], "unknown": table.unknown}


def _category(one: Category) -> dict[str, Any]:
    return {
        "category": one.name,
        "applicants": one.applicants,
        "chosen": one.chosen,
        "rate": rounded(one.rate),
        "impact_ratio": None if one.ratio is None else rounded(one.ratio),
        "below_four_fifths": one.below_four_fifths,
        "left_out": one.left_out,
    }


def rounded(number: Fraction) -> float:
    """Half to even, from the exact fraction."""
    return float(round(number, DIGITS))
