from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.layout.boxes import Box, union
from resume_processor.layout.bullets import take_bullet
from resume_processor.layout.furniture import is_page_number
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Word
from resume_processor.layout.spacing import without_letter_spacing
from resume_processor.layout.tables import header_texts, is_header_row


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("e\ufb03cient", "efficient"),
        ("con\ufffe", "con-"),
        ("soft\u00adware", "software"),
        ("\uf0e0mail", "mail"),
        ("zero\u200bwidth", "zerowidth"),
        ("u\u0308ber", "über"),
        ("plain", "plain"),
    ],
)
def test_clean(raw, seen):
    assert clean(raw) == seen


@given(st.text())
def test_clean_is_done_after_once(text):
    assert clean(clean(text)) == clean(text)


def words(*texts, gap=5.0):
    found, x = [], 0.0
    for text in texts:
        found.append(Word(text, Box(x, 0, x + 6 * len(text), 10), 10.0))
        x += 6 * len(text) + gap
    return found


@pytest.mark.parametrize(
    "marker", ["•", "➢", "-", "–", "o", "*", "1.", "12)", "a)", "iv.", "(2)", "✓"]
)
def test_marker_is_taken_off(marker):
    bullet, rest = take_bullet(words(marker, "text"))
    assert (bullet, [w.text for w in rest]) == (marker, ["text"])


def test_marker_that_touches_its_text():
    bullet, rest = take_bullet(words("•Java"))
    assert (bullet, rest[0].text) == ("•", "Java")
    assert rest[0].box.x0 > 0


@pytest.mark.parametrize("first", ["2019", "-5%", "Oslo", "o'clock", "1.5"])
def test_no_marker(first):
    assert take_bullet(words(first, "text"))[0] is None


def test_a_marker_alone_is_text():
    assert take_bullet(words("•"))[0] is None


@pytest.mark.parametrize(
    "text", ["Page 1 of 3", "Seite 2 von 4", "2/3", "- 2 -", "page 4", "Página 1 de 2", "3 | Page"]
)
def test_page_numbers(text):
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["2019", "3 years", "Pages written", "12/2019 - 3/2020", "Mira"])
def test_no_page_numbers(text):
    assert not is_page_number(text)


def test_initials_in_a_sentence_stay_apart():
    line = words("I", "am", "a", "C", "developer", "of", "renown")
    assert without_letter_spacing(line) == line


def test_uniformly_spaced_letters_are_one_word():
    assert [w.text for w in without_letter_spacing(words(*"SKILLS", gap=3.0))] == ["SKILLS"]


def test_header_rows():
    rows = [["Degree", "School", "Year"], ["BSc", "North College of Arts", "2011"]]
    assert header_texts(rows) == {0: "Degree", 1: "School", 2: "Year"}
    assert not is_header_row([["2011", "BSc", "North"], ["2013", "MSc", "South"]])
    assert not is_header_row([["Degree", "School", "Year"]])


def test_union_of_nothing():
    with pytest.raises(ValueError, match="no box"):
        union([])


@given(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 4), min_size=1))
def test_union_encloses_all(edges):
    boxes = [Box(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in edges]
    around = union(boxes)
    assert all(around.x0 <= b.x0 and b.x1 <= around.x1 for b in boxes)
    assert all(around.y0 <= b.y0 and b.y1 <= around.y1 for b in boxes)
