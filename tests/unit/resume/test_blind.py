"""Blind review: the person is taken out, the work stays."""

import pytest

from resume_processor.resume.blind import BLOT, blind_label, blind_of, blind_result, is_hidden

RESULT = {
    "resume": {
        "basics": {
            "name": "Zoë Lindqvist-Adeyemi",
            "label": "Gardener",
            "email": "zoe@example.org",
            "phone": "+44 20 7946 0000",
            "location": {"city": "Leeds"},
            "profiles": [{"network": "GitHub", "url": "https://example.org/zoe"}],
            "summary": "Zoe has pruned since 2015 - 2021; ask www.zoe.example or 020 7946 0000.",
        },
        "work": [{"name": "Lindqvist’s Nursery", "startDate": "2015-06"}],
        "education": [{"institution": "University of Leeds", "area": "Botany"}],
        "references": [{"name": "Ola Nowak"}],
        "publications": [{"name": "Moss at the University of Leeds"}],
    },
    "personal": {"nationality": "Swedish"},
    "evidence": {
        "/basics/name": {"places": [{"page": 1, "box": [0, 0, 50, 10]}], "source": "ZOË"},
        "/basics/summary": {"places": [], "source": "Zoë has pruned"},
    },
    "warnings": [{"code": "odd", "message": "Zoë twice."}],
    "facts": {"months_of_experience": 70},
    "parser_version": "1",
}


def test_nothing_of_the_person_is_left_and_the_work_stays():
    blind = blind_result(RESULT)
    text = str(blind)
    for word in ("Zoë", "Zoe", "Lindqvist", "zoe", "7946", "Swedish", "Nowak", "GitHub"):
        assert word not in text
    assert "University of Leeds" not in text
    resume = blind["resume"]
    assert resume["basics"]["label"] == "Gardener"
    assert "2015 - 2021" in resume["basics"]["summary"]
    assert resume["work"] == [{"name": f"{BLOT} Nursery", "startDate": "2015-06"}]
    assert resume["education"] == [{"area": "Botany"}]
    assert resume["publications"] == [{"name": f"Moss at the {BLOT}"}]
    assert blind["facts"] == RESULT["facts"]
    assert list(blind["evidence"]) == ["/basics/summary"]


def test_words_are_hidden_by_place_by_name_and_by_look():
    words = [
        {"text": "Zoé", "box": [0, 0, 20, 10]},
        {"text": "H.", "box": [22, 0, 40, 10]},
        {"text": "(Adeyemi)", "box": [0, 40, 20, 50]},
        {"text": "ola@example.net", "box": [0, 60, 20, 70]},
        {"text": "2015–2021", "box": [0, 80, 20, 90]},
        {"text": "University", "box": [0, 100, 20, 110]},
        {"text": "of", "box": [0, 100, 20, 110]},
        {"text": "Leeds,", "box": [0, 100, 20, 110]},
        {"text": "Leeds", "box": [0, 120, 20, 130]},
    ]
    blind = blind_of(RESULT)
    assert blind.words(1, words) == {0, 1, 2, 3, 5, 6, 7}
    assert blind.words(2, words[1:2]) == frozenset()


def test_a_result_without_a_name_hides_what_it_can():
    nobody = {**RESULT, "resume": {}, "evidence": {}}
    assert blind_of(nobody).text("Write to a@b.example now") == f"Write to {BLOT} now"


@pytest.mark.parametrize(
    ("pointer", "hidden"),
    [
        ("/basics/name", True),
        ("/basics/location/city", True),
        ("/education/3/institution", True),
        ("/personal/gender", True),
        ("/basics/label", False),
        ("/education/3/area", False),
        ("/work/0/name", False),
        ("/basics/nameless", False),
    ],
)
def test_what_is_hidden(pointer, hidden):
    assert is_hidden(pointer) is hidden


def test_a_label_is_always_the_same_and_tells_nothing():
    assert blind_label("0198c0de-7a3e-7b52-9d0e-3f5a6b7c8d9e") == "Candidate 7C8D9E"
