"""Skills with nothing but spaces between them, which the models take for one or for none."""

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word
from resume_processor.parsing.fields.skill_lists import SPACED
from resume_processor.parsing.models.listed_skills import with_listed
from resume_processor.parsing.values import Found, PlacedWord, SkillGroup


def found(text, *, line=0, rule="model:words"):
    words = tuple(PlacedWord(Word(one, Box(0, 0, 1, 1), 10.0), 1, line) for one in text.split())
    return Found(text, words, rule, 0.9)


def names(groups):
    return [group.name.text for group in groups]


def test_one_value_that_is_a_list_is_cut():
    one = SkillGroup(found("AWS Azure Google Cloud Terraform"))
    cut = with_listed([one], [])
    assert names(cut) == ["AWS", "Azure", "Google Cloud", "Terraform"]
    assert [word.word.text for word in cut[2].name.words] == ["Google", "Cloud"]


def test_what_is_no_list_stays():
    one = SkillGroup(found("Business development"))
    assert with_listed([one], []) == (one,)


def test_a_value_whose_words_stand_otherwise_stays():
    skill = Found("AWS Azure Docker", found("AWS Az- ure Docker").words, "model:words", 0.9)
    assert with_listed([SkillGroup(skill)], []) == (SkillGroup(skill),)


def test_lists_on_lines_that_the_models_say_nothing_of_are_the_rules():
    missed = [found(name, line=3, rule=SPACED) for name in ("AWS", "Azure", "Docker")]
    told = found("Java", line=1)
    rules = [
        SkillGroup(found("Cloud", line=3), keywords=tuple(missed)),
        SkillGroup(found("Java", line=1, rule=SPACED)),
        SkillGroup(found("Teamwork", line=4, rule="skills.list")),
    ]
    assert names(with_listed([SkillGroup(told)], rules)) == ["Java", "AWS", "Azure", "Docker"]
