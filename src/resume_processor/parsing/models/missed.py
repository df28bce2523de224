"""What the models missed, wholly or in part, and the rules did not.

A dropped employer does more harm than one too many that a person can see in the document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from resume_processor.parsing.values import NO_DATES, Draft, EducationEntry, Found, WorkEntry


def with_missed(
    work: Sequence[WorkEntry], rules: Sequence[WorkEntry], taken: Collection[int]
) -> tuple[WorkEntry, ...]:
    """The models' jobs, completed, and the rules' jobs on lines that no entry is read from.

    ``taken`` are those lines. Of the rules' jobs only dated ones count.
    """
    jobs = [_completed(job, work, rules) for job in work]
    jobs += [job for job in rules if _is_whole(job) and not head_lines(job) & set(taken)]
    return tuple(sorted(jobs, key=lambda job: min(head_lines(job), default=0)))


def _is_whole(job: WorkEntry) -> bool:
    return job.dates != NO_DATES and (job.name is not None or job.position is not None)


def _completed(job: WorkEntry, work: Sequence[WorkEntry], rules: Sequence[WorkEntry]) -> WorkEntry:
    """The job with the parts that only the rules found in the same head."""
    own = head_lines(job)
    same = [other for other in rules if head_lines(other) & own]
    if len(same) != 1 or sum(bool(head_lines(one) & head_lines(same[0])) for one in work) != 1:
        return job
    return replace(
        job,
        name=job.name or same[0].name,
        position=job.position or same[0].position,
        dates=same[0].dates if job.dates == NO_DATES else job.dates,
    )


def with_missing(draft: Draft, plain: Draft) -> Draft:
    """The draft with the name, sections, jobs and parts that only the plain rules found."""
    filled = {
        name: getattr(plain, name)
        for name in _SECTIONS
        if not getattr(draft, name) and getattr(plain, name)
    }
    draft = replace(draft, **filled)
    return replace(
        draft,
        basics=replace(draft.basics, name=_name(draft.basics.name, plain.basics.name)),
        work=with_missed(draft.work, plain.work, covered(draft)),
        education=tuple(_whole_degree(degree, plain.education) for degree in draft.education),
    )


def _name(found: Found | None, plain: Found | None) -> Found | None:
    """The models' name; but a side bar that is read first may begin with a handle ("adalindqvist").

    Nobody's name stands in small letters where the same document has one with capitals.
    """
    if found is None or plain is None:
        return found or plain
    is_handle = found.text.islower() and not plain.text.islower()
    return plain if is_handle else found


#: Sections that are taken over where the models found nothing of them. Of projects, publications
#: and languages the rules' own cost more by cross-validation than they bring.
_SECTIONS = (
    "education",
    "skills",
    "certificates",
    "awards",
    "volunteer",
    "interests",
    "references",
)


def _whole_degree(degree: EducationEntry, rules: Sequence[EducationEntry]) -> EducationEntry:
    """The degree with the parts that only the rules found on its lines."""
    own = _degree_lines(degree)
    same = [other for other in rules if _degree_lines(other) & own]
    if len(same) != 1:
        return degree
    (other,) = same
    return replace(
        degree,
        institution=degree.institution or other.institution,
        study_type=degree.study_type or other.study_type,
        dates=other.dates if degree.dates == NO_DATES else degree.dates,
    )


def _degree_lines(degree: EducationEntry) -> set[int]:
    parts = (degree.study_type, degree.institution, degree.area)
    return {line for part in parts if part is not None for line in _lines_of(part)}


def covered(draft: Draft) -> set[int]:
    """All lines that an entry of any kind is read from."""
    lines = {line for job in draft.work for line in head_lines(job)}
    found: list[Found | None] = []
    for degree in draft.education:
        found += [degree.institution, degree.study_type, degree.dates.start, degree.dates.end]
    for service in draft.volunteer:
        found += [service.organization, service.position]
    found += [project.name for project in draft.projects]
    found += [certificate.name for certificate in draft.certificates]
    return lines | {line for one in found if one is not None for line in _lines_of(one)}


def head_lines(job: WorkEntry) -> set[int]:
    """The lines that a job's employer, title, place and period stand on."""
    parts = (job.name, job.position, job.location, job.dates.start, job.dates.end)
    return {line for part in parts if part is not None for line in _lines_of(part)}


def _lines_of(found: Found) -> list[int]:
    return [word.line for word in found.words]
