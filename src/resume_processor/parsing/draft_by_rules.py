"""All sections read by rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from resume_processor.parsing.contact import read_contact
from resume_processor.parsing.personal import read_personal
from resume_processor.parsing.runs import lines_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.sections.awards import read_awards
from resume_processor.parsing.sections.certificates import read_certificates
from resume_processor.parsing.sections.education import read_education
from resume_processor.parsing.sections.interests import read_interests
from resume_processor.parsing.sections.languages import read_languages
from resume_processor.parsing.sections.projects import read_projects
from resume_processor.parsing.sections.publications import read_publications
from resume_processor.parsing.sections.references import read_references
from resume_processor.parsing.sections.skills import read_skills
from resume_processor.parsing.sections.summary import read_summary, summary_without_heading
from resume_processor.parsing.sections.volunteer import read_volunteer
from resume_processor.parsing.sections.work import read_work
from resume_processor.parsing.values import Draft, LabelledLine


def draft_by_rules(lines: Sequence[LabelledLine]) -> Draft:
    """Everything that the rules find in the labelled lines of a document."""

    def of(kind: SectionKind) -> list[LabelledLine]:
        return lines_of(lines, kind)

    summary = read_summary(of(SectionKind.SUMMARY))
    return Draft(
        basics=replace(
            read_contact(lines),
            summary=summary or summary_without_heading(of(SectionKind.HEADER)),
        ),
        personal=read_personal(lines),
        work=read_work(of(SectionKind.WORK)),
        education=read_education(of(SectionKind.EDUCATION)),
        skills=read_skills(of(SectionKind.SKILLS)),
        languages=read_languages(of(SectionKind.LANGUAGES)),
        certificates=read_certificates(of(SectionKind.CERTIFICATES)),
        projects=read_projects(of(SectionKind.PROJECTS)),
        publications=read_publications(of(SectionKind.PUBLICATIONS)),
        awards=read_awards(of(SectionKind.AWARDS)),
        volunteer=read_volunteer(of(SectionKind.VOLUNTEER)),
        interests=read_interests(of(SectionKind.INTERESTS)),
        references=read_references(of(SectionKind.REFERENCES)),
    )
