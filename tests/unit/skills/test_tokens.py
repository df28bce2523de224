"""Tokens and stems: what is compared."""

import pytest

from resume_processor.skills.stems import stem_of, stems_of
from resume_processor.skills.tokens import form_of, forms_of


def test_names_with_signs_are_one_token():
    assert forms_of("C++, C#, .NET, Node.js and R&D") == (
        "c++",
        "c#",
        ".net",
        "node.js",
        "and",
        "r&d",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("databases", "database"),
        ("optimisation", "optimization"),
        ("Résumé", "resume"),
        ("&", "and"),
    ],
)
def test_spellings_have_one_form(one, other):
    assert form_of(one) == form_of(other)


def test_words_of_one_family_have_one_stem():
    assert len({stem_of(word) for word in ("manager", "management", "managing", "managed")}) == 1
    assert stem_of("engineering") == stem_of("engineer")


def test_stop_words_say_nothing():
    assert stems_of("the use of a forklift") == stems_of("forklift")
