"""What the rules see in a document, as features: the models learn how far to believe them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.fields.degrees import find_degree
from resume_processor.parsing.fields.scores import find_score
from resume_processor.parsing.models.line_labels import LineOdds
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import BasicsDraft, Draft, Found, LabelledLine, PersonalDraft

#: Degrees and grades are looked for where a line belongs to education with this probability.
EDUCATION_GATE = 0.05

Marks = dict[int, list[str]]


def labelled_lines(seen: DocumentView, odds: Sequence[LineOdds]) -> list[LabelledLine]:
    """The document's lines with their most probable sections, as the rules take them."""
    return [
        LabelledLine(line.line, index, says.best, says.heading >= 0.5, says.sections[says.best])
        for index, (line, says) in enumerate(zip(seen.lines, odds, strict=True))
    ]


def rule_marks(seen: DocumentView, odds: Sequence[LineOdds], draft: Draft) -> Marks:
    """For tokens that the rules see something in: what they see."""
    marks: Marks = {}
    for name, found in _values(draft):
        _mark_words(seen, found, name, marks)
    for line, says in zip(seen.lines, odds, strict=True):
        if says.sections.get(SectionKind.EDUCATION, 0.0) >= EDUCATION_GATE:
            for name, start, end in _education(line.text):
                _mark(seen, line, (start, end), name, marks)
    return marks


def rules_of(seen: DocumentView, odds: Sequence[LineOdds]) -> Draft:
    """What the rules make of the document in the sections of the line model."""
    return draft_by_rules(labelled_lines(seen, odds))


def _values(draft: Draft) -> Iterator[tuple[str, Found]]:
    for name, found in (
        *_contact_values(draft.basics),
        *_personal_values(draft.personal),
        *_entry_values(draft),
        *_list_values(draft),
    ):
        if found is not None:
            yield name, found


def _contact_values(contact: BasicsDraft) -> Iterator[tuple[str, Found | None]]:
    home = contact.location
    yield from (
        ("name", contact.name),
        ("label", contact.label),
        ("address", home.address),
        ("city", home.city),
        ("region", home.region),
        ("country", home.country_code),
    )
    yield from (("email", found) for found in contact.emails)
    yield from (("phone", found) for found in contact.phones)
    yield from (("url", found) for found in contact.urls)


def _personal_values(personal: PersonalDraft) -> Iterator[tuple[str, Found | None]]:
    yield from (
        ("birthDate", personal.birth_date),
        ("nationality", personal.nationality),
        ("gender", personal.gender),
        ("maritalStatus", personal.marital_status),
    )


def _entry_values(draft: Draft) -> Iterator[tuple[str, Found | None]]:
    for job in draft.work:
        yield from (
            ("employer", job.name),
            ("position", job.position),
            ("location", job.location),
            ("start", job.dates.start),
            ("end", job.dates.end),
        )
        yield "job", _first(job.name, job.position, job.dates.start or job.dates.end)
    for degree in draft.education:
        yield from (
            ("institution", degree.institution),
            ("studyType", degree.study_type),
            ("area", degree.area),
            ("start", degree.dates.start),
            ("end", degree.dates.end),
            ("score", degree.score),
        )
        yield "degree", _first(degree.institution, degree.study_type, degree.dates.end)


def _list_values(draft: Draft) -> Iterator[tuple[str, Found | None]]:
    for group in draft.skills:
        yield "skill-group" if group.keywords else "skill", group.name
        yield from (("skill", found) for found in group.keywords)
    for language in draft.languages:
        yield from (("language", language.language), ("fluency", language.fluency))
    for certificate in draft.certificates:
        yield from (("certificate", certificate.name), ("issuer", certificate.issuer))
    yield from (("project", project.name) for project in draft.projects)
    yield from (("publication", publication.name) for publication in draft.publications)
    yield from (("award", award.title) for award in draft.awards)
    for work in draft.volunteer:
        yield from (("organization", work.organization), ("role", work.position))
    yield from (("interest", interest.name) for interest in draft.interests)
    yield from (("reference", reference.name) for reference in draft.references)


def _first(*values: Found | None) -> Found | None:
    """The value that stands first in the document."""
    found = [value for value in values if value is not None]
    return min(found, key=_place, default=None)


def _place(found: Found) -> tuple[int, float]:
    return found.words[0].line, found.words[0].word.box.x0


def _education(text: str) -> Iterable[tuple[str, int, int]]:
    degree = find_degree(text)
    if degree is not None:
        yield "degree", degree.start, degree.end
        if degree.area:
            at = text.find(degree.area, degree.start)
            if at >= 0:
                yield "area", at, at + len(degree.area)
    score = find_score(text)
    if score is not None:
        yield "score", score.start, score.end


def _mark_words(seen: DocumentView, found: Found, name: str, marks: Marks) -> None:
    words = {(placed.line, id(placed.word)) for placed in found.words}
    first = True
    for number in sorted({placed.line for placed in found.words}):
        line = seen.lines[number]
        for at in range(line.first, line.stop):
            word = line.line.words[seen.tokens[at].word]
            if (number, id(word)) in words:
                marks.setdefault(at, []).append(f"r={'B' if first else 'I'}-{name}")
                first = False


def _mark(
    seen: DocumentView, line: LineView, span: tuple[int, int], name: str, marks: Marks
) -> None:
    first = True
    for at in range(line.first, line.stop):
        token = seen.tokens[at]
        if token.start < span[1] and token.end > span[0]:
            marks.setdefault(at, []).append(f"r={'B' if first else 'I'}-{name}")
            first = False
