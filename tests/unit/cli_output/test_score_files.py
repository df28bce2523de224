"""How scores are shown."""

from pathlib import Path

from rich.console import Console

from resume_processor.cli_output.score_files import HEADINGS, MARKS, Scored, lines_of, print_ledger
from resume_processor.scoring.score import (
    Change,
    CriterionKind,
    CriterionScore,
    Finding,
    LedgerLine,
    Score,
)

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
