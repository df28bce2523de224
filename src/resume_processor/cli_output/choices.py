"""What the options of the commands may be; light, so that ``--help`` is there at once."""

from __future__ import annotations

from enum import StrEnum


class ParseFormat(StrEnum):
    """What is written of a parsed resume."""

    JSON_RESUME = "json-resume"
    FULL = "full"


class ScoreFormat(StrEnum):
    """How scores are shown."""

    TABLE = "table"
    JSON = "json"


class KeyScope(StrEnum):
    """What a key can allow."""

    SUBMIT = "submit"
    READ = "read"
    MANAGE = "manage"
    OPERATE = "operate"
