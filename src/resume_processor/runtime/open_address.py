"""An address that others can reach is not served to everybody."""

from __future__ import annotations

from resume_processor.bootstrap import build_services
from resume_processor.errors import InvalidRequest
from resume_processor.settings import Settings
from resume_processor.workflow.keys import ensure_bootstrap_key
from resume_processor.workflow.this_machine import is_loopback


def refuse_without_keys(settings: Settings, host: str) -> None:
    """Raises InvalidRequest where others can reach ``host`` and nobody would need a key."""
    services = build_services(settings)
    try:
        ensure_bootstrap_key(services)
        if is_loopback(host) or services.storage.has_keys():
            return
    finally:
        services.close()
    raise InvalidRequest(
        f"{host} can be reached from other machines, and there is no API key yet. Make one with "
        "`resume-processor keys create NAME` (same data directory or DATABASE_URL), or set "
        "RESUME_PROCESSOR_BOOTSTRAP_KEY; or listen at 127.0.0.1."
    )
