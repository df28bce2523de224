"""Bodies about API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, ConfigDict, Field

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.workflow.key_port import ApiKey, Scope
from resume_processor.workflow.keys import NewKey

NEW_KEY_EXAMPLE: dict[str, Any] = {"name": "careers site", "scopes": ["submit"]}

KEY_EXAMPLE: dict[str, Any] = {
    "id": "0198c0de-5555-7b52-9d0e-3f5a6b7c8d9e",
    "tenant": "default",
    **NEW_KEY_EXAMPLE,
    "prefix": "rp_Zk3v9Q",
    "created_at": "2026-03-01T09:00:00Z",
    "last_used_at": None,
    "revoked_at": None,
    "expires_at": "2027-03-01T00:00:00Z",
}


class NewKeyBody(RequestBody):
    """A key to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [NEW_KEY_EXAMPLE]})

    name: str = Field(
        min_length=1, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$", description="For people."
    )
    scopes: tuple[Scope, ...] = Field(
        min_length=1, max_length=len(Scope), description="What it allows."
    )
    tenant: str | None = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$",
        description="Whose data it sees; your own where left out. Another one needs `operate`.",
    )
    expires_at: AwareDatetime | None = Field(
        None,
        description="From then on it does not hold: a time with its offset, to come, and not after "
        "your own key's. Left out: your own key's end, if it has one, else none.",
    )


class KeyReport(Body):
    """A key, without what it consists of."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEY_EXAMPLE]})

    id: str
    tenant: str
    name: str
    scopes: tuple[Scope, ...]
    prefix: str = Field(description="How it begins, to know it by.")
    created_at: datetime
    last_used_at: datetime | None = Field(description="To within ten minutes.")
    revoked_at: datetime | None = Field(description="Since when it does not hold.")
    expires_at: datetime | None = Field(description="From when on it does not hold; null: no end.")


class KeyWithSecret(KeyReport):
    """A key as it is answered once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**KEY_EXAMPLE, "key": "rp_Zk3v9QhrscChlQIMVXb5sSYspob7oDzuXQgmpl2e0TA"}]
        }
    )

    key: str = Field(description="The key itself. It is shown this once and stored nowhere.")


class KeyList(Body):
    """Keys, newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [KEY_EXAMPLE]}]})

    items: tuple[KeyReport, ...]


def key_of(key: ApiKey) -> KeyReport:
    """The public view of a key."""
    return KeyReport(**_members(key))


def new_key_of(new: NewKey) -> KeyWithSecret:
    """The public view of a key that was just made."""
    return KeyWithSecret(**_members(new.key), key=new.secret)


def _members(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "tenant": key.tenant,
        "name": key.name,
        "scopes": tuple(scope for scope in Scope if scope in key.scopes),
        "prefix": key.prefix,
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
        "revoked_at": key.revoked_at,
        "expires_at": key.expires_at,
    }
