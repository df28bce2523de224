"""One resume: what was read beside where it stands, and a person's word on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import Response

from resume_processor.errors import DocumentError, NotFound, ResumeProcessorError
from resume_processor.resume.blind import blind_label, blind_of, is_hidden
from resume_processor.resume.corrections import WHOLE, Correction
from resume_processor.resume.record import ResumeRecord
from resume_processor.resume.values import ReadValue, hidden_from, values_of
from resume_processor.web.page_view import shown_pages
from resume_processor.web.record_view import addable, sections_of, shown
from resume_processor.web.shell import ID_PATTERN, Acting, Shown, Visit
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.correct_resume import Word, correct_resume, result_or_conflict
from resume_processor.workflow.viewings import note_viewing

router = APIRouter(prefix="/resumes/{resume_id}", include_in_schema=False)

Id = Annotated[str, Path(pattern=ID_PATTERN)]
Pointer = Annotated[str, Query(max_length=500)]
Text = Annotated[str, Form(max_length=20_000)]
Name = Annotated[str, Form(max_length=200)]


@router.get("")
def show_resume(visit: Shown, resume_id: Id) -> Response:
    """Record and pages side by side."""
    try:
        record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    except NotFound:
        return visit.page("gone.html", HTTPStatus.NOT_FOUND, what="resume")
    return visit.page("resume.html", **record_values(visit, record))


@router.get("/state")
def look_again(visit: Shown, resume_id: Id, seen: int) -> Response:
    """Has the page shown again once the resume is not as it was seen."""
    record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    if record.revision == seen:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return Response(headers={"HX-Refresh": "true"})


@router.get("/pages")
def show_pages(visit: Shown, resume_id: Id) -> Response:
    """The pages with the words of values marked; read when somebody looks."""
    record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    result = visit.storage.get_result(record.id)
    if visit.blind and result is None:
        return visit.page("_no_pages.html", why="Without a result nobody knows what to hide.")
    try:
        pages = visit.parts.pages.layout(record)
    except (DocumentError, NotFound) as error:
        return visit.page("_no_pages.html", why=error.message)
    note_viewing(record.id, Seen.PAGES, visit.tenant, visit.services, blind=visit.blind)
    evidence = result["evidence"] if result else {}
    blind = None
    if visit.blind and result:
        blind = blind_of(result)
        evidence = {pointer: one for pointer, one in evidence.items() if not is_hidden(pointer)}
    return visit.page("_pages.html", record=record, pages=shown_pages(pages, evidence, blind))


@router.get("/values/edit")
def edit_value(visit: Shown, resume_id: Id, pointer: Pointer) -> Response:
    """A value as a form."""
    return visit.page("_edit_value.html", **one_value(visit, resume_id, pointer))


@router.get("/values")
def show_value(visit: Shown, resume_id: Id, pointer: Pointer) -> Response:
    """A value as it is shown; back from the form."""
    return visit.page("_value.html", **one_value(visit, resume_id, pointer))


@router.post("/values")
def say(
    *,
    visit: Acting,
    resume_id: Id,
    pointer: Text,
    value: Text = "",
    reviewer: Name = "",
    verdict: Annotated[str, Form(pattern="^(right|wrong|value|back)$")] = "value",
) -> Response:
    """Confirm, correct, or take it back; answers with the value as it is shown from now on."""
    if verdict == "back":
        now = visit.services.clock.now()
        visit.storage.remove_correction(resume_id, pointer, tenant=visit.tenant, now=now)
    else:
        known = result_value(visit, resume_id, pointer)
        right: Any = {"right": known, "wrong": None}.get(verdict, value.strip() or None)
        if isinstance(right, str) and str(known) == right:
            right = known  # a number that was confirmed as text
        refused = tell(visit, resume_id, pointer, right, reviewer)
        if refused is not None:
            return refused
    values = one_value(visit, resume_id, pointer)
    if values["one"] is None:
        return Response(headers={"HX-Refresh": "true"})
    return visit.page("_value.html", **values)


@router.post("/added")
def add(
    visit: Acting, resume_id: Id, pointer: Text, value: Text = "", reviewer: Name = ""
) -> Response:
    """A value that was not read; the page is shown again with it."""
    refused = tell(visit, resume_id, pointer, value.strip() or None, reviewer)
    return refused or Response(headers={"HX-Refresh": "true"})


@router.post("/checked")
def check(visit: Acting, resume_id: Id, reviewer: Name = "") -> Response:
    """The whole record is right now."""
    refused = tell(visit, resume_id, WHOLE, None, reviewer)
    return refused or Response(headers={"HX-Refresh": "true"})


def tell(visit: Visit, resume_id: str, pointer: str, value: Any, reviewer: str) -> Response | None:
    """Store a person's word; a refusal in plain words where it cannot be."""
    if not reviewer.strip():
        return refusal("Please say who you are first: it is kept with every correction.")
    word = Word(pointer, value, reviewer.strip())
    try:
        correct_resume(resume_id, word, visit.tenant, visit.services)
    except ResumeProcessorError as error:
        return refusal(error.message)
    return None


def refusal(why: str) -> Response:
    """Shown by the page's script as it is."""
    return Response(why, HTTPStatus.UNPROCESSABLE_ENTITY, media_type="text/plain")


def record_values(visit: Visit, record: ResumeRecord) -> dict[str, Any]:
    """What the page of a resume shows."""
    result = visit.storage.get_result(record.id)
    values, said, doubts = record_of(visit, record, result)
    title = record.file_name
    name = next((str(one.right) for one in values if one.pointer == "/basics/name"), None)
    return {
        "record": record,
        "title": blind_label(record.id) if visit.blind else name or title,
        "facts": result["facts"] if result else {},
        "sections": sections_of(values),
        "doubts": doubts,
        "addable": addable(values),
        "whole": next((one for one in said if one.pointer == WHOLE), None),
        "reviewed": sum(1 for one in values if one.correction is not None),
        "count": len(values),
    }


def record_of(
    visit: Visit, record: ResumeRecord, result: dict[str, Any] | None
) -> tuple[list[ReadValue], list[Correction], list[dict[str, Any]]]:
    """Values, corrections and doubts as this visit may see them."""
    if result is None:
        return [], [], []
    note_viewing(record.id, Seen.RECORD, visit.tenant, visit.services, blind=visit.blind)
    said = list(visit.storage.list_corrections(record.id, tenant=visit.tenant))
    values, doubts = list(values_of(result, said)), list(result["warnings"])
    if visit.blind:
        hide = blind_of(result)
        values = [hidden_from(one, hide) for one in values if not is_hidden(one.pointer)]
        doubts = [hide.value(one) for one in doubts if not is_hidden(one.get("pointer") or "")]
    return values, said, doubts


def one_value(visit: Visit, resume_id: str, pointer: str) -> dict[str, Any]:
    """One value of the record for its own piece of the page."""
    record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    values, _, _ = record_of(visit, record, result_or_conflict(record.id, visit.services))
    found = next((value for value in values if value.pointer == pointer), None)
    return {"record": record, "one": found and shown(found)}


def result_value(visit: Visit, resume_id: str, pointer: str) -> Any:
    """What was read at the pointer, whatever a person said since."""
    record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    result = result_or_conflict(record.id, visit.services)
    return next((one.value for one in values_of(result) if one.pointer == pointer), None)
