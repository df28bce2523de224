"""The chain of an audit log: how entries hang together, and how it shows that they do.

An entry's hash is the SHA-256 of its canonical JSON, which names the hash of the entry before. So
whoever changes, removes or moves an entry has to make all later hashes anew; the last of them is
then another one than was noted elsewhere (``resume-processor audit verify --head``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from resume_processor.workflow.audit_port import AuditEntry, AuditHead, AuditStore, Note

#: What the first entry of a chain names as the hash before it.
GENESIS = "0" * 64

#: Entries read at once.
_PAGE = 1000


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without white space, in UTF-8.

    For values without fractions that is RFC 8785, so anybody can make it again.
    """
    return _CANONICAL.encode(value).encode("utf-8", "surrogatepass")


# Made once; and no value of ours holds itself, which looking for costs a tenth.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def entry_to_json(entry: AuditEntry) -> dict[str, Any]:
    """As it is exported; without ``hash`` it is what the hash covers."""
    return {
        "tenant": entry.tenant,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject_id": entry.subject_id,
        "job_id": entry.job_id,
        "detail": entry.detail,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def entry_from_json(data: dict[str, Any]) -> AuditEntry:
    """Read what ``entry_to_json`` wrote. Raises KeyError, TypeError or ValueError."""
    return AuditEntry(**{**data, "at": datetime.fromisoformat(data["at"])})


def hash_of(entry: AuditEntry) -> str:
    """Over all of the entry but the hash itself."""
    covered = entry_to_json(entry)
    del covered["hash"]
    return digest(covered)


def sealed(notes: Iterable[Note], head: AuditHead) -> Iterator[AuditEntry]:
    """The entries that follow on ``head``."""
    for note in notes:
        what = note.happening
        entry = AuditEntry(
            tenant=head.tenant,
            sequence=head.sequence + 1,
            at=note.at,
            actor=note.actor,
            action=what.action.value,
            subject_id=what.subject_id,
            job_id=what.job_id,
            detail=dict(what.detail),
            previous=head.hash,
            hash="",
        )
        entry = replace(entry, hash=hash_of(entry))
        yield entry
        head = head_of(entry)


def head_of(entry: AuditEntry) -> AuditHead:
    """The chain's end where this is its last entry."""
    return AuditHead(entry.tenant, entry.sequence, entry.hash)


def no_entries(tenant: str) -> AuditHead:
    """The end of a chain that has not begun."""
    return AuditHead(tenant, 0, GENESIS)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was written; ``sequence`` is where it shows first."""

    tenant: str
    sequence: int
    what: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a look over one tenant's chain found; ``end`` is its last entry's."""

    end: AuditHead
    flaws: tuple[Flaw, ...]


def entries_of(storage: AuditStore, tenant: str) -> Iterator[AuditEntry]:
    """All of a tenant, in their order."""
    after = 0
    while page := storage.audit_entries(tenant=tenant, after=after, limit=_PAGE):
        yield from page
        after = page[-1].sequence


def verify_chain(
    entries: Iterable[AuditEntry],
    tenant: str,
    *,
    head: AuditHead | None = None,
    known: Iterable[AuditHead] = (),
) -> ChainReport:
    """Whether the entries are those that were sealed, all of them, in their order.

    ``head`` is where the storage says that the chain ends, ``known`` are ends that were noted
    elsewhere: an entry with such a sequence must be there and have that hash.
    """
    flaws: list[Flaw] = []
    end = no_entries(tenant)
    expected = {one.sequence: one.hash for one in known if one.tenant == tenant}
    for entry in entries:
        flaws.extend(_flaws_of(entry, end))
        noted = expected.pop(entry.sequence, entry.hash)
        if noted != entry.hash:
            flaws.append(Flaw(tenant, entry.sequence, "is another one than was noted elsewhere"))
        end = head_of(entry)
    if head is not None and head != end:
        flaws.append(Flaw(tenant, end.sequence + 1, "the chain does not end where it should"))
    missing = [number for number in sorted(expected) if number > 0]
    flaws.extend(Flaw(tenant, one, "was noted elsewhere and is not there") for one in missing)
    return ChainReport(end, tuple(flaws))


def _flaws_of(entry: AuditEntry, before: AuditHead) -> Iterator[Flaw]:
    tenant, sequence = before.tenant, entry.sequence
    if sequence != before.sequence + 1:
        yield Flaw(tenant, before.sequence + 1, "an entry is missing or out of its place")
    if entry.previous != before.hash:
        yield Flaw(tenant, sequence, "does not follow on the entry before it")
    if entry.tenant != tenant or hash_of(entry) != entry.hash:
        yield Flaw(tenant, sequence, "is not as it was written")


def verify_storage(storage: AuditStore, known: Iterable[AuditHead] = ()) -> list[ChainReport]:
    """The chains of all tenants, one after the other, by tenant."""
    known = tuple(known)
    heads = {head.tenant: head for head in storage.audit_heads()}
    tenants = sorted({*heads, *storage.audit_tenants(), *(one.tenant for one in known)})
    return [
        verify_chain(
            entries_of(storage, tenant),
            tenant,
            head=heads.get(tenant, no_entries(tenant)),
            known=known,
        )
        for tenant in tenants
    ]


def seal_all(storage: AuditStore, *, limit: int = _PAGE) -> int:
    """Seal until nothing waits; how many entries."""
    total = 0
    while sealed_now := storage.seal_audit(limit=limit):
        total += sealed_now
    return total
