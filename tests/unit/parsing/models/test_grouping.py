"""Entries: what belongs together is together, whichever way round a document writes it."""

import pytest

from resume_processor.parsing.models.decode import Value
from resume_processor.parsing.models.grouping import grouped
from resume_processor.parsing.section_kind import SectionKind

FIELDS = {
    "N": "work.name",
    "P": "work.position",
    "D": "work.date",
    "L": "work.location",
    "I": "education.institution",
    "S": "education.studyType",
    "Y": "education.date",
}


def entries(letters, section=SectionKind.WORK, opens=0.3):
    """One value a letter, each on a line of its own; "/" leaves twenty lines out."""
    values, lines = [], []
    for letter in letters:
        if letter == "/":
            lines += [lines[-1] + 20]
            continue
        at = len(lines)
        lines.append(lines[-1] + 1 if lines else 0)
        values.append(Value(FIELDS[letter], at, at, opens, 0.9))
    names = {field: letter for letter, field in FIELDS.items()}
    return [
        "".join(
            names[v.field]
            for v in sorted((v for vs in e.values.values() for v in vs), key=lambda v: v.first)
        )
        for e in grouped(values, section, lines)
    ]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("NPDNPD", ["NPD", "NPD"]),
        ("PDNPDN", ["PDN", "PDN"]),  # the employer comes last: no entry of its own
        ("DNPDNP", ["DNP", "DNP"]),
        ("PDNLPDNL", ["PDNL", "PDNL"]),
        ("NLPDNLPD", ["NLPD", "NLPD"]),
        ("NPD", ["NPD"]),
        ("NPDD", ["NPDD"]),  # a start and an end may be two values
        ("NPDPD", ["NPD", "PD"]),  # two jobs at one employer
        ("", []),
    ],
)
def test_jobs(letters, expected):
    assert entries(letters) == expected


def test_an_employer_goes_with_the_job_that_it_stands_next_to():
    assert entries("PD/NPD") == ["PD", "NPD"]
    assert entries("PDN/PD") == ["PDN", "PD"]


def test_where_every_value_opens_an_entry_for_sure_each_is_one():
    assert entries("NPL", opens=0.1) == ["NPL"]
    assert len(entries("LLL", opens=0.97)) == 3


def test_degrees():
    assert entries("SIYSIY", SectionKind.EDUCATION) == ["SIY", "SIY"]


def test_other_sections_are_cut_value_by_value():
    values = [
        Value("languages.language", 0, 0, 0.9, 0.9),
        Value("languages.fluency", 1, 1, 0.1, 0.9),
        Value("languages.language", 2, 2, 0.9, 0.9),
    ]
    found = grouped(values, SectionKind.LANGUAGES, [0, 0, 1])
    assert [sorted(entry.values) for entry in found] == [
        ["languages.fluency", "languages.language"],
        ["languages.language"],
    ]
