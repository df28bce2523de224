"""The two ways to parse name themselves: a record says which one made it."""

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume, parser_version

TEXT = b"""Ada Example
ada@example.com

Summary
I have built and run services that people depend on, and I have led a small team with care.

Experience
Software Engineer, Example Works, Springfield, 2019 - 2023
- Built the services that all of our customers use every day, in Python and PostgreSQL
- Worked with the support team to find out what people need and how they want to have it

Education
BSc Computer Science, Example University, 2015 - 2018
"""


def parsed(*, fast):
    return parse_resume(read_document(TEXT, Limits()), fast=fast)


def test_a_record_names_the_parser_that_made_it():
    assert parsed(fast=True).parser_version == parser_version(fast=True)
    assert parsed(fast=False).parser_version == parser_version(fast=False)
    assert parser_version(fast=True) != parser_version(fast=False)


def test_only_the_accurate_one_asks_the_encoder():
    def confidence(result):
        return result.evidence["/work/0/position"].confidence

    assert confidence(parsed(fast=True)) != confidence(parsed(fast=False))
