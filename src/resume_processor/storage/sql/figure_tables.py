"""The tables of what an operator watches."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, String, Table

from resume_processor.storage.sql.columns import UtcTime
from resume_processor.storage.sql.metadata import METADATA

#: Running totals; ``slot`` spreads each over several rows, so that workers do not wait for one.
totals = Table(
    "totals",
    METADATA,
    Column("family", String(32), primary_key=True),
    Column("of", String(32), primary_key=True),
    Column("label", String(64), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("amount", Double, nullable=False),
)

#: The workers that are there, by their own last words.
workers = Table(
    "workers",
    METADATA,
    Column("instance", String(255), primary_key=True),
    Column("children", Integer, nullable=False),
    Column("memory_bytes", BigInteger),
    Column("seen_at", UtcTime, nullable=False),
)
