"""CSV files are read as people make them; errors name lines and quote nothing."""

from fractions import Fraction

import pytest

from resume_processor.errors import InvalidRequest
from resume_processor.fairness.tables import (
    Declared,
    read_decisions,
    read_declarations,
    read_scores,
    text_of,
)


def test_a_file_out_of_a_spreadsheet():
    data = '\ufeffExternal_ID;Name;Sex;Race_Ethnicity\r\n"a ";x;f;Latina\r\n;;;\r\nb;y;;asian\r\n'
    read = read_declarations(text_of(data.encode()))
    assert read.by == "external_id"
    assert read.groups == {
        "a": Declared("Female", "Hispanic or Latino"),
        "b": Declared(None, "Asian"),
    }


def test_other_words_are_categories_of_their_own():
    read = read_declarations('id,sex,race_ethnicity\n1,  Non-  binary ,"Sámi, or so"\n')
    assert read.groups["1"] == Declared("Non- binary", "Sámi, or so")


def test_scores_are_exact():
    assert read_scores("id,score\na,0.1\nb, 640\n") == {"a": Fraction(1, 10), "b": Fraction(640)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "header"),
        ("id,sex\nmara,f\n", "header"),
        ("name,sex,race_ethnicity\nmara,f,asian\n", "header"),
        ("id,sex,race_ethnicity\nmara,f\n", "Line 2 has not as many cells"),
        ("id,sex,race_ethnicity\n,f,asian\n", "Line 2 does not say who"),
        ("id,sex,race_ethnicity\nmara,f,asian\nmara,m,asian\n", "Line 3 is about somebody"),
        ('id,sex,race_ethnicity\n"mara,f,asian\n', "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_without_a_word_of_it(text, why):
    with pytest.raises(InvalidRequest, match=why) as caught:
        read_declarations(text)
    assert "mara" not in str(caught.value)


@pytest.mark.parametrize("score", ["", "many", "nan", "inf", "1e999", "1/2"])
def test_what_is_no_score(score):
    with pytest.raises(InvalidRequest, match="Line 2: score cannot be read"):
        read_scores(f"id,score\nmara,{score}\n")


def test_what_is_no_decision():
    with pytest.raises(InvalidRequest, match="Line 2: decision cannot be read"):
        read_decisions("id,decision\nmara,maybe\n")
    with pytest.raises(InvalidRequest, match="UTF-8"):
        text_of(b"\xff\xfe")
