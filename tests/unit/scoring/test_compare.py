"""What moved between two ledgers, and why; the moves add up to the difference."""

import copy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.scoring.compare import compare, in_words
from resume_processor.scoring.score import (
    CriterionKind,
    CriterionScore,
    Finding,
    LedgerLine,
    Score,
)
from resume_processor.scoring.score_resume import score_resume

LINES = st.lists(
    st.builds(
        LedgerLine,
        requirement=st.sampled_from(["Python", "Go", "Rust"]),
        finding=st.sampled_from(Finding),
        points=st.integers(0, 100),
        max_points=st.just(100),
        because=st.sampled_from(["shown", "listed"]),
    ),
    max_size=5,
)


def _score(lines, version="1/1/esco"):
    points = sum(line.points for line in lines)
    criterion = CriterionScore(CriterionKind.REQUIRED_SKILLS, points, 1000, tuple(lines))
    return Score(points, 1000, (criterion,), (), (), version)


@given(before=LINES, after=LINES)
def test_the_moves_add_up_exactly(before, after):
    one, other = _score(before), _score(after)
    moves = compare(one, other).moves
    assert sum(move.points for move in moves) == other.total - one.total
    assert all(move.points and move.why for move in moves)


def test_the_same_ledger_moves_nothing(parsed_of, resume, job):
    score = score_resume(parsed_of(resume), job)
    comparison = compare(score, score)
    assert (comparison.moves, comparison.upgrades) == ((), ())
    assert in_words(comparison) == [f"{score.total} → {score.total} (+0)"]


def test_a_resume_that_says_more(parsed_of, resume, job):
    more = copy.deepcopy(resume)
    more["work"][0]["highlights"].append("Ran the task queue on Celery and Redis")
    comparison = compare(score_resume(parsed_of(resume), job), score_resume(parsed_of(more), job))
    moved = {move.requirement: move for move in comparison.moves}
    assert {"Celery", "Redis"} <= set(moved)
    assert moved["Celery"].why.startswith("was missing (not found in the resume); now met (shown")


def test_the_version_says_what_was_upgraded():
    line = LedgerLine("Python", Finding.MET, 50, 100, "shown")
    before, after = _score([line]), _score([replace(line, points=60)], "2/1/esco, next")
    assert compare(before, after).upgrades == ("scoring rules 1 → 2", "taxonomy esco → esco, next")
    assert in_words(compare(before, after)) == [
        "50 → 60 (+10)",
        "upgraded: scoring rules 1 → 2",
        "upgraded: taxonomy esco → esco, next",
        "+10 required skills: Python: counts otherwise for the same evidence",
    ]


def test_what_only_one_of_them_asks_for():
    line = LedgerLine("Python", Finding.MET, 50, 100, "shown")
    (gone,) = compare(_score([line]), _score([])).moves
    (new,) = compare(_score([]), _score([line])).moves
    assert (gone.points, gone.why) == (-50, "no longer asked for")
    assert (new.points, new.why) == (50, "was not asked for")


def test_warnings_that_came_and_went():
    bare = _score([])
    warned = replace(bare, warnings=("keyword_stuffing",))
    assert compare(bare, warned).new_warnings == ("keyword_stuffing",)
    assert in_words(compare(warned, bare))[-1] == "no longer warned of: keyword_stuffing"
