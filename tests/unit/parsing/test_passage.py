from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Line, Word
from resume_processor.parsing.passage import Passage, concatenated, joined, trim
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import LabelledLine


def line_of(words: list[str], index: int = 0, *, tight: bool = False) -> LabelledLine:
    placed = tuple(
        Word(text, Box(10.0 * i, 0, 10.0 * i + 8, 10), 10.0, space_before=not tight)
        for i, text in enumerate(words)
    )
    box = Box(0, 0, 10.0 * len(words), 10)
    return LabelledLine(Line(placed, box, page=1), index, SectionKind.WORK)


words = st.lists(st.text("abcä-,", min_size=1, max_size=4), min_size=1, max_size=5)


@given(st.lists(words, min_size=1, max_size=3))
def test_each_word_is_found_at_its_span(texts: list[list[str]]) -> None:
    passage = joined([line_of(t, i) for i, t in enumerate(texts)])
    for word, (start, end) in zip(passage.words, passage.spans, strict=True):
        stands = passage.text[start:end]
        assert stands in (word.word.text, word.word.text[:-1])


def test_hyphenation_is_undone() -> None:
    passage = joined([line_of(["software", "develop-"]), line_of(["ment", "teams"], 1)])
    assert passage.text == "software development teams"


def test_a_hyphen_in_front_of_a_capital_stays() -> None:
    assert joined([line_of(["Baden-"]), line_of(["Baden"], 1)]).text == "Baden- Baden"


def test_a_cut_keeps_the_words_that_it_goes_through() -> None:
    passage = joined([line_of(["Python,SQL", "and", "Git"])])
    start = passage.text.index("SQL")
    found = passage.found("skills.list", 0.9, span=(start, start + 3))
    assert found is not None
    assert found.text == "SQL"
    assert [placed.word.text for placed in found.words] == ["Python,SQL"]


def test_without_gives_the_rest() -> None:
    passage = joined([line_of(["Engineer", "2018", "Leeds"])])
    rest = passage.without([(9, 13)])
    assert [trim(piece.text) for piece in rest] == ["Engineer", "Leeds"]


def test_nothing_left_is_no_value() -> None:
    passage = joined([line_of(["--", "|"])])
    assert passage.found("x", 0.5) is None
    assert not passage.says_something


def test_passages_are_joined_with_their_words() -> None:
    first, second = joined([line_of(["Site"])]), joined([line_of(["Engineer"], 1)])
    both = concatenated([first, second])
    assert both.text == "Site Engineer"
    assert both.spans == ((0, 4), (5, 13))


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        (" - Leeds ,", "Leeds"),
        ("Northgate Ltd.", "Northgate Ltd."),
        ("Built the parcel service.", "Built the parcel service"),
        ("Physics (Honours", "Physics (Honours"),
        ("(Leeds", "Leeds"),
        ("B.Sc.", "B.Sc."),
    ],
)
def test_trim(text: str, trimmed: str) -> None:
    assert trim(text) == trimmed


def test_the_empty_passage_has_no_parts() -> None:
    assert Passage("", (), ()).without([]) == ()
