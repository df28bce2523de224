"""The scoring of a job as the workflow sees it: who is to be scored, what came out, by whom.

The rules of ``storage_port`` hold here as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from resume_processor.workflow.stored_values import (
    Candidate,
    EarlierScore,
    Listing,
    RankedResume,
    RankingFilter,
    ScoreRecord,
    ScoringPart,
    ScoringProgress,
    StoredProfile,
)

#: The whole ranking.
EVERYBODY = RankingFilter()


class ScoringStore(Protocol):
    """Scores in chunks, of all resumes or of parts of them, and what a ranking is made of."""

    def candidates(
        self, part: ScoringPart, *, version: str, tenant: str, after: str | None, limit: int
    ) -> Sequence[Candidate]:
        """Resumes of a part with a result, by resume id behind ``after``, for scoring in chunks.

        Left out are those that have a score of ``version`` for the job, so that a second run over
        all of them costs nothing for those that the first one did.
        """
        ...

    def save_scores(
        self,
        scores: Sequence[ScoreRecord],
        *,
        part: ScoringPart,
        owner: str,
        progress: str | None,
        now: datetime,
        profiles: Mapping[str, StoredProfile] | None = None,
    ) -> bool:
        """A chunk of a SCORE_JOB and how far it got; False where the work is not the owner's.

        Where it came further, the attempts count from here (so with ``BatchStore.add_members``).
        Left out are scores of resumes that were deleted meanwhile, and those older (by
        ``created_at``) than the resume's present result: the job is then scored once more.
        ``profiles`` are those that were made on the way, by resume id; what is left out of the
        scores is left out of them. A score that is replaced by another ledger is kept as the
        earlier one.
        """
        ...

    def split_scoring(self, job_id: str, parts: int, *, owner: str, now: datetime) -> bool:
        """Replace the scoring of a job by that many parts, for several workers at once.

        Where something new came for it meanwhile (``WorkItem.again``) it waits beside them. False
        where the work is not the owner's any more.
        """
        ...

    def is_scored_in_parts(self, job_id: str) -> bool:
        """Whether parts of its scoring wait or run."""
        ...

    def count_candidates(self, job_id: str, *, version: str, tenant: str, most: int) -> int:
        """How many ``candidates`` there are for it, at most ``most``."""
        ...

    def score_again(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """Have the scoring of a job start (once more). Raises NotFound."""
        ...

    def scoring_progress(self, job_id: str) -> ScoringProgress:
        """How far it is. Raises NotFound."""
        ...

    def ranking(
        self,
        job_id: str,
        *,
        limit: int,
        cursor: str | None = None,
        only: RankingFilter = EVERYBODY,
    ) -> Listing[RankedResume]:
        """Best first; equal totals by resume id. Empty for an unknown job."""
        ...

    def get_score(self, job_id: str, resume_id: str) -> ScoreRecord:
        """Raises NotFound."""
        ...

    def scored_for(self, resume_id: str) -> Sequence[str]:
        """Ids of the jobs that this resume has a score for, in their order."""
        ...

    def earlier_score(self, job_id: str, resume_id: str) -> EarlierScore | None:
        """What the score was before it last changed; None where it never did. Raises NotFound."""
        ...
