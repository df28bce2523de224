"""API keys: who may call, and what for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from resume_processor.api.dependencies import ID_PATTERN, Calling, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.keys import (
    KeyList,
    KeyWithSecret,
    NewKeyBody,
    key_of,
    new_key_of,
)
from resume_processor.errors import Forbidden
from resume_processor.workflow.key_port import Scope, allowed_by
from resume_processor.workflow.keys import Caller, create_key, end_by

router = APIRouter(prefix="/v1/keys", tags=["keys"])

KeyId = Annotated[str, Path(pattern=ID_PATTERN, description="The key's id.")]


@router.post("", status_code=HTTPStatus.CREATED, summary="Make a key", responses=problems(422))
def add_key(
    services: Wired, caller: Calling, body: NewKeyBody, response: Response
) -> KeyWithSecret:
    """The key is in the answer this once; only its SHA-256 is stored.

    A key gives no more than it has itself, and for no longer. The first key of a service ends its
    being open to its own machine: from then on every request needs one.
    """
    tenant = body.tenant or caller.tenant
    if tenant != caller.tenant and not caller.may(Scope.OPERATE):
        raise Forbidden("A key of another tenant is made with the scope `operate`.")
    if not allowed_by(body.scopes) <= caller.scopes:
        raise Forbidden("A key cannot give a scope that it has not got itself.")
    until = end_by(caller, body.expires_at, services)
    new = create_key(body.name, body.scopes, tenant, services, expires_at=until)
    response.headers["Cache-Control"] = "no-store"
    return new_key_of(new)


@router.get("", summary="List keys", responses=problems())
def list_keys(services: Wired, caller: Calling) -> KeyList:
    """The tenant's keys, newest first, revoked and expired ones too.

    With `operate` those of all tenants.
    """
    return KeyList(items=tuple(map(key_of, services.storage.list_keys(tenant=within(caller)))))


@router.delete(
    "/{key_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Revoke a key",
    responses=problems(404, 422),
)
def revoke_key(services: Wired, caller: Calling, key_id: KeyId) -> None:
    """It holds no more, from the next request on, and neither do sessions begun with it."""
    services.storage.revoke_key(key_id, tenant=within(caller), now=services.clock.now())


def within(caller: Caller) -> str | None:
    """The tenant whose keys the caller administers; None: all."""
    return None if caller.may(Scope.OPERATE) else caller.tenant
