"""Lists of skills."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.fields.skill_lists import split_skills


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Java (Spring, Hibernate), C++, C#", ["Java", "Spring", "Hibernate", "C++", "C#"]),
        ("Good knowledge of MS Office", ["MS Office"]),
        ("Windows XP, 7", ["Windows XP", "Windows 7"]),
        ("Languages: C, C++, Java and Python", ["C", "C++", "Java", "Python"]),
        ("HTML/CSS, TCP/IP", ["HTML", "CSS", "TCP/IP"]),
        ("Problem solving and decision making", ["Problem solving and decision making"]),
        (
            "Object Oriented Programming (OOP), SQL etc.",
            ["Object Oriented Programming (OOP)", "SQL"],
        ),
        ("Tools: Eclipse; IntelliJ | Git", ["Eclipse", "IntelliJ", "Git"]),
        ("Team Player", ["Team Player"]),
        ("Proficient in Word, Excel & PowerPoint.", ["Word", "Excel", "PowerPoint"]),
        ("Adobe Photoshop - Advanced", ["Adobe Photoshop"]),
        ("SQL (5 years)", ["SQL"]),
        (".NET, ASP.NET", [".NET", "ASP.NET"]),
        (
            "Operating Systems: Windows 2000/XP/7, Linux",
            ["Windows 2000", "Windows XP", "Windows 7", "Linux"],
        ),
        ("Ability to work under pressure", ["Ability to work under pressure"]),
        ("Visual Basic", ["Visual Basic"]),
        ("CAD/CAM", ["CAD/CAM"]),
        ("MS – Word", ["MS – Word"]),
        ("Bonne connaissance de SAP", ["SAP"]),
        ("", []),
    ],
)
def test_skills(text: str, skills: list[str]) -> None:
    assert [match.value for match in split_skills(text)] == skills


@given(st.text(alphabet="Java,/()&. -:;C+#XP7\n•", max_size=50))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = split_skills(text)

    assert all(0 <= m.start < m.end <= len(text) and m.value for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert found == split_skills(text)
