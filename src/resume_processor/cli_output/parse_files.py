"""``parse``: files in, JSON out, in child processes of this machine, without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from resume_processor.cli_output.choices import ParseFormat
from resume_processor.cli_output.files import files_in
from resume_processor.cli_output.terminal import Bar, bar
from resume_processor.documents.limits import Limits
from resume_processor.runtime.child_pool import ChildLimits, Done, run_in_children
from resume_processor.runtime.untrusted import WARM, parse_file
from resume_processor.settings import Settings
from resume_processor.workflow.pipeline import is_fast


def parse_files(
    files: Sequence[Path],
    *,
    out: Path | None,
    form: ParseFormat,
    workers: int,
    settings: Settings,
) -> int:
    """Parse all files; to ``out`` or, in their order, to stdout. The number of failures.

    A failure is one line on stderr, and the others go on.
    """
    paths = files_in(files)
    sink = FolderSink(out, paths, form) if out else StdoutSink(paths, form)
    failures = 0
    with bar("parsing", len(paths)) as progress:
        for done in parsed(paths, workers=workers, settings=settings):
            failures += complain_about(done, progress)
            sink.take(done.input, done.output)
            progress.advance()
    return failures


def parsed(
    paths: Sequence[Path], *, workers: int, settings: Settings, as_of: date | None = None
) -> Iterator[Done[Path, dict[str, Any]]]:
    """The outcome of each file, as they are done."""
    return run_in_children(
        partial(
            parse_file,
            limits=Limits.from_settings(settings),
            as_of=as_of,
            fast=is_fast(settings),
        ),
        paths,
        workers=max(1, min(workers, len(paths))),
        limits=ChildLimits(settings.read_seconds, settings.max_memory_bytes),
        preload=WARM,
    )


def complain_about(done: Done[Path, Any], progress: Bar) -> int:
    """Say why a file failed; 1 where it did."""
    if done.failure is None:
        return 0
    where = f" ({done.defect})" if done.defect else ""
    progress.complain(str(done.input), done.failure.code, done.failure.message + where)
    return 1


class FolderSink:
    """Writes ``<stem>.json`` for each file; where stems are alike, ``<whole name>.json``."""

    def __init__(self, folder: Path, paths: Sequence[Path], form: ParseFormat) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._form = form
        self._targets = {path: folder / name for path, name in target_names(paths).items()}

    def take(self, path: Path, result: Mapping[str, Any] | None) -> None:
        """Write it, in one step, so that nobody reads half of it."""
        if result is None:
            return
        target = self._targets[path]
        half = target.with_name(target.name + ".part")
        half.write_text(pretty(shown(result, self._form)), "utf-8")
        half.replace(target)


class StdoutSink:
    """Prints in the order of the files: one alone as it is, several as a line each."""

    def __init__(self, paths: Sequence[Path], form: ParseFormat) -> None:
        self._form = form
        self._alone = len(paths) == 1
        self._waiting = list(paths)
        self._done: dict[Path, Mapping[str, Any] | None] = {}

    def take(self, path: Path, result: Mapping[str, Any] | None) -> None:
        """Print what is next by now."""
        self._done[path] = result
        while self._waiting and self._waiting[0] in self._done:
            first = self._waiting.pop(0)
            if (next_one := self._done.pop(first)) is not None:
                self._print(first, shown(next_one, self._form))

    def _print(self, path: Path, document: Mapping[str, Any]) -> None:
        if self._alone:
            sys.stdout.write(pretty(document))
        else:
            line = json.dumps({"file": str(path), "result": document}, ensure_ascii=False)
            sys.stdout.write(line + "\n")
        sys.stdout.flush()


def shown(result: Mapping[str, Any], form: ParseFormat) -> Mapping[str, Any]:
    """What the format shows; JSON Resume carries ``personal`` as one more root property."""
    if form is ParseFormat.FULL:
        return result
    personal = {"personal": result["personal"]} if result["personal"] else {}
    return {**result["resume"], **personal}


def pretty(document: Mapping[str, Any]) -> str:
    """Indented JSON with a new line at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def target_names(paths: Sequence[Path]) -> dict[Path, str]:
    """``<stem>.json``, or longer where that is taken: no result overwrites another."""
    taken: set[str] = set()
    names: dict[Path, str] = {}
    for path in paths:
        candidates = [f"{path.stem}.json", f"{path.name}.json"]
        candidates += [f"{path.name}-{number}.json" for number in range(2, len(paths) + 2)]
        name = next(one for one in candidates if one not in taken)
        taken.add(name)
        names[path] = name
    return names
