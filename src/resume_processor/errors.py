"""Every failure that a caller may see, as one tree.

    ResumeProcessorError
    ├── DocumentError            the file is at fault; trying again does not help
    │   ├── UnsupportedType      unsupported_type
    │   ├── TooLarge             too_large
    │   ├── EncryptedDocument    encrypted
    │   ├── CorruptDocument      corrupt
    │   ├── NoText               no_text
    │   ├── NotAResume           not_a_resume
    │   ├── UnsafePath           unsafe_path
    │   └── ReadTimedOut         timed_out
    ├── RequestError             the request is at fault
    │   ├── Unauthenticated      unauthenticated
    │   ├── Forbidden            forbidden
    │   │   └── KeysNeeded       keys_needed
    │   ├── TooManyRequests      too_many_requests
    │   │   └── TooManyUploads   too_many_uploads
    │   ├── HeadTimedOut         head_timed_out
    │   ├── BodyTimedOut         body_timed_out
    │   ├── NotFound             not_found
    │   ├── InvalidRequest       invalid_request
    │   ├── EmptyUpload          empty_file
    │   ├── AddressRefused       address_refused
    │   ├── Conflict             conflict
    │   │   └── RequestInFlight  in_flight
    │   ├── IdempotencyMismatch  idempotency_mismatch
    │   └── BacklogFull          backlog_full
    └── ServiceError             a part of the service is at fault; it may pass by itself
        ├── TooManyConnections   too_many_connections
        ├── StorageUnavailable   storage_unavailable
        ├── BrokerUnavailable    broker_unavailable
        └── LeaseLost            lease_lost

``code`` is stable and machine-readable; ``str(error)`` is safe to show to a stranger: it never
holds text of a document, a path or a personal datum.
"""

from __future__ import annotations

from typing import ClassVar


class ResumeProcessorError(Exception):
    """Base of all errors; ``code`` names the kind, ``str()`` is the public message."""

    code: ClassVar[str] = "internal_error"
    default_message: ClassVar[str] = "Something went wrong on our side."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.default_message)

    @property
    def message(self) -> str:
        """The public message."""
        return str(self)


class DocumentError(ResumeProcessorError):
    """The file itself is at fault; trying again does not help."""

    code = "document_error"
    default_message = "The document cannot be processed."


class UnsupportedType(DocumentError):
    """The content is of no type that a reader is registered for."""

    code = "unsupported_type"
    default_message = "This type of file is not supported."


class TooLarge(DocumentError):
    """A limit on bytes, pages, parts, pixels or unpacked size is exceeded; the message names it."""

    code = "too_large"
    default_message = "The document exceeds a size limit."


class EncryptedDocument(DocumentError):
    """The document needs a password to be opened."""

    code = "encrypted"
    default_message = "The document is protected by a password."


class CorruptDocument(DocumentError):
    """The document is damaged beyond reading."""

    code = "corrupt"
    default_message = "The document is damaged and cannot be read."


class NoText(DocumentError):
    """The document holds no readable text."""

    code = "no_text"
    default_message = "No readable text was found in the document."


class NotAResume(DocumentError):
    """The document was read, but it is not a resume."""

    code = "not_a_resume"
    default_message = "The document does not look like a resume."


class UnsafePath(DocumentError):
    """A file of an archive has a name that leads out of it, or is a link."""

    code = "unsafe_path"
    default_message = "The name of this file leads out of its archive."


class ReadTimedOut(DocumentError):
    """Reading or parsing took longer than its limit."""

    code = "timed_out"
    default_message = "Processing the document took too long."


class RequestError(ResumeProcessorError):
    """The request is at fault."""

    code = "invalid_request"
    default_message = "The request is not valid."


class InvalidRequest(RequestError):
    """A parameter or a body does not fit."""


class Unauthenticated(RequestError):
    """There is no key, or none that holds."""

    code = "unauthenticated"
    default_message = "This needs an API key that holds: `Authorization: Bearer KEY`."


class Forbidden(RequestError):
    """The key holds, but does not allow this."""

    code = "forbidden"
    default_message = "The key does not allow this."


class KeysNeeded(Forbidden):
    """The service has no keys, so it serves the machine that it runs on and nobody else."""

    code = "keys_needed"
    default_message = (
        "Without API keys the service answers this machine only, at 127.0.0.1 or localhost. "
        "Create a key first: `resume-processor keys create NAME`."
    )


class TooManyRequests(RequestError):
    """More requests than one caller may make; ``seconds`` until the next one may come."""

    code = "too_many_requests"
    default_message = "Too many requests. Try again later."

    def __init__(self, message: str | None = None, *, seconds: float = 1.0) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooManyUploads(TooManyRequests):
    """More bodies at the same time than one caller may send."""

    code = "too_many_uploads"
    default_message = "Too many uploads at the same time. Try again later."


class TooManyWaits(TooManyRequests):
    """More streams and requests that wait, at the same time, than one caller may have."""

    code = "too_many_waits"
    default_message = "Too many requests wait or follow events. Try again later."


class HeadTimedOut(RequestError):
    """The line and the headers of the request came too slowly."""

    code = "head_timed_out"
    default_message = "The head of the request came too slowly."


class BodyTimedOut(RequestError):
    """The body of the request came too slowly."""

    code = "body_timed_out"
    default_message = "The body of the request came too slowly."


class EmptyUpload(RequestError):
    """A file of no bytes was uploaded."""

    code = "empty_file"
    default_message = "The uploaded file is empty."


class AddressRefused(RequestError):
    """A webhook's address leads into a private network, or is none that can be sent to."""

    code = "address_refused"
    default_message = "Webhooks are not sent to this address."


class NotFound(RequestError):
    """No such resource."""

    code = "not_found"
    default_message = "There is nothing at this address."


class Conflict(RequestError):
    """The resource is in a state that does not allow the operation."""

    code = "conflict"
    default_message = "The current state does not allow this."


class RequestInFlight(Conflict):
    """The first request under the same Idempotency-Key has not been answered yet."""

    code = "in_flight"
    default_message = "A request with this Idempotency-Key is still being worked on. Try again."


class IdempotencyMismatch(RequestError):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_mismatch"
    default_message = "This Idempotency-Key was used with another request body."


class BacklogFull(RequestError):
    """Too much work is waiting; come back later."""

    code = "backlog_full"
    default_message = "Too many resumes are waiting. Try again later."


class ServiceError(ResumeProcessorError):
    """A part of the service is at fault; it may pass by itself."""

    code = "service_error"


class TooManyConnections(ServiceError):
    """As many connections as one server holds, each with a request."""

    code = "too_many_connections"
    default_message = "The service has too many connections. Try again later."


class StorageUnavailable(ServiceError):
    """The database or the blob store does not answer."""

    code = "storage_unavailable"
    default_message = "The storage is not available at the moment."


class BrokerUnavailable(ServiceError):
    """Redis does not answer."""

    code = "broker_unavailable"
    default_message = "The queue is not available at the moment."


class LeaseLost(ServiceError):
    """Another worker owns the work now; what this one did must not be written."""

    code = "lease_lost"
    default_message = "Another worker has taken over this work."
