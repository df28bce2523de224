"""Values between the steps of the parser.

``segment`` gives ``LabelledLine``s, the section readers (or the models) give a ``Draft``, and
``assemble`` turns the draft into JSON Resume with evidence. Every leaf of a draft is a ``Found``:
a value together with the words that it was read from. ``assemble`` does not care who found it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from resume_processor.layout.lines import Line, Word
from resume_processor.parsing.section_kind import SectionKind


class PlacedWord(NamedTuple):
    """A word and where it stands. ``page`` counts from 1."""

    word: Word
    page: int
    line: int  #: index of its line in ``Document.lines``


@dataclass(frozen=True)
class LabelledLine:
    """A line with the section that it belongs to. ``index`` counts in ``Document.lines``.

    All rules ask for its text and its words: they are made once, so it has no slots.
    """

    line: Line
    index: int
    kind: SectionKind
    is_heading: bool = False
    confidence: float = 1.0

    @cached_property
    def text(self) -> str:
        """The line's words joined."""
        return self.line.text

    @cached_property
    def words(self) -> tuple[PlacedWord, ...]:
        """The line's words, placed."""
        return tuple(PlacedWord(word, self.line.page, self.index) for word in self.line.words)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each word stands in the text."""
        spans: list[tuple[int, int]] = []
        end = 0
        for number, word in enumerate(self.line.words):
            start = end + 1 if number and word.space_before else end
            end = start + len(word.text)
            spans.append((start, end))
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was read; ``text`` is never empty.

    ``text`` is what goes into the record: the words as they stand, or their normal form (a date
    ``YYYY[-MM[-DD]]``, a URL with its scheme, an ISO country code). ``words`` are never empty and
    stand in the order of the document. ``rule`` names the rule or the model ("model:" in front),
    ``confidence`` is the probability (0..1) that the value is right.
    """

    text: str
    words: tuple[PlacedWord, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Dates:
    """A period. ``start`` and ``end`` are in normal form; ``ongoing``: the document says so."""

    start: Found | None = None
    end: Found | None = None
    ongoing: bool = False


NO_DATES = Dates()


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """One position at one employer."""

    name: Found | None = None  #: the employer
    position: Found | None = None
    location: Found | None = None
    dates: Dates = NO_DATES
    url: Found | None = None
    summary: Found | None = None
    highlights: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class EducationEntry:
    """One degree, diploma or school certificate."""

    institution: Found | None = None
    study_type: Found | None = None
    area: Found | None = None
    dates: Dates = NO_DATES
    score: Found | None = None
    courses: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """Keywords under the name of their group; without keywords ``name`` is the skill itself."""

    name: Found | None = None
    level: Found | None = None
    keywords: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A human language."""

    language: Found
    fluency: Found | None = None


@dataclass(frozen=True, slots=True)
class CertificateEntry:
    """A certificate or a course."""

    name: Found
    issuer: Found | None = None
    date: Found | None = None
    url: Found | None = None


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project."""

    name: Found
    dates: Dates = NO_DATES
    description: Found | None = None
    highlights: tuple[Found, ...] = ()
    keywords: tuple[Found, ...] = ()
    roles: tuple[Found, ...] = ()
    entity: Found | None = None  #: the company or client
    url: Found | None = None


@dataclass(frozen=True, slots=True)
class PublicationEntry:
    """A publication."""

    name: Found
    publisher: Found | None = None
    release_date: Found | None = None
    url: Found | None = None
    summary: Found | None = None


@dataclass(frozen=True, slots=True)
class AwardEntry:
    """An award or achievement."""

    title: Found
    date: Found | None = None
    awarder: Found | None = None
    summary: Found | None = None


@dataclass(frozen=True, slots=True)
class VolunteerEntry:
    """Unpaid work."""

    organization: Found | None = None
    position: Found | None = None
    dates: Dates = NO_DATES
    url: Found | None = None
    summary: Found | None = None
    highlights: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class InterestEntry:
    """A hobby or an interest."""

    name: Found
    keywords: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A referee, and what they said."""

    name: Found
    reference: Found | None = None


@dataclass(frozen=True, slots=True)
class LocationDraft:
    """Where the candidate lives."""

    address: Found | None = None
    postal_code: Found | None = None
    city: Found | None = None
    region: Found | None = None
    country_code: Found | None = None  #: ISO 3166-1 alpha-2, only where the country is named


@dataclass(frozen=True, slots=True)
class BasicsDraft:
    """Who the candidate is and how to reach them. The first e-mail and phone are the main ones."""

    name: Found | None = None
    label: Found | None = None
    emails: tuple[Found, ...] = ()
    phones: tuple[Found, ...] = ()
    urls: tuple[Found, ...] = ()  #: sites and profiles
    location: LocationDraft = field(default_factory=LocationDraft)
    summary: Found | None = None


@dataclass(frozen=True, slots=True)
class PersonalDraft:
    """Civil-status facts; ``birth_date`` in normal form."""

    birth_date: Found | None = None
    nationality: Found | None = None
    gender: Found | None = None
    marital_status: Found | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was found in a document, in its order."""

    basics: BasicsDraft = field(default_factory=BasicsDraft)
    personal: PersonalDraft = field(default_factory=PersonalDraft)
    work: tuple[WorkEntry, ...] = ()
    education: tuple[EducationEntry, ...] = ()
    skills: tuple[SkillGroup, ...] = ()
    languages: tuple[LanguageEntry, ...] = ()
    certificates: tuple[CertificateEntry, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()
    publications: tuple[PublicationEntry, ...] = ()
    awards: tuple[AwardEntry, ...] = ()
    volunteer: tuple[VolunteerEntry, ...] = ()
    interests: tuple[InterestEntry, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
