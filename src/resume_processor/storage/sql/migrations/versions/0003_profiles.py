"""Profiles beside the results; scores with what a ranking is filtered by, ledgers compressed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import JsonText, PackedJson, UtcTime

revision = "0003"
down_revision = "0002"

#: Ledgers rewritten between two reads.
CHUNK = 500

_NEW = (
    ("musts_met", sa.Boolean()),
    ("months", sa.Integer()),
    ("languages", sa.Text()),
    ("earlier_total", sa.Integer()),
    ("earlier_version", sa.String(255)),
    ("body", PackedJson()),
    ("earlier_body", PackedJson()),
)
_SCORES = sa.table(
    "scores",
    sa.column("job_id"),
    sa.column("resume_id"),
    sa.column("ledger", JsonText()),
    sa.column("body", PackedJson()),
)
_FILTERED = ("musts_met", "months", "languages", "earlier_total")


def upgrade() -> None:
    _add_profiles()
    for name, kind in _NEW:
        op.add_column("scores", sa.Column(name, kind))
    _rewrite("ledger", "body")
    op.drop_index("ix_scores_ranking", "scores")
    op.drop_column("scores", "ledger")
    _add_ranking(*_FILTERED)


def downgrade() -> None:
    op.drop_index("ix_scores_ranking", "scores")
    op.add_column("scores", sa.Column("ledger", JsonText(), nullable=False, server_default="{}"))
    _rewrite("body", "ledger")
    for name, _ in _NEW:
        op.drop_column("scores", name)
    _add_ranking()
    op.drop_table("profiles")


def _add_profiles() -> None:
    """Empty ones for the results that are there: scoring makes them when it meets them."""
    op.create_table(
        "profiles",
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("version", sa.String(255), nullable=False),
        sa.Column("body", PackedJson()),
        sa.PrimaryKeyConstraint("resume_id", name="pk_profiles"),
        sa.ForeignKeyConstraint(
            ["resume_id"], ["resumes.id"], name="fk_profiles_resume_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_profiles_tenant_resume_id", "profiles", ["tenant", "resume_id"])
    op.execute(
        "INSERT INTO profiles (resume_id, tenant, updated_at, version)"
        " SELECT resume_id, tenant, updated_at, '' FROM results"
    )


def _add_ranking(*filtered: str) -> None:
    columns: list[str | sa.TextClause] = ["job_id", sa.text("total DESC"), "resume_id", *filtered]
    op.create_index("ix_scores_ranking", "scores", columns)


def _rewrite(source: str, target: str) -> None:
    """The ledgers from one column to the other."""
    connection, after = op.get_bind(), ("", "")
    key = sa.tuple_(_SCORES.c.job_id, _SCORES.c.resume_id)
    while True:
        chunk = connection.execute(
            sa.select(_SCORES.c.job_id, _SCORES.c.resume_id, _SCORES.c[source])
            .where(key > sa.tuple_(*after))
            .order_by(_SCORES.c.job_id, _SCORES.c.resume_id)
            .limit(CHUNK)
        ).all()
        if not chunk:
            return
        statement = (
            sa.update(_SCORES)
            .where(
                _SCORES.c.job_id == sa.bindparam("job"),
                _SCORES.c.resume_id == sa.bindparam("resume"),
            )
            .values({target: sa.bindparam("value", type_=_SCORES.c[target].type)})
        )
        connection.execute(
            statement,
            [{"job": row[0], "resume": row[1], "value": row[2]} for row in chunk],
        )
        after = (chunk[-1][0], chunk[-1][1])
