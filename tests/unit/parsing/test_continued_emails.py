"""Addresses that a narrow column breaks: joined where nothing else can be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resume_processor.parsing.continued_emails import continued_emails
from resume_processor.parsing.section_kind import SectionKind


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mira.vogel@example.co\nm", "mira.vogel@example.com"),
        ("mira.vogel@example.o\nrg", "mira.vogel@example.org"),
        ("E-mail: mira.vogel@exam\nple.net 0171 5550101", "mira.vogel@example.net"),
        ("mira.vogel@\nexample.com", "mira.vogel@example.com"),
        ("mira.vogel\n@example.com", "mira.vogel@example.com"),
    ],
)
def test_an_address_over_two_lines_is_one_with_the_words_of_both(lines_as, text, address):
    (found,) = continued_emails(lines_as(SectionKind.HEADER, text))
    assert found.text == address
    assert {word.line for word in found.words} == {0, 1}


@pytest.mark.parametrize(
    "text",
    [
        "mira.vogel@example.com\nm",  # whole already
        "mira.vogel@example.co\nm. 0171 5550101",  # the next line says more than the rest
        "mira.vogel@example.co\nMünchen",
        "mira.vogel@example.co\nuk",  # no ending that begins with .co
        "Developer\njo@example.com",  # begins with the line
        "mira.vogel@example.com\njo@example.com",
        "mira.vogel@example\nNode.js",
    ],
)
def test_what_the_next_line_says_by_itself_is_left_to_it(lines_as, text):
    assert not list(continued_emails(lines_as(SectionKind.HEADER, text)))


def test_a_line_far_below_is_no_rest(lines_as):
    first, second = lines_as(SectionKind.HEADER, "mira.vogel@example.co\nm")
    assert list(continued_emails([first, second]))
    box = second.line.box
    lower = replace(box, y0=box.y0 + 100, y1=box.y1 + 100)
    assert not list(
        continued_emails([first, replace(second, line=replace(second.line, box=lower))])
    )
