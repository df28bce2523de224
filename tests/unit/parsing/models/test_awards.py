"""Who gave an award is not part of its title."""

import pytest

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word
from resume_processor.parsing.models.awards import award_of
from resume_processor.parsing.values import Found, PlacedWord


def found(text):
    words = tuple(PlacedWord(Word(word, Box(0, 0, 1, 1), size=10.0), 1, 0) for word in text.split())
    return Found(text, words, "model:words", 0.8)


def test_the_giver_behind_the_comma_is_cut_off():
    award = award_of(found("Nurse of the Year, Northgate General Hospital"))
    assert award.title.text == "Nurse of the Year"
    assert [word.word.text for word in award.title.words][-1] == "Year,"
    assert award.awarder.text == "Northgate General Hospital"
    assert [word.word.text for word in award.awarder.words] == ["Northgate", "General", "Hospital"]


@pytest.mark.parametrize(
    "text",
    ["Nurse of the Year", "First prize, under 18", "Best, ", "1,000"],
)
def test_other_titles_stay_whole(text):
    one = found(text)
    assert award_of(one).title == one
    assert award_of(one).awarder is None
