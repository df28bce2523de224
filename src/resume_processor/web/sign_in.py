"""Where a person shows a key, or opens the link that was printed, and gets a session for it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from resume_processor.web.shell import Shown, Visit, place_here
from resume_processor.workflow.keys import (
    SESSION_COOKIE,
    sign_in_with_key,
    sign_in_with_link,
    sign_out,
)

PLACE = "/sign-in"

#: Longer than any key.
_LONGEST = 500

router = APIRouter(include_in_schema=False)

Wanted = Annotated[str, Query(alias="next", max_length=2000)]


@router.get(PLACE)
def show_sign_in(
    visit: Shown, wanted: Wanted = "/", once: Annotated[str, Query(max_length=_LONGEST)] = ""
) -> Response:
    """The form; or, by a link that was printed, a session at once."""
    if not once:
        if not visit.storage.has_keys():  # nobody is asked who they are
            return RedirectResponse(visit.root + place_here(wanted), HTTPStatus.SEE_OTHER)
        # a browser that comes from a page of elsewhere hides its session (SameSite=Strict); when
        # it goes on from here it does not
        again = visit.request.headers.get("sec-fetch-site") == "cross-site"
        return form(visit, wanted, again=again)
    session = sign_in_with_link(once, visit.services)
    if session is None:
        return form(visit, wanted, "This link was used, or is too old.", HTTPStatus.UNAUTHORIZED)
    return begin(visit, session, wanted)


@router.post(PLACE)
def sign_in(
    visit: Shown,
    key: Annotated[str, Form(max_length=_LONGEST)] = "",
    wanted: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """A session for who has a key."""
    session = sign_in_with_key(key.strip(), visit.services)
    if session is None:
        return form(visit, wanted, "This key does not hold.", HTTPStatus.UNAUTHORIZED)
    return begin(visit, session, wanted)


@router.post("/sign-out")
def leave(visit: Shown) -> Response:
    """The session ends, here and in the service."""
    if session := visit.request.cookies.get(SESSION_COOKIE):
        sign_out(session, visit.services)
    answer = RedirectResponse(visit.root + PLACE, HTTPStatus.SEE_OTHER)
    answer.delete_cookie(SESSION_COOKIE, path=visit.root or "/")
    return answer


def form(
    visit: Visit, wanted: str, why: str = "", status: int = HTTPStatus.OK, *, again: bool = False
) -> Response:
    """The page with the form."""
    values = {"next": place_here(wanted), "why": why, "again": again}
    return visit.page("sign_in.html", status, **values)


def begin(visit: Visit, session: str, wanted: str) -> Response:
    """Lead the visitor on, with the session in a cookie that no script and no other site gets."""
    answer = RedirectResponse(visit.root + place_here(wanted), HTTPStatus.SEE_OTHER)
    life = timedelta(hours=visit.services.settings.session_hours)
    answer.set_cookie(
        SESSION_COOKIE,
        session,
        max_age=int(life.total_seconds()),
        path=visit.root or "/",
        secure=visit.request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer
