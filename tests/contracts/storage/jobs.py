"""What every storage does with jobs, scores, rankings and batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from resume_processor.errors import InvalidRequest, NotFound
from resume_processor.resume.record import ResumeStatus
from resume_processor.scoring.facets import Facets
from resume_processor.workflow.ports import (
    Candidate,
    EarlierScore,
    RankingFilter,
    ScoringPart,
    ScoringProgress,
    Storage,
    StoredProfile,
    WorkState,
)
from tests.contracts.storage.samples import (
    LEASE,
    SCORE,
    at,
    claim,
    done,
    failed,
    finish,
    finish_scoring,
    job,
    profile,
    score,
)


class JobContract:
    def test_a_new_job_waits_to_be_scored(self, storage: Storage) -> None:
        assert storage.add_job(job()) == job()
        assert storage.get_job("j1", tenant="default") == job()
        (item,) = storage.due_work(now=at(0), dispatched_before=at(0), limit=9)
        assert (item.kind, item.subject_id, item.tenant) == (SCORE, "j1", "default")

    def test_another_tenant_sees_nothing(self, storage: Storage) -> None:
        storage.add_job(job())
        with pytest.raises(NotFound):
            storage.get_job("j1", tenant="other")
        with pytest.raises(NotFound):
            storage.delete_job("j1", tenant="other", now=at(50))
        assert storage.get_job("j1") == job()
        assert storage.list_jobs(tenant="other", limit=9).rows == ()

    def test_listed_newest_first_in_pages(self, storage: Storage) -> None:
        for number in range(5):
            storage.add_job(job(f"j{number}", number, open=number != 3))
        first = storage.list_jobs(tenant="default", limit=2)
        assert [row.id for row in first.rows] == ["j4", "j3"]
        rest = storage.list_jobs(tenant="default", limit=9, cursor=first.cursor)
        assert [row.id for row in rest.rows] == ["j2", "j1", "j0"]
        open_ones = storage.list_jobs(tenant="default", limit=9, only_open=True)
        assert [row.id for row in open_ones.rows] == ["j4", "j2", "j1", "j0"]

    def test_deleting_takes_scores_and_work(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score()))
        storage.delete_job("j1", tenant="default", now=at(50))
        with pytest.raises(NotFound):
            storage.get_job("j1")
        with pytest.raises(NotFound):
            storage.get_score("j1", "r1")
        assert storage.ranking("j1", limit=9).rows == ()
        assert storage.count_work() == {}
        assert storage.get_resume("r1").status is ResumeStatus.DONE

    def test_what_no_database_can_store_is_refused(self, storage: Storage) -> None:
        with pytest.raises(InvalidRequest):
            storage.add_job(job(text="a\x00b"))
        assert storage.list_jobs(tenant="default", limit=9).rows == ()


class ScoringContract:
    def test_a_chunk_and_how_far_it_got(self, storage: Storage) -> None:
        finish(storage, "r1")
        finish(storage, "r2")
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        scores = [score("r1", seconds=5), score("r2", total=9, seconds=5)]
        assert storage.save_scores(
            scores, part=ScoringPart("j1"), owner="scorer", progress="r2", now=at(5)
        )
        assert storage.get_score("j1", "r2") == scores[1]
        item = claim(storage, "j1", "other", seconds=99, kind=SCORE)
        assert item is not None
        assert item.progress == "r2"

    def test_attempts_count_from_the_last_chunk(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.add_job(job())
        counted = []
        for number, progress in enumerate(("r1", "r1", "r2", "r3")):
            seconds = 2 * number * LEASE
            item = claim(storage, "j1", "scorer", seconds, kind=SCORE, max_attempts=9)
            assert item is not None
            storage.save_scores(
                [], part=ScoringPart("j1"), owner="scorer", progress=progress, now=at(seconds)
            )
            counted.append(item.attempts)
        assert counted == [1, 2, 3, 2]  # the second one saved nothing that was not there

    def test_candidates_come_by_id_with_their_profiles(self, storage: Storage) -> None:
        for number in (3, 1, 2):
            finish(storage, f"r{number}")
        finish(storage, "r4", outcome=failed())
        finish(storage, "r5", tenant="other")
        storage.add_job(job())

        def candidates(after: str | None) -> Sequence[Candidate]:
            return storage.candidates(
                ScoringPart("j1"), version="1", tenant="default", after=after, limit=2
            )

        assert candidates(None) == (Candidate("r1", profile()), Candidate("r2", profile()))
        assert candidates("r2") == (Candidate("r3", profile()),)

    def test_no_candidate_who_has_a_score_of_this_version(self, storage: Storage) -> None:
        storage.add_job(job())
        storage.add_job(job("j2"))
        finish(storage, "r1", done(score("r1"), score("r1", "j2")))
        finish(storage, "r2", done(score("r2", "j2", version="0")))

        def candidates(job_id: str) -> list[str]:
            found = storage.candidates(
                ScoringPart(job_id), version="1", tenant="default", after=None, limit=9
            )
            return [one.resume_id for one in found]

        assert candidates("j1") == ["r2"]
        assert candidates("j2") == ["r2"]

    def test_a_profile_may_be_missing_and_is_kept_with_the_score(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", replace(done(), profile=None))
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)

        def kept() -> StoredProfile | None:
            found = storage.candidates(
                ScoringPart("j1"), version="9", tenant="default", after=None, limit=9
            )
            return found[0].profile

        assert kept() is None
        made, nobody = profile("p2", "Baker"), profile("p2")
        assert storage.save_scores(
            [score("r1", seconds=4)],
            part=ScoringPart("j1"),
            owner="scorer",
            progress="r1",
            now=at(4),
            profiles={"r1": made, "r404": nobody},
        )
        assert kept() == made

    def test_a_score_that_changes_is_kept_as_the_earlier_one(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score(total=1)))
        assert storage.earlier_score("j1", "r1") is None
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        for seconds, total in ((4, 2), (5, 2)):
            again = [score("r1", total=total, seconds=seconds, version="2")]
            assert storage.save_scores(
                again, part=ScoringPart("j1"), owner="scorer", progress="r1", now=at(seconds)
            )
        first = score(total=1)
        assert storage.earlier_score("j1", "r1") == EarlierScore(1, first.ledger, "1")
        assert storage.get_score("j1", "r1").earlier_total == 1
        with pytest.raises(NotFound):
            storage.earlier_score("j1", "r404")

    def test_how_far_the_scoring_is(self, storage: Storage) -> None:
        with pytest.raises(NotFound):
            storage.scoring_progress("j404")
        finish(storage, "r1")
        finish(storage, "r2")
        finish(storage, "r3", tenant="other")
        storage.add_job(job())
        assert storage.scoring_progress("j1") == ScoringProgress(0, 2, WorkState.WAITING)
        claim(storage, "j1", "scorer", kind=SCORE)
        chunk = [score("r1", seconds=5)]
        storage.save_scores(chunk, part=ScoringPart("j1"), owner="scorer", progress="r1", now=at(5))
        assert storage.scoring_progress("j1") == ScoringProgress(1, 2, WorkState.RUNNING)
        storage.finish_work(SCORE, "j1", owner="scorer", now=at(9))
        assert storage.scoring_progress("j1") == ScoringProgress(1, 2, None)

    def test_a_job_is_scored_again(self, storage: Storage) -> None:
        storage.add_job(job())
        finish_scoring(storage)
        storage.score_again("j1", tenant="default", now=at(9))
        storage.score_again("j1", tenant="default", now=at(9))
        assert storage.count_work() == {(SCORE, WorkState.WAITING): 1}
        for job_id, tenant in (("j1", "other"), ("j404", "default")):
            with pytest.raises(NotFound):
                storage.score_again(job_id, tenant=tenant, now=at(9))

    def test_only_by_the_owner(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        chunk = [score("r1", seconds=5)]
        assert not storage.save_scores(
            chunk, part=ScoringPart("j1"), owner="x", progress="r1", now=at(5)
        )
        assert not storage.finish_work(SCORE, "j1", owner="x", now=at(9))
        with pytest.raises(NotFound):
            storage.get_score("j1", "r1")

    def test_a_newer_score_replaces_an_older_one(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score(total=1)))
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        chunk = [score("r1", total=2, seconds=4)]
        assert storage.save_scores(
            chunk, part=ScoringPart("j1"), owner="scorer", progress="r1", now=at(4)
        )
        assert storage.get_score("j1", "r1").total == 2

    def test_deleted_resumes_are_left_out(self, storage: Storage) -> None:
        finish(storage, "r1")
        finish(storage, "r2")
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        storage.delete_resume("r1", tenant="default", now=at(3))
        chunk = [score("r1", seconds=5), score("r2", seconds=5)]
        assert storage.save_scores(
            chunk, part=ScoringPart("j1"), owner="scorer", progress="r2", now=at(5)
        )
        assert [row.resume.id for row in storage.ranking("j1", limit=9).rows] == ["r2"]
        assert storage.scored_for("r1") == ()

    def test_the_jobs_that_a_resume_was_scored_for(self, storage: Storage) -> None:
        for job_id in ("j2", "j1", "j3"):
            storage.add_job(job(job_id))
        finish(storage, "r1", done(score("r1", "j2"), score("r1", "j1")))
        assert storage.scored_for("r1") == ("j1", "j2")

    def test_a_score_of_an_older_result_never_replaces_a_newer_ones(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score(total=1)))
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        storage.reprocess_resume("r1", tenant="default", now=at(4))
        claim(storage, "r1", seconds=5)
        stale = score("r1", total=1, seconds=5)
        storage.finish_resume("r1", done(score(total=2, seconds=6)), owner="worker", now=at(6))
        assert storage.save_scores(
            [stale], part=ScoringPart("j1"), owner="scorer", progress="r1", now=at(7)
        )
        assert storage.get_score("j1", "r1").total == 2
        assert storage.finish_work(SCORE, "j1", owner="scorer", now=at(9))
        assert storage.count_work() == {(SCORE, WorkState.WAITING): 1}

    def test_the_end_of_the_work(self, storage: Storage) -> None:
        storage.add_job(job())
        finish_scoring(storage)
        assert storage.count_work() == {}
        assert not storage.finish_work(SCORE, "j1", owner="scorer", now=at(9))


class ScoringPartsContract:
    def ids(self, storage: Storage, part: ScoringPart) -> list[str]:
        found = storage.candidates(part, version="1", tenant="default", after=None, limit=99)
        return [one.resume_id for one in found]

    def test_every_resume_is_in_one_part(self, storage: Storage) -> None:
        storage.add_job(job())
        everybody = [f"r{ending}" for ending in "0123456789abcdefxyz"]
        for resume_id in everybody:
            finish(storage, resume_id, replace(done(), scores=()))
        for of in (1, 2, 3, 16):
            parts = [self.ids(storage, ScoringPart("j1", number, of)) for number in range(of)]
            assert all(parts)
            assert sorted(one for part in parts for one in part) == everybody

    def test_how_many_there_are_to_score(self, storage: Storage) -> None:
        storage.add_job(job())
        for number in range(4):
            finish(storage, f"r{number}", replace(done(), scores=()))
        finish(storage, "r9", done(score("r9")))

        def count(most: int) -> int:
            return storage.count_candidates("j1", version="1", tenant="default", most=most)

        assert (count(9), count(3)) == (4, 3)

    def test_parts_take_the_place_of_the_whole(self, storage: Storage) -> None:
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        assert not storage.split_scoring("j1", 2, owner="other", now=at(2))
        assert not storage.is_scored_in_parts("j1")
        assert storage.split_scoring("j1", 2, owner="scorer", now=at(2))
        assert storage.is_scored_in_parts("j1")
        due = storage.due_work(now=at(2), dispatched_before=at(2), limit=9)
        assert [(item.kind, item.subject_id) for item in due] == [
            (SCORE, "j1.0.2"),
            (SCORE, "j1.1.2"),
        ]
        assert not storage.split_scoring("j1", 2, owner="scorer", now=at(2))

    def test_a_chunk_of_a_part_is_fenced_by_the_part(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", replace(done(), scores=()))
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        storage.split_scoring("j1", 2, owner="scorer", now=at(3))
        first, second = (ScoringPart("j1", number, 2) for number in range(2))
        claim(storage, first.subject_id, "one", seconds=3, kind=SCORE)
        claim(storage, second.subject_id, "two", seconds=3, kind=SCORE)
        chunk = [score("r1", seconds=4)]
        assert not storage.save_scores(chunk, part=second, owner="one", progress="r1", now=at(4))
        assert storage.save_scores(chunk, part=second, owner="two", progress="r1", now=at(4))
        assert storage.get_score("j1", "r1") == chunk[0]

    def test_how_far_the_parts_are(self, storage: Storage) -> None:
        storage.add_job(job())
        storage.add_job(job("j12"))
        claim(storage, "j1", "scorer", kind=SCORE)
        storage.split_scoring("j1", 2, owner="scorer", now=at(2))

        def state() -> WorkState | None:
            return storage.scoring_progress("j1").work

        assert state() is WorkState.WAITING
        for number, now in ((0, WorkState.WAITING), (1, None)):
            subject = ScoringPart("j1", number, 2).subject_id
            claim(storage, subject, "one", seconds=3, kind=SCORE)
            assert state() is WorkState.RUNNING
            assert storage.finish_work(SCORE, subject, owner="one", now=at(4))
            assert state() is now
        assert not storage.is_scored_in_parts("j1")
        assert storage.scoring_progress("j12").work is WorkState.WAITING

    def test_what_comes_while_parts_run_is_scored_after_them(self, storage: Storage) -> None:
        storage.add_job(job())
        claim(storage, "j1", "scorer", seconds=1, kind=SCORE)
        finish(storage, "r1", replace(done(), scores=()))
        assert storage.split_scoring("j1", 2, owner="scorer", now=at(3))
        due = storage.due_work(now=at(3), dispatched_before=at(3), limit=9)
        assert {item.subject_id for item in due} == {"j1", "j1.0.2", "j1.1.2"}

    def test_deleting_a_job_takes_its_parts(self, storage: Storage) -> None:
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        storage.split_scoring("j1", 3, owner="scorer", now=at(2))
        storage.delete_job("j1", tenant="default", now=at(3))
        assert storage.count_work() == {}


class RankingContract:
    def test_best_first_equals_by_id_in_pages(self, storage: Storage) -> None:
        storage.add_job(job())
        totals = {"r1": 10, "r2": 30, "r3": 20, "r4": 30, "r5": 20, "r6": 0}
        for resume_id, total in totals.items():
            outcome = done(score(resume_id, total=total), name=f"Person {resume_id}")
            finish(storage, resume_id, outcome)
        seen, cursor = [], None
        while True:
            page = storage.ranking("j1", limit=2, cursor=cursor)
            seen += [
                (one.resume.id, one.score.total, one.resume.candidate_name) for one in page.rows
            ]
            cursor = page.cursor
            if cursor is None:
                break
        order = ["r2", "r4", "r3", "r5", "r1", "r6"]
        assert seen == [(r, totals[r], f"Person {r}") for r in order]

    def test_a_row_has_record_and_ledger(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score(total=7)))
        (row,) = storage.ranking("j1", limit=9).rows
        assert row.score == score(total=7)
        assert row.resume == storage.get_resume("r1")

    def test_only_those_who_are_asked_for(self, storage: Storage) -> None:
        storage.add_job(job())
        facets = {
            "r1": Facets(musts_met=True, months=24, languages=("english", "german")),
            "r2": Facets(musts_met=True, months=60, languages=("english",)),
            "r3": Facets(musts_met=False, months=90, languages=("german",)),
            "r4": Facets(),
        }
        for number, (resume_id, known) in enumerate(facets.items()):
            finish(storage, resume_id, done(score(resume_id, total=100 - number, facets=known)))

        def ranked(**wanted: Any) -> list[str]:
            rows = storage.ranking("j1", limit=9, only=RankingFilter(**wanted)).rows
            assert all(row.score.facets == facets[row.resume.id] for row in rows)
            return [row.resume.id for row in rows]

        assert ranked() == ["r1", "r2", "r3", "r4"]
        assert ranked(musts_met=True) == ["r1", "r2"]
        assert ranked(min_months=60) == ["r2", "r3"]
        assert ranked(language="german") == ["r1", "r3"]
        assert ranked(language="germ") == []
        assert ranked(language="%") == []
        assert ranked(musts_met=True, min_months=25, language="english") == ["r2"]
        assert ranked(moved=True) == []

    def test_a_filtered_ranking_comes_in_pages(self, storage: Storage) -> None:
        storage.add_job(job())
        for number in range(6):
            known = Facets(musts_met=number % 2 == 0, months=0, languages=())
            finish(storage, f"r{number}", done(score(f"r{number}", total=number, facets=known)))
        seen, cursor = [], None
        while True:
            only = RankingFilter(musts_met=True)
            page = storage.ranking("j1", limit=1, cursor=cursor, only=only)
            seen += [row.resume.id for row in page.rows]
            if (cursor := page.cursor) is None:
                break
        assert seen == ["r4", "r2", "r0"]

    def test_those_that_moved(self, storage: Storage) -> None:
        storage.add_job(job())
        for resume_id in ("r1", "r2", "r3"):
            finish(storage, resume_id, done(score(resume_id, total=5)))
        claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        again = [score("r1", total=5, seconds=4), score("r2", total=7, seconds=4)]
        storage.save_scores(again, part=ScoringPart("j1"), owner="scorer", progress="r2", now=at(4))
        (row,) = storage.ranking("j1", limit=9, only=RankingFilter(moved=True)).rows
        assert (row.resume.id, row.score.total, row.score.earlier_total) == ("r2", 7, 5)

    def test_an_unknown_job_has_none(self, storage: Storage) -> None:
        assert storage.ranking("j404", limit=9).rows == ()
        with pytest.raises(NotFound):
            storage.get_score("j404", "r1")
        with pytest.raises(InvalidRequest):
            storage.ranking("j404", limit=9, cursor="nonsense")


class LifeContract:
    def test_it_answers(self, storage: Storage) -> None:
        storage.ping()
