"""The word models: which fields each finds, and in which sections it looks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from resume_processor.parsing.models.labels import OUTSIDE, field_of
from resume_processor.parsing.section_kind import SectionKind as Kind

#: A line is looked at where its probability to be of the group's sections is at least this.
GATE = 0.08


@dataclass(frozen=True, slots=True)
class Group:
    """One word model."""

    name: str
    sections: frozenset[Kind]
    fields: frozenset[str]
    outside: float = 1.0  #: weight of "no value" when values are decoded

    def tag(self, tag: str) -> str:
        """The tag as this model knows it: fields of other models are nothing to it."""
        return tag if field_of(tag) in self.fields else OUTSIDE


GROUPS: tuple[Group, ...] = (
    Group(
        "person",
        frozenset({Kind.HEADER, Kind.PERSONAL, Kind.SUMMARY}),
        frozenset(
            {
                "name",
                "label",
                "email",
                "phone",
                "url",
                "address",
                "city",
                "personal.birthDate",
                "personal.nationality",
                "personal.gender",
                "personal.maritalStatus",
            }
        ),
    ),
    Group(
        "work",
        frozenset({Kind.WORK}),
        frozenset({"work.name", "work.position", "work.location", "work.date"}),
    ),
    Group(
        "education",
        frozenset({Kind.EDUCATION}),
        frozenset(
            {
                "education.institution",
                "education.studyType",
                "education.area",
                "education.date",
                "education.score",
            }
        ),
    ),
    Group("skills", frozenset({Kind.SKILLS}), frozenset({"skills"})),
    Group(
        "lists",
        frozenset(
            {
                Kind.LANGUAGES,
                Kind.CERTIFICATES,
                Kind.PROJECTS,
                Kind.PUBLICATIONS,
                Kind.AWARDS,
                Kind.VOLUNTEER,
                Kind.INTERESTS,
                Kind.REFERENCES,
            }
        ),
        frozenset(
            {
                "languages.language",
                "languages.fluency",
                "certificates.name",
                "certificates.issuer",
                "certificates.date",
                "projects.name",
                "publications.name",
                "awards.title",
                "volunteer.organization",
                "volunteer.position",
                "interests",
                "references.name",
            }
        ),
    ),
)


def runs(group: Group, sections: Sequence[Mapping[Kind, float]]) -> Iterator[tuple[int, int]]:
    """Runs of lines (first, stop) that may belong to the group, by the lines' probabilities."""
    first: int | None = None
    for index, odds in enumerate(sections):
        inside = sum(odds.get(kind, 0.0) for kind in group.sections) >= GATE
        if inside and first is None:
            first = index
        elif not inside and first is not None:
            yield first, index
            first = None
    if first is not None:
        yield first, len(sections)
