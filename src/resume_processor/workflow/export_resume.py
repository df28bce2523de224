"""All that is kept about a resume, as one zip file: for the person whom it is about."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.file_names import ascii_name
from resume_processor.workflow.parts import Parts

#: Entries of one kind that are asked for at a time.
PAGE = 200

README = """What the service keeps about this resume.

original/          the file as it was sent
record.json        when it came, under which name, what state it is in
json-resume.json   what was read, as JSON Resume; missing where nothing could be read
result.json        the same with the evidence for each value, doubts, derived and personal facts
corrections.json   what people said about values, with who and when
scores.json        for each job: the score, its ledger, and the ledger before it last changed
decisions.json     what people decided, with who, why and when
history.json       each change of state
audit.json         entries of the audit log that name it
"""


def write_export(record: ResumeRecord, target: IO[bytes], parts: Parts) -> None:
    """The zip file, into ``target`` (seekable).

    The same record always has the same names in it. Raises StorageUnavailable; a file that is not
    there any more is left out.
    """
    at = record.created_at
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member("README.txt", at), README)
        _write_original(record, archive, parts)
        for name, value in _documents(record, parts):
            text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
            archive.writestr(_member(name, at), f"{text}\n")


def _write_original(record: ResumeRecord, archive: zipfile.ZipFile, parts: Parts) -> None:
    name = f"original/{ascii_name(record.file_name).lstrip('.') or 'resume'}"
    try:
        with (
            parts.blobs.open(record.blob_key) as source,
            archive.open(_member(name, record.created_at), "w") as member,
        ):
            shutil.copyfileobj(source, member)
    except NotFound:
        return


def _documents(record: ResumeRecord, parts: Parts) -> Iterator[tuple[str, Any]]:
    """Name and content of each."""
    storage = parts.storage
    about = asdict(record)
    del about["blob_key"]  # where we keep it says nothing about anybody
    yield "record.json", about
    result = storage.get_result(record.id)
    if result is not None:
        yield "json-resume.json", result["resume"]
        yield "result.json", result
    yield "corrections.json", _all_of(storage.list_corrections(record.id, tenant=record.tenant))
    yield "scores.json", [_score(job_id, record, parts) for job_id in storage.scored_for(record.id)]
    yield "decisions.json", list(_decisions(record, parts))
    yield "history.json", _all_of(storage.resume_events(record.id))
    yield "audit.json", list(_audit(record, parts))


def _score(job_id: str, record: ResumeRecord, parts: Parts) -> dict[str, Any]:
    storage = parts.storage
    job = storage.get_job(job_id, tenant=record.tenant)
    earlier = storage.earlier_score(job_id, record.id)
    return {
        "job_title": job.title,
        **asdict(storage.get_score(job_id, record.id)),
        "earlier": None if earlier is None else asdict(earlier),
    }


def _decisions(record: ResumeRecord, parts: Parts) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = parts.storage.list_decisions(
            tenant=record.tenant, resume_id=record.id, limit=PAGE, cursor=cursor
        )
        yield from map(asdict, page.rows)
        if (cursor := page.cursor) is None:
            return


def _audit(record: ResumeRecord, parts: Parts) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = parts.storage.list_audit(
            tenant=record.tenant, subject_id=record.id, limit=PAGE, cursor=cursor
        )
        yield from map(asdict, page.rows)
        if (cursor := page.cursor) is None:
            return


def _all_of(values: Any) -> list[dict[str, Any]]:
    return [asdict(one) for one in values]


def _plain(value: Any) -> Any:
    """What JSON does not know by itself."""
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value)  # a set


def _member(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
