"""Which scope a request needs. What is not named here is read by GET and managed by the rest."""

from __future__ import annotations

from resume_processor.workflow.key_port import Scope

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"

#: For everybody: nothing of anybody's is there.
PUBLIC = frozenset({"/livez", "/readyz", "/openapi.json", SIGN_IN, SIGN_OUT})
_STATIC = "/static/"

#: About the whole service, whoever's data it is.
_OPERATED = frozenset({"/metrics"})

#: Who else may call, where events go, and who did what.
_ADMINISTERED = ("/v1/keys", "/v1/webhooks", "/v1/audit")

#: Where new things are brought in.
_BRINGING = frozenset({"/v1/resumes", "/v1/batches", "/v1/jobs", "/jobs"})

#: Changes nothing but what one browser shows.
_LOOKING = frozenset({"/blind"})

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_public(path: str) -> bool:
    """Whether no key is needed."""
    return path in PUBLIC or path.startswith(_STATIC)


def is_safe(method: str) -> bool:
    """Whether such a request changes nothing."""
    return method in _SAFE


def is_page(path: str) -> bool:
    """Whether a person looks at it, rather than a program."""
    return not path.startswith("/v1/") and path not in _OPERATED


def needed_scope(method: str, path: str) -> Scope | None:
    """The scope for a method at a path (or a route's template); None: no key is needed."""
    if is_public(path):
        return None
    if path in _OPERATED:
        return Scope.OPERATE
    if any(path == start or path.startswith(f"{start}/") for start in _ADMINISTERED):
        return Scope.MANAGE
    if is_safe(method) or path in _LOOKING:
        return Scope.READ
    return Scope.SUBMIT if method == "POST" and path in _BRINGING else Scope.MANAGE
