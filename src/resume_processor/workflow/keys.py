"""Who is calling: API keys and sign-ins made, recognised and ended.

A secret has 256 random bits, so its SHA-256 tells nothing about it and finding it by that digest
tells nothing by the time it takes; a slow hash would only cost.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from resume_processor.errors import Forbidden, InvalidRequest
from resume_processor.workflow.audit_port import LOCAL
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.key_port import ALL_SCOPES, ApiKey, Scope, SignIn, allowed_by
from resume_processor.workflow.parts import Parts

#: Whose data is worked with where nobody says whose.
DEFAULT_TENANT = "default"

#: Begins every key, so that scanners for secrets can know one.
KEY_START = "rp_"

#: Random bytes of a key, of a session and of a link.
SECRET_BYTES = 32

#: Characters of a key by which people know it; 36 random bits of its 256.
SHOWN = len(KEY_START) + 6

#: When a key was last used is noted again after this.
COARSE = timedelta(minutes=10)

#: How long a sign-in link waits to be opened.
LINK_LIFE = timedelta(minutes=15)

#: Shortest key that somebody may bring along.
SHORTEST_KEY = 32

#: A key that is to end ends within this, so that a year that was mistyped is told.
LONGEST_LIFE = timedelta(days=36525)

#: Carries a session in a browser.
SESSION_COOKIE = "resume_processor_session"

#: Begins the id of the key that comes from the settings.
_BOOTSTRAP = "bootstrap-"

_TENANT = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: whose data, what is allowed, and by which key (None: at the machine itself)."""

    tenant: str
    scopes: frozenset[Scope]
    key_id: str | None = None

    @property
    def actor(self) -> str:
        """As the audit log names who did something."""
        return LOCAL if self.key_id is None else f"key:{self.key_id}"

    def may(self, scope: Scope) -> bool:
        """Whether this is allowed."""
        return scope in self.scopes


#: Everybody, while the service has no keys and answers on this machine only.
OPEN_CALLER = Caller(DEFAULT_TENANT, ALL_SCOPES)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is told once: ``secret`` is nowhere else."""

    key: ApiKey
    secret: str


def create_key(
    name: str,
    scopes: Iterable[Scope],
    tenant: str,
    parts: Parts,
    *,
    expires_at: datetime | None = None,
) -> NewKey:
    """Make a key and store what is needed to know it again; ``expires_at`` has its offset.

    Raises InvalidRequest.
    """
    wanted, now = frozenset(scopes), parts.clock.now()
    if not _TENANT.fullmatch(tenant):
        raise InvalidRequest(
            "A tenant is named with up to 63 lower-case letters, digits, '.', '_' and '-'."
        )
    if not name.strip() or len(name) > _LONGEST_NAME or "\x00" in name:
        raise InvalidRequest(f"A key is named with up to {_LONGEST_NAME} characters.")
    if not wanted:
        raise InvalidRequest("A key needs at least one scope.")
    if expires_at is not None and not now < expires_at <= now + LONGEST_LIFE:
        raise InvalidRequest("A key ends in the future, within a hundred years.")
    secret = KEY_START + secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        id=new_id(now),
        tenant=tenant,
        name=name.strip(),
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=wanted,
        created_at=now,
        expires_at=expires_at and expires_at.astimezone(UTC),
    )
    parts.storage.add_key(key)
    return NewKey(key, secret)


def end_by(caller: Caller, wanted: datetime | None, parts: Parts) -> datetime | None:
    """When a key that this caller makes ends: as wanted, and never after the caller's own.

    A key that runs out could else be made to last for ever by who stole it. Raises Forbidden.
    """
    keys = parts.storage.list_keys(tenant=caller.tenant)
    own = next((one.expires_at for one in keys if one.id == caller.key_id), None)
    if own is not None and wanted is not None and wanted > own:
        raise Forbidden("A key cannot give longer than it holds itself.")
    return wanted or own


def ensure_bootstrap_key(parts: Parts) -> None:
    """Have the key of the settings, if there is one, in force; an earlier one of theirs ends.

    One that was revoked stays so. Raises InvalidRequest where it is too short to be safe.
    """
    setting = parts.settings.bootstrap_key
    if setting is None or not (secret := setting.get_secret_value()):
        return
    if len(secret) < SHORTEST_KEY:
        raise InvalidRequest(
            f"RESUME_PROCESSOR_BOOTSTRAP_KEY has fewer than {SHORTEST_KEY} characters; "
            "`openssl rand -hex 32` makes a good one."
        )
    digest, now = digest_of(secret), parts.clock.now()
    key = ApiKey(
        id=_BOOTSTRAP + digest[:16],
        tenant=DEFAULT_TENANT,
        name="bootstrap",
        prefix=secret[:SHOWN],
        digest=digest,
        scopes=ALL_SCOPES,
        created_at=now,
    )
    parts.storage.add_key(key)
    for one in parts.storage.list_keys(tenant=DEFAULT_TENANT):
        if one.id.startswith(_BOOTSTRAP) and one.id != key.id and one.revoked_at is None:
            parts.storage.revoke_key(one.id, now=now)


def caller_of_key(secret: str, parts: Parts) -> Caller | None:
    """Who has this key; None where it is unknown, was revoked or has run out."""
    key, now = parts.storage.find_key(digest_of(secret)), parts.clock.now()
    if key is None or not key.holds(now):
        return None
    if key.last_used_at is None or now - key.last_used_at >= COARSE:
        parts.storage.note_key_use(key.id, now=now)
    return Caller(key.tenant, allowed_by(key.scopes), key.id)


def caller_of_session(secret: str, parts: Parts) -> Caller | None:
    """Whose browser this is; None where the session ended."""
    found = parts.storage.find_sign_in(digest_of(secret), now=parts.clock.now())
    return None if found is None else Caller(found.tenant, allowed_by(found.scopes), found.key_id)


def sign_in_with_key(secret: str, parts: Parts) -> str | None:
    """The secret of a new session for who has this key; None where it does not hold."""
    caller = caller_of_key(secret, parts)
    return None if caller is None else _begin(caller, _session_life(parts), parts)


def sign_in_with_link(secret: str, parts: Parts) -> str | None:
    """The secret of a new session for who opens this link; None where it was opened before."""
    link = parts.storage.take_link(digest_of(secret), now=parts.clock.now())
    if link is None:
        return None
    return _begin(Caller(link.tenant, link.scopes, link.key_id), _session_life(parts), parts)


def sign_in_link(parts: Parts) -> str:
    """The secret of a link for the person at the machine: all scopes, once, soon."""
    return _begin(OPEN_CALLER, LINK_LIFE, parts, once=True)


def sign_out(secret: str, parts: Parts) -> None:
    """End a session."""
    parts.storage.end_sign_in(digest_of(secret))


def _session_life(parts: Parts) -> timedelta:
    return timedelta(hours=parts.settings.session_hours)


def _begin(caller: Caller, life: timedelta, parts: Parts, *, once: bool = False) -> str:
    secret, now = secrets.token_urlsafe(SECRET_BYTES), parts.clock.now()
    parts.storage.add_sign_in(
        SignIn(
            digest=digest_of(secret),
            tenant=caller.tenant,
            scopes=caller.scopes,
            key_id=caller.key_id,
            created_at=now,
            expires_at=now + life,
            once=once,
        )
    )
    return secret


def digest_of(secret: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
