"""Settings as environment variables, for the processes that a supervisor starts."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from resume_processor.settings import Settings


def environment_of(settings: Settings, redis_url: str) -> dict[str, str]:
    """What makes ``Settings()`` in a child come out like ``settings``, with this Redis."""
    prefix = Settings.model_config.get("env_prefix", "")
    set_fields = settings.model_fields_set - {"redis_url", "database_url", "blob_url"}
    variables = {
        f"{prefix}{name.upper()}": _written(getattr(settings, name)) for name in sorted(set_fields)
    }
    variables["REDIS_URL"] = redis_url
    variables[f"{prefix}DATA_DIR"] = str(settings.data_dir.resolve())
    if settings.database_url is not None:
        variables["DATABASE_URL"] = settings.database_url
    if settings.blob_url is not None:
        variables["BLOB_URL"] = settings.blob_url
    return variables


def _written(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
