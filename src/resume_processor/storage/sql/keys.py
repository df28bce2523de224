"""API keys and sign-ins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, or_, select, update

from resume_processor.errors import NotFound
from resume_processor.storage import audited
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.database import insert_new
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.key_port import ApiKey, Scope, SignIn

_KEYS, _SIGN_INS = tables.api_keys, tables.sign_ins

# Built once: building a statement costs as much as running it, and these run at each request.
_FIND_KEY = select(_KEYS).where(_KEYS.c.digest == bindparam("its_digest"))
_HAS_KEYS = select(exists().where(_KEYS.c.id.is_not(None)))
_USED = update(_KEYS).where(_KEYS.c.id == bindparam("key")).values(last_used_at=bindparam("at"))
_VALID = (
    _SIGN_INS.c.digest == bindparam("its_digest"),
    _SIGN_INS.c.expires_at > bindparam("now"),
    _SIGN_INS.c.once == bindparam("is_once"),
    or_(
        _SIGN_INS.c.key_id.is_(None),
        exists().where(
            _KEYS.c.id == _SIGN_INS.c.key_id,
            _KEYS.c.revoked_at.is_(None),
            or_(_KEYS.c.expires_at.is_(None), _KEYS.c.expires_at > bindparam("now")),
        ),
    ),
)
_FIND_SIGN_IN = select(_SIGN_INS).where(*_VALID)
_TAKE = delete(_SIGN_INS).where(*_VALID).returning(*_SIGN_INS.c)
_END = delete(_SIGN_INS).where(_SIGN_INS.c.digest == bindparam("its_digest"))


class SqlKeys(SqlPart):
    """``KeyStore``."""

    def add_key(self, key: ApiKey) -> bool:
        """See ``KeyStore``."""
        values = {
            "id": key.id,
            "tenant": key.tenant,
            "name": key.name,
            "prefix": key.prefix,
            "digest": key.digest,
            "scopes": _written(key.scopes),
            "created_at": key.created_at,
            "last_used_at": key.last_used_at,
            "revoked_at": key.revoked_at,
            "expires_at": key.expires_at,
        }
        with self._database.write() as connection:
            if not insert_new(connection, _KEYS, values, key=("digest",)):
                return False
            told = [audited.of_key(key)]
            note_down(connection, self.actor, key.tenant, key.created_at, told)
            return True

    def find_key(self, digest: str) -> ApiKey | None:
        """See ``KeyStore``."""
        with self._database.read() as connection:
            row = connection.execute(_FIND_KEY, {"its_digest": digest}).one_or_none()
        return None if row is None else _to_key(row)

    def list_keys(self, *, tenant: str | None = None) -> Sequence[ApiKey]:
        """See ``KeyStore``."""
        query = select(_KEYS).order_by(_KEYS.c.created_at.desc(), _KEYS.c.id.desc())
        if tenant is not None:
            query = query.where(_KEYS.c.tenant == tenant)
        with self._database.read() as connection:
            return [_to_key(row) for row in connection.execute(query)]

    def has_keys(self) -> bool:
        """See ``KeyStore``."""
        with self._database.read() as connection:
            return bool(connection.execute(_HAS_KEYS).scalar_one())

    def revoke_key(self, key_id: str, *, tenant: str | None = None, now: datetime) -> ApiKey:
        """See ``KeyStore``."""
        query = select(_KEYS).where(_KEYS.c.id == key_id).with_for_update()
        with self._database.write() as connection:
            row = connection.execute(query).one_or_none()
            if row is None or tenant not in (None, row.tenant):
                raise NotFound("There is no such key.")
            if row.revoked_at is None:
                change = update(_KEYS).where(_KEYS.c.id == key_id).values(revoked_at=now)
                connection.execute(change)
                told = [Happening(Action.KEY_REVOKED, key_id)]
                note_down(connection, self.actor, row.tenant, now, told)
            connection.execute(delete(_SIGN_INS).where(_SIGN_INS.c.key_id == key_id))
            return _to_key(connection.execute(query).one())

    def note_key_use(self, key_id: str, *, now: datetime) -> None:
        """See ``KeyStore``."""
        with self._database.write(light=True) as connection:
            connection.execute(_USED, {"key": key_id, "at": now})

    def add_sign_in(self, sign_in: SignIn) -> None:
        """See ``KeyStore``."""
        values = {
            "digest": sign_in.digest,
            "tenant": sign_in.tenant,
            "scopes": _written(sign_in.scopes),
            "key_id": sign_in.key_id,
            "created_at": sign_in.created_at,
            "expires_at": sign_in.expires_at,
            "once": sign_in.once,
        }
        ended = delete(_SIGN_INS).where(_SIGN_INS.c.expires_at <= sign_in.created_at)
        with self._database.write() as connection:
            connection.execute(ended)
            connection.execute(insert(_SIGN_INS), values)

    def find_sign_in(self, digest: str, *, now: datetime) -> SignIn | None:
        """See ``KeyStore``."""
        asked = {"its_digest": digest, "now": now, "is_once": False}
        with self._database.read() as connection:
            row = connection.execute(_FIND_SIGN_IN, asked).one_or_none()
        return None if row is None else _to_sign_in(row)

    def take_link(self, digest: str, *, now: datetime) -> SignIn | None:
        """See ``KeyStore``."""
        asked = {"its_digest": digest, "now": now, "is_once": True}
        with self._database.write() as connection:
            row = connection.execute(_TAKE, asked).one_or_none()
        return None if row is None else _to_sign_in(row)

    def end_sign_in(self, digest: str) -> None:
        """See ``KeyStore``."""
        with self._database.write() as connection:
            connection.execute(_END, {"its_digest": digest})


def _written(scopes: Iterable[Scope]) -> str:
    return " ".join(sorted(scope.value for scope in scopes))


def _read(written: str) -> frozenset[Scope]:
    return frozenset(Scope(one) for one in written.split())


def _to_key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        tenant=row.tenant,
        name=row.name,
        prefix=row.prefix,
        digest=row.digest,
        scopes=_read(row.scopes),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        expires_at=row.expires_at,
    )


def _to_sign_in(row: Row[Any]) -> SignIn:
    return SignIn(
        digest=row.digest,
        tenant=row.tenant,
        scopes=_read(row.scopes),
        key_id=row.key_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        once=row.once,
    )
