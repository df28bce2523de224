"""What says who somebody is, in whatever dress."""

import pytest

from resume_processor.resume.blind import BLOT, blind_of
from resume_processor.resume.identity import contact_spans, identity_of

BASICS = {
    "name": "Jürgen Ola Lind",
    "email": "jo.lind@example.org",
    "url": "https://olabuilds.example",
    "profiles": [{"network": "GitHub", "username": "moss95", "url": "https://github.com/moss95"}],
}


def blind(**basics):
    return blind_of({"resume": {"basics": {**BASICS, **basics}}, "evidence": {}})


@pytest.mark.parametrize(
    "text",
    [
        "Jürgen Lind",
        "JÜRGEN LIND",
        "Juergen",
        "jurgen’s",
        "Lind_Juergen_CV.pdf".removesuffix("_CV.pdf"),
        "jürgenlind",
        "LindOla",
        "J. Lind",
        "moss95",
        "@moss95",
        "olabuilds",
        "jo.lind",
    ],
)
def test_the_person_is_found(text):
    left = blind().text(f"Then {text} came")
    assert left.replace(BLOT, "").split(" ") != ["Then", text, "came"]
    for part in ("rgen", "lind", "ola", "moss", "jo."):
        assert part not in left.casefold()
    assert left.startswith("Then ")
    assert left.endswith(" came")


@pytest.mark.parametrize(
    "text",
    ["Kotlin and R", "Linden Street", "solar panels", "mosses", "a job in Oslo"],
)
def test_other_words_stay(text):
    assert blind().text(text) == text


def test_what_anybody_is_called_is_no_handle():
    handles = identity_of(
        [{"basics": {"email": "info@example.org", "url": "www.example.org/cv"}}], []
    )
    assert handles.names == frozenset()


def test_without_anything_nothing_is_found():
    nobody = identity_of([{}, {"basics": {"url": "http://[", "profiles": [{}]}}], ["", "…"])
    assert nobody.spans(["Ada", ""]) == [[], []]


def test_a_second_record_of_the_same_person_counts():
    both = blind_of({"resume": {"basics": {}}, "evidence": {}}, {"basics": {"name": "Ada Moss"}})
    assert both.text("Ada knows") == f"{BLOT} knows"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01.2015 - 03.2019", False),
        ("2015 - 2019", False),
        ("12.03.2015 – 2016", False),
        ("+49 (30) 2019 2018", True),
        ("030 1234 5678", True),
        ("Call 030 1234 5678.", True),
        ("ada@example.org", True),
        ("see www.ada.example", True),
        ("github.com/ada", True),
        ("ASP.NET and 100000", False),
    ],
)
def test_contacts_are_no_dates(text, found):
    assert bool(contact_spans(text)) is found


def test_a_telephone_of_several_words_is_hidden_on_its_line_only():
    def word(text, x, y):
        return {"text": text, "box": [x, y, x + 20, y + 10]}

    words = [
        *(word("+44", 0, 0), word("20", 30, 0), word("7946", 60, 0), word("0000,", 90, 0)),
        *(word("2015", 0, 20), word("built", 30, 20), word("12", 0, 40), word("houses", 30, 40)),
    ]
    assert blind().words(1, words) == {0, 1, 2, 3}


def test_a_full_stop_ends_a_telephone():
    assert blind().text("Call 030 1234 5678. Soon") == f"Call {BLOT}. Soon"
