"""What was gained and lost between two runs, and the page that shows it."""

import pytest

from evaluation.corpus import Case
from evaluation.differences import Change, Now, differences, tally
from evaluation.error_report import write_error_report
from evaluation.judge import judge
from evaluation.metrics import Figure
from evaluation.predict import predict

GOLD = {"basics": {"name": "Ada Example"}, "skills": ["SQL", "Git", "Chess"]}


def run(*skills, name="Ada Example"):
    record = {"basics": {"name": name}, "skills": [{"name": skill} for skill in skills]}
    return judge(GOLD, record)


def told(found):
    return [(one.change, one.now, one.value) for one in found]


def test_without_an_earlier_run_all_errors_are_shown():
    assert told(differences(run("SQL", "Prog"), None)) == [
        (Change.STILL, Now.MISSED, "Git"),
        (Change.STILL, Now.MISSED, "Chess"),
        (Change.STILL, Now.WRONG, "Prog"),
    ]


def test_losses_gains_and_what_is_still_wrong():
    before, now = run("SQL", "Prog"), run("Git", "Noise")
    assert told(differences(now, before)) == [
        (Change.LOSS, Now.MISSED, "SQL"),
        (Change.LOSS, Now.WRONG, "Noise"),
        (Change.GAIN, Now.FOUND, "Git"),
        (Change.GAIN, Now.GONE, "Prog"),
        (Change.STILL, Now.MISSED, "Chess"),
    ]


def test_a_gain_points_at_the_value_that_is_right_now():
    (gain,) = [
        one
        for one in differences(run("SQL", "Git", "Chess"), run("SQL", "Chess"))
        if one.now is Now.FOUND
    ]
    assert gain.pointer == "/skills/1/name"


def test_equal_runs_differ_in_nothing_but_what_is_still_wrong():
    same = run("SQL", "SQL")
    assert {one.change for one in differences(same, same)} == {Change.STILL}
    assert tally(differences(same, same)) == {"skills": {Change.STILL: 3}}


@pytest.fixture
def case(tmp_path):
    document = tmp_path / "ada.txt"
    document.write_text(
        "Ada Northwood\nada@example.org\n\n"
        "Skills\nSQL, Git\n\n"
        "Education\nBSc Computer Science, 2015\n"
    )
    return Case("ada", document, {"basics": {"name": "Bea Sample"}, "skills": ["SQL", "Git"]})


def test_the_page_shows_a_wrong_value_where_it_stands(case, tmp_path):
    target = tmp_path / "report.html"
    prediction = predict(case.document)
    write_error_report(target, [case], [prediction], {"name": Figure(0, 0, 0, 1)})
    page = target.read_text()
    assert "Bea Sample" in page
    assert "data:image/svg+xml;base64," in page
    x0 = prediction.full["evidence"]["/basics/name"]["places"][0]["box"][0]
    assert f'<rect class="still" x="{x0}"' in page
    assert "losses" not in page


def test_the_page_compares_with_an_earlier_runs_records(case, tmp_path):
    (tmp_path / "ada.json").write_text('{"basics": {"name": "Bea Sample"}}')
    target = tmp_path / "report.html"
    write_error_report(target, [case], [predict(case.document)], {}, baseline=tmp_path)
    page = target.read_text()
    assert '<td class="number loss">2</td>' in page  # the name is missed, and another is there
    assert 'class="gain"' in page  # skills that the earlier run had not
