"""Skills are found with their spans; everyday words are not taken for skills."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.skills.find_skills import find_skills


def _found(text):
    return [(text[span.start : span.end], span.name) for span in find_skills(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ran services on K8s", "Kubernetes"),
        ("JS and CSS", "JavaScript"),
        ("Golang services", "Go"),
        ("search engine optimisation", "SEO"),
        ("Postgres", "PostgreSQL"),
        ("ASP.NET", "ASP.NET"),
        ("Node.js", "Node.js"),
        ("C++", "C++"),
        ("C#", "C#"),
        ("MS Excel", "Microsoft Excel"),
        ("housing loans", "home loans"),
    ],
)
def test_an_alias_gives_the_name(text, name):
    assert name in [found for _, found in _found(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JavaScript", "Java"),
        ("R&D lead", "R"),
        ("go to market", "Go"),
        ("Go to the office", "Go"),
        ("Vitamin C", "C"),
        ("Hepatitis C and Java", "C"),
        ("C-level executives, Java", "C"),
        ("We excel in service", "Microsoft Excel"),
        ("a spring in her step", "Spring"),
        ("Had access to files", "Microsoft Access"),
    ],
)
def test_an_everyday_word_is_no_skill(text, name):
    assert name not in [found for _, found in _found(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Python, R, SQL", "R"),
        ("C, C++, Java", "C"),
        ("Proficient in Go and Kubernetes", "Go"),
        ("Go developer", "Go"),
        ("R", "R"),
    ],
)
def test_an_everyday_word_is_a_skill_among_skills(text, name):
    assert name in [found for _, found in _found(text)]


def test_spans_are_offsets_and_the_longest_label_wins():
    text = "Built with Spring Boot, and PostgreSQL."
    assert _found(text) == [("Spring Boot", "Spring Boot"), ("PostgreSQL", "PostgreSQL")]


@given(st.text(alphabet="JavaScript C++#.NETGoR&D,;() \n", max_size=60))
def test_spans_are_in_order_and_do_not_overlap(text):
    spans = find_skills(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
