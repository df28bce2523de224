"""A corpus: a folder with ``docs/`` and ``gold/``, where files of the same stem belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """One document and what is true about it."""

    stem: str
    document: Path
    gold: Mapping[str, Any]


def load_corpus(folder: Path) -> tuple[Case, ...]:
    """All cases by stem; raises FileNotFoundError where a gold record has no document."""
    documents = {path.stem: path for path in sorted((folder / "docs").iterdir())}
    golds = sorted((folder / "gold").glob("*.json"))
    lone = [path.stem for path in golds if path.stem not in documents]
    if lone or not golds:
        raise FileNotFoundError(f"{len(lone)} of {len(golds)} gold records have no document")
    return tuple(Case(p.stem, documents[p.stem], json.loads(p.read_text("utf-8"))) for p in golds)


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of the corpus: a floor belongs to one state."""
    state = hashlib.sha256()
    for path in sorted(p for part in ("docs", "gold") for p in (folder / part).iterdir()):
        state.update(path.name.encode() + b"\0")
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()
