"""What all bodies of the API have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """A body of the API; immutable."""

    model_config = ConfigDict(frozen=True)


class RequestBody(Body):
    """A body that a client sends: a member that we do not know is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid")
