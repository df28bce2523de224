"""Numbers in front of headings change nothing; a list of numbered lines has no headings."""

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.parsing.segment import segment
from resume_processor.resume.encoding import json_resume_document

RESUME = """Ada Example
ada@example.com

{0}

Engineer with ten years of practice.

{1}

Software Engineer
Example Works, Springfield
January 2019 - December 2023
- Built services in Python
- Ran them on Kubernetes

{2}

Bachelor of Science in Computer Science
Example University
2015 - 2018

{3}

Python, PostgreSQL, Kubernetes
"""
PLAIN = ("Summary", "Work experience", "Education", "Skills")
NUMBERS = {
    "dots": ("1. ", "2. ", "3. ", "4. "),
    "brackets": ("1) ", "2) ", "3) ", "4) "),
    "two brackets": ("(1) ", "(2) ", "(3) ", "(4) "),
    "padded": ("01 ", "02 ", "03 ", "04 "),
    "padded, dots": ("01. ", "02. ", "03. ", "04. "),
    "padded, slashes": ("01/ ", "02/ ", "03/ ", "04/ "),
    "bars": ("1 | ", "2 | ", "3 | ", "4 | "),
    "dashes": ("1 – ", "2 – ", "3 – ", "4 – "),
    "signs": ("#1 ", "#2 ", "#3 ", "#4 "),
    "decimals": ("1.0 ", "2.0 ", "3.0 ", "4.0 "),
    "roman, dots": ("I. ", "II. ", "III. ", "IV. "),
    "roman": ("I ", "II ", "III ", "IV "),
    "letters": ("A. ", "B. ", "C. ", "D. "),
}


def read(text):
    return read_document(text.encode(), Limits())


def headings(text):
    return [one.kind.value for one in segment(read(text)) if one.is_heading]


@pytest.mark.parametrize("shape", [str, str.upper], ids=["as written", "capitals"])
@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_a_number_in_front_of_a_heading(numbers, shape):
    named = [number + shape(name) for number, name in zip(numbers, PLAIN, strict=True)]
    assert headings(RESUME.format(*named)) == ["summary", "work", "education", "skills"]


@pytest.mark.parametrize("numbers", [NUMBERS["dots"], NUMBERS["padded"]], ids=["dots", "padded"])
@pytest.mark.parametrize("fast", [True, False], ids=["fast", "accurate"])
def test_the_record_is_the_same_as_without_numbers(numbers, fast):
    named = [number + name for number, name in zip(numbers, PLAIN, strict=True)]
    plain, numbered = (
        json_resume_document(parse_resume(read(RESUME.format(*heads)), fast=fast))
        for heads in (PLAIN, named)
    )
    assert numbered == plain
    assert len(plain["work"]) == len(plain["education"]) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "1. Education\n2. Work experience\n3. Skills",
        "a) Languages\nb) Interests\nc) Projects",
        "4 Projects\n2 Languages\n3 Certifications",
        "1. wide experience",
    ],
    ids=["list", "letters", "counts", "sentence"],
)
def test_what_is_counted_or_listed_is_no_heading(lines):
    assert headings(f"Ada Example\n\nWe talked about\n\n{lines}\n\nand went home.") == []
