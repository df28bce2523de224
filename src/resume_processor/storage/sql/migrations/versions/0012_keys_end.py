"""When an API key ends by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("expires_at", UtcTime()))


def downgrade() -> None:
    op.drop_column("api_keys", "expires_at")
