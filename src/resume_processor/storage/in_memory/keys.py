"""API keys and sign-ins in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.storage import audited
from resume_processor.storage.in_memory.tables import Part
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.key_port import ApiKey, SignIn


class MemoryKeys(Part):
    """``KeyStore``."""

    def add_key(self, key: ApiKey) -> bool:
        """See ``KeyStore``."""
        with self._lock:
            if any(one.digest == key.digest for one in self._tables.keys.values()):
                return False
            self._tables.keys[key.id] = key
            self._note(key.tenant, key.created_at, audited.of_key(key))
            return True

    def find_key(self, digest: str) -> ApiKey | None:
        """See ``KeyStore``."""
        with self._lock:
            found = (one for one in self._tables.keys.values() if one.digest == digest)
            return next(found, None)

    def list_keys(self, *, tenant: str | None = None) -> Sequence[ApiKey]:
        """See ``KeyStore``."""
        with self._lock:
            keys = [one for one in self._tables.keys.values() if tenant in (None, one.tenant)]
        return sorted(keys, key=lambda one: (one.created_at, one.id), reverse=True)

    def has_keys(self) -> bool:
        """See ``KeyStore``."""
        with self._lock:
            return bool(self._tables.keys)

    def revoke_key(self, key_id: str, *, tenant: str | None = None, now: datetime) -> ApiKey:
        """See ``KeyStore``."""
        with self._lock:
            key = self._tables.keys.get(key_id)
            if key is None or tenant not in (None, key.tenant):
                raise NotFound("There is no such key.")
            if key.revoked_at is None:
                self._note(key.tenant, now, Happening(Action.KEY_REVOKED, key_id))
            revoked = replace(key, revoked_at=key.revoked_at or now)
            self._tables.keys[key_id] = revoked
            self._drop_sign_ins(lambda one: one.key_id == key_id)
            return revoked

    def note_key_use(self, key_id: str, *, now: datetime) -> None:
        """See ``KeyStore``."""
        with self._lock:
            key = self._tables.keys.get(key_id)
            if key is not None:
                self._tables.keys[key_id] = replace(key, last_used_at=now)

    def add_sign_in(self, sign_in: SignIn) -> None:
        """See ``KeyStore``."""
        with self._lock:
            self._drop_sign_ins(lambda one: one.expires_at <= sign_in.created_at)
            self._tables.sign_ins[sign_in.digest] = sign_in

    def find_sign_in(self, digest: str, *, now: datetime) -> SignIn | None:
        """See ``KeyStore``."""
        with self._lock:
            return self._valid(digest, now, once=False)

    def take_link(self, digest: str, *, now: datetime) -> SignIn | None:
        """See ``KeyStore``."""
        with self._lock:
            found = self._valid(digest, now, once=True)
            if found is not None:
                del self._tables.sign_ins[digest]
            return found

    def end_sign_in(self, digest: str) -> None:
        """See ``KeyStore``."""
        with self._lock:
            self._tables.sign_ins.pop(digest, None)

    def _drop_sign_ins(self, unwanted: Callable[[SignIn], bool]) -> None:
        kept = {key: one for key, one in self._tables.sign_ins.items() if not unwanted(one)}
        self._tables.sign_ins = kept

    def _valid(self, digest: str, now: datetime, *, once: bool) -> SignIn | None:
        found = self._tables.sign_ins.get(digest)
        if found is None or found.once is not once or found.expires_at <= now:
            return None
        key = self._tables.keys.get(found.key_id or "")
        return None if key is not None and not key.holds(now) else found
