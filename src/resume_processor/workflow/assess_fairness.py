"""The fairness report of a job: scores and decisions joined with groups that are kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from resume_processor.errors import NotFound
from resume_processor.fairness.rates import Individual
from resume_processor.fairness.report import (
    FairnessReport,
    Sample,
    fairness_report,
    report_to_json,
)
from resume_processor.fairness.tables import ID, Declarations, Declared
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.audit_chain import digest
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.decision_port import Verdict
from resume_processor.workflow.parts import Parts

#: Rows read from the storage at once.
_PAGE = 200

_NOTHING = Declared(None, None)


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked for.

    ``only_applied`` leaves out resumes that were scored for the job without being sent for it.
    With a ``justification`` small categories are left out of the impact ratios.
    """

    job_id: str
    declarations: Declarations
    only_applied: bool = False
    justification: str | None = None


def assess_fairness(question: Question, tenant: str, parts: Parts) -> FairnessReport:
    """Over all who were scored or decided about for the job.

    The audit log gets the report's hash and the number of people. Raises NotFound, InvalidRequest.
    """
    job = parts.storage.get_job(question.job_id, tenant=tenant)
    found = _candidates(job.id, tenant, parts)
    if question.only_applied:
        found = (one for one in found if one.record.job_id == job.id)
    sample = sample_of(found, question.declarations, job.id)
    now = parts.clock.now()
    report = fairness_report(sample, now, question.justification)
    detail = {"individuals": len(sample.people), "report": digest(report_to_json(report))}
    happening = Happening(Action.JOB_FAIRNESS_REPORTED, job.id, None, detail)
    parts.storage.note(happening, tenant=tenant, now=now)
    return report


@dataclass(frozen=True, slots=True)
class Assessed:
    """A resume with what became of it; ``verdict`` is None where nobody decided."""

    record: ResumeRecord
    score: int | None
    verdict: Verdict | None


def _candidates(job_id: str, tenant: str, parts: Parts) -> Iterator[Assessed]:
    """By whatever order: those with a score, then those who were decided about without one."""
    verdicts = dict(_verdicts(job_id, tenant, parts))
    cursor: str | None = None
    while True:
        page = parts.storage.ranking(job_id, limit=_PAGE, cursor=cursor)
        for row in page.rows:
            yield Assessed(row.resume, row.score.total, verdicts.pop(row.resume.id, None))
        if (cursor := page.cursor) is None:
            break
    for resume_id, verdict in verdicts.items():
        try:
            yield Assessed(parts.storage.get_resume(resume_id, tenant=tenant), None, verdict)
        except NotFound:  # erased since
            continue


def _verdicts(job_id: str, tenant: str, parts: Parts) -> Iterator[tuple[str, Verdict]]:
    cursor: str | None = None
    while True:
        page = parts.storage.list_decisions(
            tenant=tenant, limit=_PAGE, cursor=cursor, job_id=job_id
        )
        yield from ((one.resume_id, one.verdict) for one in page.rows if one.counts)
        if (cursor := page.cursor) is None:
            return


def sample_of(
    assessed: Iterable[Assessed], declarations: Declarations, job_id: str | None
) -> Sample:
    """Each person once: several resumes under one external id are one person's."""
    by_person: dict[tuple[str, str], list[Assessed]] = {}
    count = 0
    for one in assessed:
        count += 1
        external_id = one.record.external_id
        person = ("resume", one.record.id) if external_id is None else ("person", external_id)
        by_person.setdefault(person, []).append(one)
    matched: set[str] = set()
    people = [_individual(its, declarations, matched) for its in by_person.values()]
    return Sample(
        people=people,
        declared=len(declarations.groups),
        matched=len(matched),
        repeated=count - len(people),
        of=job_id,
    )


def _individual(its: list[Assessed], declarations: Declarations, matched: set[str]) -> Individual:
    """The newest score counts, and any decision to advance."""
    its = sorted(its, key=lambda one: (one.record.created_at, one.record.id), reverse=True)
    if declarations.by == ID:
        names = [one.record.id for one in its]
    else:
        names = [one.record.external_id or "" for one in its]
    name = next((name for name in names if name in declarations.groups), None)
    if name is not None:
        matched.add(name)
    declared = _NOTHING if name is None else declarations.groups[name]
    scores = [one.score for one in its if one.score is not None]
    return Individual(
        sex=declared.sex,
        race=declared.race,
        score=Fraction(scores[0]) if scores else None,
        decided=any(one.verdict is not None for one in its),
        selected=any(one.verdict is Verdict.ADVANCE for one in its),
    )


def sample_of_files(
    declarations: Declarations, decisions: Mapping[str, bool], scores: Mapping[str, Fraction]
) -> Sample:
    """People out of files, by whatever names the files call them."""
    names = list(dict.fromkeys([*scores, *decisions]))
    groups = declarations.groups
    return Sample(
        people=[
            Individual(
                sex=groups.get(name, _NOTHING).sex,
                race=groups.get(name, _NOTHING).race,
                score=scores.get(name),
                decided=name in decisions,
                selected=decisions.get(name, False),
            )
            for name in names
        ],
        declared=len(groups),
        matched=sum(name in groups for name in names),
    )
