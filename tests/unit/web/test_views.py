"""What pages show, made from plain values."""

import pytest

from resume_processor.resume.values import ReadValue, values_of
from resume_processor.web.job_view import changed, pieces_of
from resume_processor.web.operations_page import Throughput
from resume_processor.web.page_view import shown_pages
from resume_processor.web.record_view import addable, label_of, level_of, sections_of

RESULT = {
    "resume": {
        "skills": [{"name": "Python"}, {"name": "Tools", "keywords": ["Git"]}],
        "work": [{"name": "Works"}, {"position": "Baker"}],
        "basics": {"name": "Ada Example"},
    },
    "personal": {"gender": "female"},
    "evidence": {},
    "warnings": [],
}


def test_sections_come_in_the_order_people_look_for_them():
    sections = sections_of(values_of(RESULT))
    assert [one.name for one in sections] == ["basics", "work", "skills", "personal"]
    work = sections[1]
    assert [[one.label for one in entry] for entry in work.entries] == [["Employer"], ["Position"]]
    assert [one.chips for one in sections] == [False, False, True, False]


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/work/0/name", "Employer"),
        ("/projects/0/name", "Name"),
        ("/education/1/institution", "School"),
        ("/work/0/highlights/2", "Highlight"),
        ("/work/0/startDate", "Start"),
        ("/basics/countryCode", "Country"),
    ],
)
def test_labels_are_words(pointer, label):
    assert label_of(pointer) == label


@pytest.mark.parametrize(
    ("confidence", "doubts", "level"),
    [(0.95, (), "sure"), (0.95, ("Odd.",), "likely"), (0.8, (), "likely"), (0.3, (), "doubtful")],
)
def test_how_sure_in_one_word(confidence, doubts, level):
    assert level_of(ReadValue("/x", "y", {"confidence": confidence}, doubts)) == level


def test_what_may_be_added_comes_behind_what_is_there():
    offered = dict(addable(list(values_of(RESULT))))
    assert "/basics/name" not in offered
    assert offered["/skills/2/name"] == "One more skill"
    assert offered["/work/2/name"] == "One more employer"
    assert offered["/languages/0/language"] == "One more language"


def test_words_of_one_value_on_a_line_are_one_mark():
    words = [
        {"text": "Ada", "box": [10, 10, 30, 20]},
        {"text": "Example", "box": [33, 10, 70, 20]},
        {"text": "Baker", "box": [10, 30, 40, 40]},
    ]
    page = {"number": 1, "width": 100, "height": 100, "pictured": True, "words": words}
    evidence = {
        "/basics/name": {"places": [{"page": 1, "box": [9, 9, 71, 21]}]},
        "/basics/label": {"places": [{"page": 1, "box": [9, 29, 41, 41]}]},
    }
    (shown,) = shown_pages([page], evidence)
    assert [(mark.pointers, mark.x, mark.width) for mark in shown.marks] == [
        ("/basics/name", 9, 62),
        ("/basics/label", 9, 32),
    ]
    assert shown.ending == "png"


def test_an_advertisement_shows_where_each_requirement_was_read():
    text = "We want Python\nand SQL.\n3 years."
    requirements = {
        "skills": [
            {"name": "Python", "source": "Python and SQL"},
            {"name": "SQL", "source": "Python and SQL"},
            {"name": "Go", "source": "nowhere"},
        ],
        "experience_source": "3 years",
    }
    pieces = pieces_of(text, requirements)
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.fields) for piece in pieces if piece.fields] == [
        ("Python\nand SQL", "skills-0 skills-1"),
        ("3 years", "years"),
    ]


def test_a_form_changes_what_it_names_and_keeps_the_rest():
    requirements = {
        "title": "Baker",
        "skills": [
            {"name": "Bread", "required": True, "source": "bread"},
            {"name": "Cake", "required": False},
            {"name": "Pie", "required": True},
        ],
        "months_of_experience": 24,
    }
    form = {
        "skills-0": "nice",
        "skills-1": "must",
        "skills-2": "off",
        "more_skills": "Rolls, , Buns",
        "years": "2.5",
        "degree_level": "wizard",
        "weight-title": "40",
        "weight-languages": "x",
    }
    new = changed(requirements, form)
    assert [(one["name"], one["required"]) for one in new["skills"]] == [
        ("Bread", False),
        ("Cake", True),
        ("Rolls", True),
        ("Buns", True),
    ]
    assert new["skills"][0]["source"] == "bread"
    assert new["title"] == "Baker"
    assert new["months_of_experience"] == 30
    assert new["degree_level"] is None
    assert new["weights"] == {"title": 40}
    assert changed(requirements, {"years": ""})["months_of_experience"] is None


def test_throughput_is_measured_over_what_was_seen():
    throughput = Throughput()
    assert throughput.look(10, now=0.0) is None
    assert throughput.look(10, now=1.0) is None
    assert throughput.look(30, now=60.0) == pytest.approx(20)
    assert throughput.look(30, now=200.0) is None
