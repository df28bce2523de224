"""API keys and sign-ins, and their storage as the workflow sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Scope(StrEnum):
    """What a key allows within its tenant; OPERATE alone goes beyond it."""

    SUBMIT = "submit"  #: bring resumes, batches and jobs in
    READ = "read"  #: look at everything
    MANAGE = "manage"  #: change and delete; keys, webhooks, dead letters; includes the two above
    OPERATE = "operate"  #: figures of the whole service; with MANAGE: keys of every tenant


#: Everything, as the person at the machine may.
ALL_SCOPES = frozenset(Scope)

#: What MANAGE allows by itself.
_MANAGED = frozenset({Scope.SUBMIT, Scope.READ, Scope.MANAGE})


def allowed_by(scopes: Iterable[Scope]) -> frozenset[Scope]:
    """All that these scopes allow."""
    given = frozenset(scopes)
    return given | _MANAGED if Scope.MANAGE in given else given


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is stored: ``digest`` is its SHA-256 in hex, ``prefix`` how people know it."""

    id: str
    tenant: str
    name: str
    prefix: str
    digest: str
    scopes: frozenset[Scope]
    created_at: datetime
    last_used_at: datetime | None = None  #: within ``keys.COARSE`` of the truth
    revoked_at: datetime | None = None
    expires_at: datetime | None = None  #: from then on it does not hold; None: it has no end

    def holds(self, now: datetime) -> bool:
        """Whether it was not revoked and has not run out."""
        in_time = self.expires_at is None or now < self.expires_at
        return in_time and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser's session, or (``once``) a link that begins one; ``digest`` is its secret's.

    Without ``key_id`` it was made by the person at the machine; else it ends with its key.
    """

    digest: str
    tenant: str
    scopes: frozenset[Scope]
    key_id: str | None
    created_at: datetime
    expires_at: datetime
    once: bool = False


class KeyStore(Protocol):
    """Keys and sign-ins; of neither the secret is stored."""

    def add_key(self, key: ApiKey) -> bool:
        """False where its digest is known already; then nothing is stored."""
        ...

    def find_key(self, digest: str) -> ApiKey | None:
        """The key, also where it was revoked or has run out."""
        ...

    def list_keys(self, *, tenant: str | None = None) -> Sequence[ApiKey]:
        """Newest first, revoked ones and those that ran out too."""
        ...

    def has_keys(self) -> bool:
        """Whether there ever was a key, of whatever tenant."""
        ...

    def revoke_key(self, key_id: str, *, tenant: str | None = None, now: datetime) -> ApiKey:
        """Its sign-ins end with it; a second time changes nothing. Raises NotFound."""
        ...

    def note_key_use(self, key_id: str, *, now: datetime) -> None:
        """It was used; nothing happens where it is not known."""
        ...

    def add_sign_in(self, sign_in: SignIn) -> None:
        """Those that ran out before it was made are removed."""
        ...

    def find_sign_in(self, digest: str, *, now: datetime) -> SignIn | None:
        """A session that has not run out and whose key, if any, holds; never a link."""
        ...

    def take_link(self, digest: str, *, now: datetime) -> SignIn | None:
        """A link that has not run out and whose key holds; it is gone afterwards, whoever asks."""
        ...

    def end_sign_in(self, digest: str) -> None:
        """It ends; nothing happens where it is not known."""
        ...
