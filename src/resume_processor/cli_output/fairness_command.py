"""``resume-processor fairness``: a job of this database, or files of anybody's."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resume_processor.cli_output.audit_commands import DataDir, Tenant

if TYPE_CHECKING:
    from resume_processor.fairness.report import FairnessReport


class FairnessFormat(StrEnum):
    """How the report is written."""

    JSON = "json"
    HTML = "html"


def fairness(
    *,
    groups: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Self-declared groups: id or external_id, sex, race_ethnicity. Read, not kept.",
        ),
    ],
    job: Annotated[str | None, typer.Option(help="A job's id, in the database.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Instead of a job: id, decision."),
    ] = None,
    scores: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Instead of a job: id, score."),
    ] = None,
    form: Annotated[
        FairnessFormat, typer.Option("--format", help="For programs, or one page that prints.")
    ] = FairnessFormat.JSON,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; else stdout.")
    ] = None,
    only_applied: Annotated[
        bool, typer.Option("--only-applied", help="Only resumes that were sent for the job.")
    ] = False,
    leave_out_small: Annotated[
        str | None,
        typer.Option(
            metavar="WHY", help="Leave categories below 2 % out of the impact ratios, and why."
        ),
    ] = None,
    tenant: Tenant = "default",
    data_dir: DataDir = None,
) -> None:
    """Selection and scoring rates and impact ratios, as Local Law 144 of New York City has them.

    By sex, by race and ethnicity, and by both; for a job with its scores and recorded decisions,
    or for files. Groups are what people declared themselves; scoring never sees them.
    """
    if (job is None) == (decisions is None and scores is None):
        raise typer.BadParameter("Give either --job, or --decisions or --scores or both.")
    if job is None:
        report = of_files(groups, decisions, scores, leave_out_small)
    else:
        report = of_job(groups, job, tenant, data_dir, (only_applied, leave_out_small))
    write(report, form, out)


def of_files(
    groups: Path, decisions: Path | None, scores: Path | None, justification: str | None
) -> FairnessReport:
    """Without a database. Raises InvalidRequest."""
    from resume_processor.fairness.report import fairness_report  # noqa: PLC0415 - heavy
    from resume_processor.fairness.tables import (  # noqa: PLC0415
        read_decisions,
        read_declarations,
        read_scores,
        text_of,
    )
    from resume_processor.workflow.assess_fairness import sample_of_files  # noqa: PLC0415

    sample = sample_of_files(
        read_declarations(text_of(groups.read_bytes())),
        {} if decisions is None else read_decisions(text_of(decisions.read_bytes())),
        {} if scores is None else read_scores(text_of(scores.read_bytes())),
    )
    return fairness_report(sample, datetime.now(UTC), justification)


def of_job(
    groups: Path,
    job_id: str,
    tenant: str,
    data_dir: Path | None,
    asked: tuple[bool, str | None],
) -> FairnessReport:
    """From the database. Raises NotFound and InvalidRequest."""
    from resume_processor.cli_output.audit_commands import opened  # noqa: PLC0415 - heavy
    from resume_processor.fairness.tables import read_declarations, text_of  # noqa: PLC0415
    from resume_processor.workflow.assess_fairness import (  # noqa: PLC0415
        Question,
        assess_fairness,
    )

    declarations = read_declarations(text_of(groups.read_bytes()))
    with opened(data_dir) as services:
        return assess_fairness(Question(job_id, declarations, *asked), tenant, services)


def write(report: FairnessReport, form: FairnessFormat, out: Path | None) -> None:
    """To the file, else to stdout."""
    from resume_processor.fairness.report import report_to_json  # noqa: PLC0415 - heavy
    from resume_processor.fairness.report_page import page_of  # noqa: PLC0415

    data = report_to_json(report)
    if form is FairnessFormat.HTML:
        text = page_of(data)
    else:
        text = json.dumps(data, ensure_ascii=False, indent=1)
    if out is None:
        sys.stdout.write(text + "\n")
    else:
        out.write_text(text + "\n", "utf-8")
