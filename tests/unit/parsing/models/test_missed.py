"""What the plain rules add to the models' draft."""

from __future__ import annotations

import pytest

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word
from resume_processor.parsing.models.missed import with_missing
from resume_processor.parsing.values import BasicsDraft, Draft, Found, PlacedWord


def named(name):
    if name is None:
        return Draft()
    words = tuple(PlacedWord(Word(part, Box(0, 0, 9, 9), 9.0), 1, 0) for part in name.split())
    return Draft(basics=BasicsDraft(name=Found(name, words, "name", 0.9)))


@pytest.mark.parametrize(
    ("by_models", "by_rules", "name"),
    [
        ("adalindqvist", "Ada Lindqvist", "Ada Lindqvist"),  # a handle at the top of a side bar
        ("Ada Lindqvist", "Birk Holm", "Ada Lindqvist"),
        ("ada lindqvist", "birk holm", "ada lindqvist"),
        ("林美玲", "Mei-Ling Lin", "林美玲"),  # a script without small letters
        ("adalindqvist", None, "adalindqvist"),
        (None, "Ada Lindqvist", "Ada Lindqvist"),
    ],
)
def test_a_handle_is_no_name_where_the_page_has_one(by_models, by_rules, name):
    assert with_missing(named(by_models), named(by_rules)).basics.name.text == name
