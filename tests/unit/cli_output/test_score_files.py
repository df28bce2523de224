"""How scores are shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from resume_processor.cli_output.score_files import (
    HEADINGS,
    MARKS,
    Scored,
    earlier_scores,
    lines_of,
    print_json,
    print_ledger,
    print_moves,
    print_table,
    requirements_of,
)
from resume_processor.errors import InvalidRequest
from resume_processor.scoring.score import (
    Change,
    CriterionKind,
    CriterionScore,
    Finding,
    JobRequirements,
    LedgerLine,
    Score,
)
from resume_processor.settings import Settings

MET = LedgerLine("Python", Finding.MET, 300, 300, "Listed as a skill.", ("/skills/0/name",))
MISSING = LedgerLine("[bold]Go", Finding.MISSING, 0, 100, "Not shown.")
SCORE = Score(
    total=300,
    max_total=1000,
    criteria=(CriterionScore(CriterionKind.REQUIRED_SKILLS, 300, 400, (MET, MISSING)),),
    changes=(Change("Go", CriterionKind.REQUIRED_SKILLS, 100),),
    warnings=(),
    version="1",
)


def shown(criterion):
    """The lines of a criterion as they are printed."""
    console = Console(width=100)
    with console.capture() as captured:
        console.print(lines_of(criterion))
    return captured.get()


def test_a_line_says_points_and_reason():
    first, second = shown(SCORE.criteria[0]).splitlines()
    assert first.split() == [
        "300", "of", "300", "✓", "Python:", "Listed", "as", "a", "skill.", "/skills/0/name",
    ]  # fmt: skip
    assert second.split()[:4] == ["0", "of", "100", "✗"]


def test_words_of_a_stranger_are_never_markup():
    assert "[bold]Go" in shown(SCORE.criteria[0])


def test_every_finding_has_a_mark():
    assert set(MARKS) == set(Finding)


def test_every_criterion_has_a_heading():
    assert set(HEADINGS) == set(CriterionKind)


def test_a_ledger_has_every_point_and_what_would_change_it():
    console = Console(record=True, width=100)
    with console.capture() as captured:
        print_ledger(console, Scored(Path("ada.pdf"), "Ada Example", SCORE))
    text = captured.get()
    assert "Ada Example: 300 of 1000 (ada.pdf)" in text
    assert "required skills: 300 of 400" in text
    assert "would change it: Go (+100)" in text


def test_a_table_of_all_criteria_fits_80_columns(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    criteria = tuple(CriterionScore(kind, 123, 234, ()) for kind in CriterionKind)
    score = Score(984, 1000, criteria, (), (), "1")
    print_table([Scored(Path("ada.pdf"), "Ada Example", score)], JobRequirements(), explain=False)
    text = capsys.readouterr().out
    assert text.count("123") == len(CriterionKind)
    assert text.count("/234") == len(CriterionKind)
    assert all(heading in text for heading in HEADINGS.values())


def test_what_moved_since_earlier_scores(tmp_path, capsys):
    earlier = tmp_path / "earlier.json"
    row = Scored(Path("ada.pdf"), "Ada Example", SCORE)
    print_json([row], JobRequirements())
    earlier.write_text(capsys.readouterr().out, "utf-8")
    line = replace(MET, points=200)
    lower = replace(
        SCORE,
        total=200,
        criteria=(CriterionScore(CriterionKind.REQUIRED_SKILLS, 200, 400, (line, MISSING)),),
        version="2",
    )
    rows = [replace(row, score=lower), Scored(Path("new.pdf"), None, SCORE)]
    print_moves(rows, earlier_scores(earlier), to_stderr=False)
    assert [one.strip() for one in capsys.readouterr().out.splitlines() if one.strip()] == [
        "moved: 1 of 1",
        "Ada Example: 300 → 200 (-100)",
        "upgraded: version 1 → 2",
        "-100 required skills: Python: counts otherwise for the same evidence",
    ]


def test_earlier_scores_that_cannot_be_read(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    with pytest.raises(InvalidRequest):
        earlier_scores(broken)


def test_requirements_may_be_said_as_json(tmp_path):
    job = tmp_path / "job.json"
    job.write_text('{"title": "Baker", "skills": [{"name": "Baking", "required": true}]}', "utf-8")
    asked = requirements_of(job, Settings(data_dir=tmp_path))
    assert (asked.title, asked.skills[0].name) == ("Baker", "Baking")
    job.write_text("[1, 2]", "utf-8")
    with pytest.raises(InvalidRequest):
        requirements_of(job, Settings(data_dir=tmp_path))
