"""Headings of sections in seven languages."""

from __future__ import annotations

import pytest

from resume_processor.parsing.lexicon.headings import heading_score, section_of
from resume_processor.parsing.section_kind import SectionKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("WORK EXPERIENCE", SectionKind.WORK),
        ("E D U C A T I O N", SectionKind.EDUCATION),
        ("Skills & Languages", SectionKind.SKILLS),
        ("Centres d’intérêt", SectionKind.INTERESTS),
        ("Brief Educational Details:", SectionKind.EDUCATION),
        ("3. Berufserfahrung", SectionKind.WORK),
        ("Expérience professionnelle", SectionKind.WORK),
        ("Formação Acadêmica", SectionKind.EDUCATION),
        ("Habilidades técnicas", SectionKind.SKILLS),
        ("Doświadczenie zawodowe", SectionKind.WORK),
        ("工作经历", SectionKind.WORK),
        ("教育背景", SectionKind.EDUCATION),
        ("I. PERSONAL DATA", SectionKind.PERSONAL),
        ("III. Skills", SectionKind.SKILLS),
        ("2.1 Work experience", SectionKind.WORK),
        ("3 | Projects", SectionKind.PROJECTS),
        ("#4 References", SectionKind.REFERENCES),
        ("Objective", SectionKind.SUMMARY),
        ("Certifications", SectionKind.CERTIFICATES),
        ("Academic Projects", SectionKind.PROJECTS),
        ("Publications", SectionKind.PUBLICATIONS),
        ("Honors & Awards", SectionKind.AWARDS),
        ("Ehrenamt", SectionKind.VOLUNTEER),
        ("Sprachkenntnisse", SectionKind.LANGUAGES),
        ("References", SectionKind.REFERENCES),
        ("Declaration", SectionKind.OTHER),
    ],
)
def test_headings(text: str, kind: SectionKind) -> None:
    assert section_of(text) is kind
    assert heading_score(text) >= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Software Engineer",
        "Worked as manager in experience",
        "Java",
        "Technical Skills: Java",
        "I have ten years of experience in education.",
        "4 projects",
        "04 Projects",
        "12 publications",
        "2015 Education",
        "10 - 12 Education",
        "",
    ],
)
def test_no_headings(text: str) -> None:
    assert section_of(text) is None
    assert heading_score(text) == 0.0
