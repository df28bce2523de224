"""Word classes and the files that hold them."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.lexicon import places, word_file
from resume_processor.parsing.lexicon.folding import fold, words_of
from resume_processor.parsing.lexicon.places import gazetteer
from resume_processor.parsing.lexicon.word_file import (
    WordClass,
    word_masks,
    words_from_text,
    words_to_text,
)
from resume_processor.parsing.lexicon.words import classes_of, is_a


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Priya", "given_name"),
        ("Müller", "surname"),
        ("Bangalore", "city"),
        ("Deutschland", "country"),
        ("engineer", "title_head"),
        ("Ltd.", "legal_form"),
        ("B.Tech", "degree_word"),
        ("université", "school_word"),
        ("Février", "month"),
        ("Python", "skill"),
        ("Hindi", "language"),
        ("managed", "verb"),
    ],
)
def test_classes(word: str, name: str) -> None:
    assert name in classes_of(word)


def test_most_words_have_no_class() -> None:
    assert classes_of("qwxzv") == ()


def test_classes_stand_in_alphabetical_order() -> None:
    found = classes_of("Reading")

    assert len(found) > 1
    assert list(found) == sorted(found)


def test_the_parts_of_a_hyphenated_word_count() -> None:
    assert is_a("Anna-Maria", WordClass.GIVEN_NAME)


def test_words_survive_the_file() -> None:
    text = words_to_text({WordClass.CITY: ["b", "a"], WordClass.SKILL: ["a"]})
    masks = words_from_text(text)

    assert [word_file.classes_in(masks[word]) for word in ("a", "b")] == [
        (WordClass.CITY, WordClass.SKILL),
        (WordClass.CITY,),
    ]


def test_the_gazetteer_knows_countries_in_many_languages() -> None:
    countries = gazetteer().countries

    names = ("germany", "allemagne", "alemania", "niemcy", "德国")
    assert {countries[name] for name in names} == {"DE"}


def test_the_files_load_fast() -> None:
    """Both files, read anew; 150 ms on an idle core, more than that here for a busy machine."""
    started = time.process_time()
    word_masks.__wrapped__()
    places.gazetteer.__wrapped__()

    assert time.process_time() - started < 0.5


def test_the_same_in_every_process() -> None:
    module = "resume_processor.parsing.lexicon.words"
    program = f"from {module} import classes_of; print(classes_of('Reading'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }

    assert len(outputs) == 1


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding() -> None:
    assert fold("Élève – ２０１９") == "eleve - 2019"
    assert words_of("C++ & C#, Node.js") == ("c++", "&", "c#", "node", "js")
