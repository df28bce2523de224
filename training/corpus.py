"""The annotated documents that models are trained and measured on."""

from __future__ import annotations

import hashlib
import json
import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.layout.lines import Document

#: The corpus that lies beside a checkout of the project.
BENCHMARK = Path(__file__).resolve().parents[2] / "shared" / "benchmark"
#: Number of parts for cross-validation; a document's part follows from its name alone.
FOLDS = 5
#: Themes of rendered documents fall into so many parts; one of them is never learned from.
THEME_PARTS, HELD_OUT = 3, 1


@dataclass(frozen=True, slots=True)
class Example:
    """A document that was read, and what is true about it."""

    stem: str
    document: Document
    gold: dict[str, Any]

    @property
    def fold(self) -> int:
        """The part (0 to FOLDS - 1) that the example is held out in."""
        return fold_of(self.stem)


def fold_of(stem: str) -> int:
    """The part of a document name: even parts, the same on every machine."""
    return _part(stem, FOLDS)


def _part(name: str, parts: int) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % parts


def rendered_examples(*, held_out: bool) -> Iterator[Example]:
    """Documents rendered in many themes: those to learn from, or those of the themes held out."""
    folder = BENCHMARK / "formats"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    held = {entry["id"] for entry in manifest if _part(entry["theme"], THEME_PARTS) == HELD_OUT}
    for example in examples(folder):
        if (example.stem in held) is held_out:
            yield example


def examples(folder: Path, *, suffixes: frozenset[str] | None = None) -> Iterator[Example]:
    """The examples of a folder with ``docs/`` and ``gold/``, by name, less unreadable ones."""
    for path in sorted((folder / "docs").iterdir()):
        gold = folder / "gold" / f"{path.stem}.json"
        if not gold.exists() or (suffixes is not None and path.suffix not in suffixes):
            continue
        document = _read(path)
        if document is not None:
            yield Example(path.stem, document, json.loads(gold.read_text()))


def _read(path: Path) -> Document | None:
    """Read a file; what was read is kept in the machine's temporary folder for the next run."""
    data = path.read_bytes()
    kept = _cache() / f"{hashlib.sha256(data).hexdigest()}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    try:
        document = read_document(data, Limits())
    except DocumentError:
        document = None
    kept.write_bytes(pickle.dumps(document))
    return document


def _cache() -> Path:
    """A folder for this version of the readers: their code is part of its name."""
    code = hashlib.sha256()
    package = Path(read_document.__code__.co_filename).parents[1]
    for room in ("documents", "layout"):
        for path in sorted((package / room).rglob("*.py")):
            code.update(path.read_bytes())
    return kept_folder(code.hexdigest()[:16])


def kept_folder(name: str) -> Path:
    """A folder for what may be kept between two runs; it lies outside the project."""
    folder = Path(tempfile.gettempdir()) / "resume-processor-training" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
