"""Bounds what one worker child may take, so that a hostile document harms nobody else."""

from __future__ import annotations

import resource
from pathlib import Path

#: What a child gets in any case on top of what it has after the warm-up, in bytes.
HEADROOM = 512 * 1024 * 1024


def limit_memory(max_bytes: int) -> int:
    """Set RLIMIT_AS to ``max_bytes`` (0: no limit), but leave some room; returns what was set."""
    if max_bytes <= 0:
        return 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = max(max_bytes, _address_space() + HEADROOM)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    return wanted


def _address_space() -> int:
    """Of this process, in bytes; 0 where the system does not say (it has no /proc)."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[0]) * resource.getpagesize()
