"""Lists of skills with nothing but spaces between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.fields.skill_lists import SPACED, split_skills
from resume_processor.parsing.fields.spaced_skills import parts_of_spaced


def cut(text):
    words = text.split()
    return [" ".join(words[first:stop]) for first, stop in parts_of_spaced(words)]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        (
            "AWS Azure Google Cloud OpenStack VMware Private Cloud",
            ["AWS", "Azure", "Google Cloud", "OpenStack", "VMware", "Private Cloud"],
        ),
        (
            "JENKINS GITHUB ACTIONS PROMETHEUS GRAFANA",
            ["JENKINS", "GITHUB ACTIONS", "PROMETHEUS", "GRAFANA"],
        ),
        ("Python Java C++ Fooscript SQL", ["Python", "Java", "C++", "Fooscript", "SQL"]),
        ("HTML / JSX React Angular Docker", ["HTML / JSX", "React", "Angular", "Docker"]),
        ("Python Redux Java QuuxTool BarTool", ["Python", "Redux", "Java", "QuuxTool", "BarTool"]),
    ],
)
def test_a_list(text, skills):
    assert cut(text) == skills


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Python Java",  # might be one
        "SQL Server Reporting Services",
        "Building services with Python Java and Docker",
        "Business development client relationship management",
        "Java (Spring Hibernate JUnit)",
        "Python, Java Docker SQL",
        "Maintenance of large Java Oracle systems worldwide since ten years",
    ],
)
def test_no_list(text):
    assert cut(text) == []


def test_skills_are_cut_where_only_spaces_part_them():
    found = split_skills("Cloud: AWS Azure Google Cloud Terraform")
    assert [one.value for one in found] == ["AWS", "Azure", "Google Cloud", "Terraform"]
    assert {one.rule for one in found} == {SPACED}
    assert [one.value for one in split_skills("AWS Azure, Docker")] == ["AWS Azure", "Docker"]


@given(st.lists(st.sampled_from(["AWS", "Azure", "/", "Google", "Cloud", "foo", "C", "of"])))
def test_each_word_belongs_to_one_skill(words):
    parts = parts_of_spaced(words)
    if parts:
        assert [at for first, stop in parts for at in range(first, stop)] == list(range(len(words)))
