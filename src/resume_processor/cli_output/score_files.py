"""``score``: resumes against one job, in this process, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from resume_processor.cli_output.choices import ScoreFormat
from resume_processor.cli_output.files import files_in
from resume_processor.cli_output.parse_files import complain_about, parsed
from resume_processor.cli_output.terminal import bar
from resume_processor.documents.limits import Limits
from resume_processor.errors import InvalidRequest
from resume_processor.resume.encoding import from_json
from resume_processor.runtime.child_pool import ChildLimits, run_in_children
from resume_processor.runtime.untrusted import WARM, text_of_file
from resume_processor.scoring.compare import compare, in_words
from resume_processor.scoring.encoding import (
    requirements_from_json,
    requirements_to_json,
    score_from_json,
    score_to_json,
)
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score import (
    CriterionKind,
    CriterionScore,
    Finding,
    JobRequirements,
    Score,
)
from resume_processor.scoring.score_resume import score_resume
from resume_processor.settings import Settings

#: How a finding is marked in front of its line.
MARKS = {
    Finding.MET: ("✓", "green"),
    Finding.IMPLIED: ("✓", "green"),
    Finding.PARTLY: ("~", "yellow"),
    Finding.MISSING: ("✗", "red"),
    Finding.UNKNOWN: ("?", "yellow"),
}

#: Headings of the criteria, short enough for 80 columns.
HEADINGS = {
    CriterionKind.REQUIRED_SKILLS: "must",
    CriterionKind.PREFERRED_SKILLS: "nice",
    CriterionKind.TITLE: "title",
    CriterionKind.SENIORITY: "rank",
    CriterionKind.EXPERIENCE: "years",
    CriterionKind.EDUCATION: "degree",
    CriterionKind.LANGUAGES: "lang.",
    CriterionKind.CERTIFICATES: "cert.",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """One file and its score."""

    file: Path
    name: str | None
    score: Score


def score_files(
    files: Sequence[Path],
    *,
    job: Path,
    form: ScoreFormat,
    explain: bool,
    as_of: date,
    workers: int,
    settings: Settings,
    earlier: Path | None = None,
) -> int:
    """Score all files against the job, counting ongoing jobs to ``as_of``; the failures.

    ``earlier`` is a file that ``--format json`` wrote, to show what moved since.
    """
    requirements = requirements_of(job, settings)
    before = {} if earlier is None else earlier_scores(earlier)
    paths = files_in(files)
    rows: list[Scored] = []
    failures = 0
    with bar("scoring", len(paths)) as progress:
        for done in parsed(paths, workers=workers, settings=settings, as_of=as_of):
            failures += complain_about(done, progress)
            if done.output is not None:
                rows.append(scored(done.input, done.output, requirements))
            progress.advance()
    rows.sort(key=lambda row: (-row.score.total, str(row.file)))
    if form is ScoreFormat.JSON:
        print_json(rows, requirements)
    else:
        print_table(rows, requirements, explain=explain)
    if before:
        print_moves(rows, before, to_stderr=form is ScoreFormat.JSON)
    return failures


def requirements_of(job: Path, settings: Settings) -> JobRequirements:
    """What a job asks for: read from its text, or as a JSON file says it.

    Raises InvalidRequest where the file cannot be read.
    """
    if job.suffix.lower() != ".json":
        return read_job(text_of_job(job, settings))
    try:
        body = json.loads(job.read_text("utf-8"))
        return requirements_from_json(body.get("requirements", body))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidRequest(f"The requirements in {job} cannot be read.") from error


def earlier_scores(path: Path) -> dict[str, Score]:
    """By the file's path, as ``--format json`` wrote them. Raises InvalidRequest."""
    try:
        rows = json.loads(path.read_text("utf-8"))["scores"]
        return {row["file"]: score_from_json(row["score"]) for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InvalidRequest(f"The earlier scores in {path} cannot be read.") from error


def print_moves(rows: Sequence[Scored], before: dict[str, Score], *, to_stderr: bool) -> None:
    """What moved since the earlier scores, and why."""
    console = Console(stderr=to_stderr)
    moved = [(row, before[str(row.file)]) for row in rows if str(row.file) in before]
    compared = [(row, compare(earlier, row.score)) for row, earlier in moved]
    changed = [(row, one) for row, one in compared if one.moves or one.before != one.after]
    console.print()
    console.print(Text(f"moved: {len(changed)} of {len(compared)}", style="bold"))
    for row, comparison in changed:
        head, *rest = in_words(comparison)
        console.print(Text(f"  {row.name or row.file.name}: {head}"))
        for line in rest:
            console.print(Text(f"    {line}"))


def text_of_job(path: Path, settings: Settings) -> str:
    """The text of an advertisement, read in a child. Raises InvalidRequest where there is none."""
    reading = run_in_children(
        partial(text_of_file, limits=Limits.from_settings(settings)),
        [path],
        workers=1,
        limits=ChildLimits(settings.read_seconds, settings.max_memory_bytes),
        preload=WARM,
    )
    (done,) = reading
    if done.output is None:
        reason = done.failure.message if done.failure else ""
        raise InvalidRequest(f"The job {path} cannot be read: {reason}")
    return done.output


def scored(path: Path, result: dict[str, Any], requirements: JobRequirements) -> Scored:
    """The score of one parsed file."""
    name = result["resume"].get("basics", {}).get("name")
    return Scored(path, name, score_resume(from_json(result), requirements))


def print_json(rows: Sequence[Scored], requirements: JobRequirements) -> None:
    """All of it, for programs."""
    body = {
        "requirements": requirements_to_json(requirements),
        "scores": [
            {"file": str(row.file), "name": row.name, "score": score_to_json(row.score)}
            for row in rows
        ],
    }
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")


def print_table(rows: Sequence[Scored], requirements: JobRequirements, *, explain: bool) -> None:
    """Best first, a column for each criterion; with ``explain`` the ledgers below."""
    console = Console()
    table = Table(
        title=requirements.title,
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,  # all criteria together fill 80 columns
    )
    table.add_column("#", justify="right")
    table.add_column("candidate", overflow="fold", min_width=14)
    table.add_column("points", justify="right", style="bold", no_wrap=True)
    for criterion in rows[0].score.criteria if rows else ():
        heading = f"{HEADINGS[criterion.kind]}\n/{criterion.max_points}"
        table.add_column(heading, justify="right", no_wrap=True)
    for rank, row in enumerate(rows, start=1):
        cells = [str(one.points) for one in row.score.criteria]
        table.add_row(str(rank), Text(row.name or row.file.name), str(row.score.total), *cells)
    console.print(table)
    if explain:
        for row in rows:
            print_ledger(console, row)


def print_ledger(console: Console, row: Scored) -> None:
    """Every point of one score and what stands behind it."""
    score = row.score
    title = f"{row.name or row.file.name}: {score.total} of {score.max_total} ({row.file})"
    console.print()
    console.print(Text(title, style="bold"))
    for criterion in score.criteria:
        console.print(
            Text(f"  {words(criterion.kind)}: {criterion.points} of {criterion.max_points}")
        )
        console.print(lines_of(criterion))
    if score.changes:
        missing = "; ".join(f"{one.requirement} (+{one.points})" for one in score.changes)
        console.print(Text(f"  would change it: {missing}", style="dim"))


def lines_of(criterion: CriterionScore) -> Table:
    """The lines of a criterion, one below the other."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", min_width=15, no_wrap=True)
    grid.add_column()
    grid.add_column(overflow="fold")
    for line in criterion.lines:
        mark, style = MARKS[line.finding]
        reason = Text(f"{line.requirement}: {line.because}")
        if line.pointers:
            reason.append(f"  {' '.join(line.pointers)}", style="dim")
        grid.add_row(f"{line.points} of {line.max_points}", Text(mark, style=style), reason)
    return grid


def words(kind: CriterionKind) -> str:
    """A criterion's name as people write it."""
    return kind.value.replace("_", " ")
