#!/usr/bin/env python3
"""Starts a Celery worker; run this file, or it as a module.

What a good start needs besides (database migrated, Redis settings checked, parser warmed up, memory
of the children bounded) hangs on Celery's own signals, so ``celery -A … worker`` gets it too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


def main(arguments: Sequence[str] = ()) -> None:
    """Run a worker until it is told to stop; ``arguments`` go to ``celery worker`` as they are."""
    from resume_processor.celery_config.celery_app import celery_app  # noqa: PLC0415 - see below

    celery_app.start(["worker", "--loglevel=info", *arguments])


def _in_the_projects_own_environment() -> None:
    """Start again with the checkout's ``.venv`` where this Python has no Celery."""
    python = Path(__file__).resolve().parents[3] / ".venv" / "bin" / "python"
    if find_spec("celery") is None and python.exists() and Path(sys.prefix) != python.parents[1]:
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 - our own interpreter, no shell


if __name__ == "__main__":
    # Run as a file, Python looks for modules in this folder first, where ``celery_app`` and the
    # like would shadow nothing of ours today, but only by luck: look where the package is instead.
    here = str(Path(__file__).resolve().parent)
    sys.path[:] = [path for path in sys.path if path != here]
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    _in_the_projects_own_environment()
    main(sys.argv[1:])
