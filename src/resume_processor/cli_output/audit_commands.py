"""``resume-processor audit``: the audit log written out, and looked over.

Like the other commands it works on the database itself, so it also does where no server runs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resume_processor.cli_output.terminal import FAILED
from resume_processor.errors import InvalidRequest

if TYPE_CHECKING:
    from resume_processor.bootstrap import Services
    from resume_processor.workflow.audit_chain import ChainReport
    from resume_processor.workflow.audit_port import AuditEntry, AuditHead
    from resume_processor.workflow.audit_records import RecordsReport

audit_app = typer.Typer(
    name="audit",
    help="The audit log: who did what, chained by hashes so that changes show.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# the first character keeps Click from wrapping what follows
EXPORTING = "\b\nExamples:\n  resume-processor audit export -o log.jsonl"
VERIFYING = """\b
Examples:
  resume-processor audit verify --records
  resume-processor audit verify --against log.jsonl
  resume-processor audit verify --head SEQUENCE:HASH
  resume-processor audit verify --file log.jsonl"""

DataDir = Annotated[
    Path | None,
    typer.Option(
        help="Where database and files live.",
        show_default="RESUME_PROCESSOR_DATA_DIR or ./resume-processor-data",
    ),
]
Tenant = Annotated[str, typer.Option(help="Whose data.")]


@audit_app.command("export", epilog=EXPORTING)
def export_log(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; else stdout.")
    ] = None,
    tenant: Tenant = "default",
    data_dir: DataDir = None,
) -> None:
    """Write a tenant's log, oldest first, an entry of JSON a line.

    Kept elsewhere it is the witness that `audit verify --against` asks.
    """
    from resume_processor.workflow.audit_chain import (  # noqa: PLC0415 - heavy
        entries_of,
        entry_to_json,
        seal_all,
    )

    with opened(data_dir) as services:
        seal_all(services.storage)
        stream = sys.stdout if out is None else out.open("w", encoding="utf-8")
        count = 0
        for entry in entries_of(services.storage, tenant):
            stream.write(json.dumps(entry_to_json(entry), ensure_ascii=False) + "\n")
            count += 1
        if out is not None:
            stream.close()
    typer.echo(f"{count} entries of {tenant}", err=True)


@audit_app.command("verify", epilog=VERIFYING)
def verify_log(
    *,
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="SEQUENCE:HASH of --tenant that was noted elsewhere; as many as you like."
        ),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier export; all in it must still be there.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Look over this export instead of the database.")
    ] = None,
    records: Annotated[
        bool,
        typer.Option(
            "--records",
            help="Compare each stored result, score and decision of --tenant with the log, too.",
        ),
    ] = False,
    tenant: Tenant = "default",
    data_dir: DataDir = None,
) -> None:
    """Look whether every entry is there, in its place, and as it was written.

    Changed, removed and reordered entries show by themselves. An end that was cut off, or a chain
    that was made anew as a whole, shows against what was noted elsewhere only. Exit status 1 where
    something is not right.
    """
    known, fit = [*noted(head or [], tenant), *heads_in(against)], True
    if file is not None:
        reports: Sequence[ChainReport] = verify_file(file, known)
    else:
        from resume_processor.workflow.audit_chain import (  # noqa: PLC0415 - heavy
            seal_all,
            verify_storage,
        )
        from resume_processor.workflow.audit_records import verify_records  # noqa: PLC0415

        with opened(data_dir) as services:
            seal_all(services.storage)
            reports = verify_storage(services.storage, known)
            if records:
                fit = tell_records(verify_records(services.storage, tenant))
    if not tell(reports) or not fit:
        raise typer.Exit(FAILED)


def tell(reports: Sequence[ChainReport]) -> bool:
    """A line for each chain and each flaw; whether there is none."""
    for report in reports:
        end = report.end
        state = "FLAWED" if report.flaws else "whole"
        typer.echo(f"{end.tenant}: {state}, {end.sequence} entries, head {end.sequence}:{end.hash}")
        for flaw in report.flaws:
            typer.echo(f"{flaw.tenant}: entry {flaw.sequence}: {flaw.what}")
    if not reports:
        typer.echo("There are no entries.")
    return not any(report.flaws for report in reports)


def tell_records(report: RecordsReport) -> bool:
    """How many rows are as the log says, and a line for each that is not; whether there is none."""
    typer.echo(
        f"{report.tenant}: {report.right} results, scores and decisions are as the log says, "
        f"{len(report.changed)} are not, {len(report.unlogged)} are not in it"
    )
    for row in report.changed:
        typer.echo(f"{report.tenant}: {row}: is not what the log says")
    return not report.changed


def verify_file(file: Path, known: Sequence[AuditHead]) -> list[ChainReport]:
    """The chains in an export, each by itself."""
    from resume_processor.workflow.audit_chain import verify_chain  # noqa: PLC0415 - heavy

    entries = list(read_export(file))
    tenants = sorted({*(entry.tenant for entry in entries), *(one.tenant for one in known)})
    return [
        verify_chain((one for one in entries if one.tenant == tenant), tenant, known=known)
        for tenant in tenants
    ]


def read_export(file: Path) -> Iterator[AuditEntry]:
    """The entries of an export. Raises InvalidRequest where it is none."""
    from resume_processor.workflow.audit_chain import entry_from_json  # noqa: PLC0415 - heavy

    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield entry_from_json(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InvalidRequest(f"Line {number} is no entry of an audit log.") from error


def heads_in(file: Path | None) -> list[AuditHead]:
    """What an export says of each of its entries."""
    from resume_processor.workflow.audit_chain import head_of  # noqa: PLC0415 - heavy

    return [] if file is None else [head_of(entry) for entry in read_export(file)]


def noted(texts: Sequence[str], tenant: str) -> list[AuditHead]:
    """``SEQUENCE:HASH`` as a chain's end. Raises BadParameter."""
    from resume_processor.workflow.audit_port import AuditHead  # noqa: PLC0415 - heavy

    heads = []
    for text in texts:
        sequence, _, digest = text.partition(":")
        if not sequence.isdecimal() or len(digest) != 64:
            raise typer.BadParameter("A head is SEQUENCE:HASH, as verify prints it.")
        heads.append(AuditHead(tenant, int(sequence), digest.lower()))
    return heads


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Services]:
    """The parts of the service for a command, acting as the one at this machine."""
    from resume_processor.bootstrap import build_services  # noqa: PLC0415 - heavy
    from resume_processor.settings import Settings  # noqa: PLC0415
    from resume_processor.workflow.audit_port import LOCAL  # noqa: PLC0415

    given: dict[str, Any] = {} if data_dir is None else {"data_dir": data_dir}
    services = build_services(Settings(**given))
    try:
        yield services.acting_as(LOCAL)
    finally:
        services.close()
