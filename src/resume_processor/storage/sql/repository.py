"""The storage in a database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from sqlalchemy import exc, text

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql.audit import SqlAudit
from resume_processor.storage.sql.batches import SqlBatches
from resume_processor.storage.sql.changes import SqlChanges
from resume_processor.storage.sql.corrections import SqlCorrections
from resume_processor.storage.sql.database import Database
from resume_processor.storage.sql.decisions import SqlDecisions
from resume_processor.storage.sql.erasures import SqlErasures
from resume_processor.storage.sql.figures import SqlFigures
from resume_processor.storage.sql.holds import SqlHolds
from resume_processor.storage.sql.jobs import SqlJobs
from resume_processor.storage.sql.keys import SqlKeys
from resume_processor.storage.sql.rankings import SqlRankings
from resume_processor.storage.sql.resume_moves import SqlResumeMoves
from resume_processor.storage.sql.resumes import SqlResumes
from resume_processor.storage.sql.retention import SqlRetention
from resume_processor.storage.sql.scores import SqlScores
from resume_processor.storage.sql.scoring_parts import SqlScoringParts
from resume_processor.storage.sql.viewings import SqlViewings
from resume_processor.storage.sql.webhooks import SqlWebhooks
from resume_processor.storage.sql.work import SqlWork
from resume_processor.storage.sql.work_queries import SqlWorkQueries
from resume_processor.workflow.ports import Clock


class SqlStorage(
    SqlResumes,
    SqlResumeMoves,
    SqlErasures,
    SqlRetention,
    SqlWork,
    SqlWorkQueries,
    SqlJobs,
    SqlScores,
    SqlScoringParts,
    SqlRankings,
    SqlBatches,
    SqlCorrections,
    SqlDecisions,
    SqlHolds,
    SqlFigures,
    SqlWebhooks,
    SqlAudit,
    SqlViewings,
    SqlKeys,
):
    """``Storage`` at a SQLAlchemy URL (``Settings.effective_database_url``), migrated before.

    Thread-safe. Connections are opened when they are needed, and anew in a forked child.
    """

    def __init__(self, url: str) -> None:
        super().__init__(Database(url))

    def changes(self, clock: Clock) -> SqlChanges:
        """Who wants to know of changes asks here, once a process; ``close`` it."""
        return SqlChanges(self._database.url, self, clock)

    def ping(self) -> None:
        """Raises StorageUnavailable."""
        try:
            with self._database.read() as connection:
                connection.execute(text("SELECT 1 FROM work WHERE 1 = 0"))
        except exc.ProgrammingError as error:
            raise StorageUnavailable("The database has no tables yet.") from error

    def close(self) -> None:
        """Give connections back."""
        self._database.close()
