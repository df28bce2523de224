"""``keys``: API keys made, listed and revoked in the database itself, so that there is a first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from resume_processor.cli_output.audit_commands import opened
from resume_processor.cli_output.choices import KeyScope

keys_app = typer.Typer(
    help="Make, list and revoke API keys. From the first one on, every request needs a key.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DataDir = Annotated[
    Path | None,
    typer.Option(
        help="Where the database is, unless DATABASE_URL names one.",
        show_default="RESUME_PROCESSOR_DATA_DIR or ./resume-processor-data",
    ),
]
Tenant = Annotated[str, typer.Option(help="Whose data the key sees.")]


@keys_app.command()
def create(
    name: Annotated[str, typer.Argument(help="What it is for, for people.")],
    scope: Annotated[
        list[KeyScope] | None,
        typer.Option(
            help="What it allows; may be given several times. submit: bring resumes, batches and "
            "jobs in; read: look; manage: both, and change, delete, administer; operate: figures "
            "of the whole service, and with manage keys of every tenant.",
            show_default="manage",
        ),
    ] = None,
    tenant: Tenant = "default",
    expires_at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
            metavar="TIME",
            help="From then on it does not hold: 2027-03-01, 2027-03-01T09:00, "
            "2027-03-01T09:00:00+01:00; in UTC where no offset is given.",
            show_default="never",
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key. It is printed this once; only its SHA-256 is stored."""
    from resume_processor.workflow.key_port import Scope  # noqa: PLC0415 - heavy
    from resume_processor.workflow.keys import create_key  # noqa: PLC0415

    scopes = [Scope(one.value) for one in scope or [KeyScope.MANAGE]]
    with opened(data_dir) as services:
        new = create_key(name, scopes, tenant, services, expires_at=in_utc(expires_at))
    said = ", ".join(sorted(new.key.scopes))
    if new.key.expires_at:
        said += f", until {minute(new.key.expires_at)} UTC"
    typer.echo(f"key {new.key.id} ({said}) of tenant {tenant}; keep it, it is not shown again:",
               err=True)  # fmt: skip
    typer.echo(new.secret)


@keys_app.command("list")
def list_keys(
    tenant: Annotated[
        str | None, typer.Option(help="Only this tenant's.", show_default="all")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Print the keys, newest first: what is known of them, not the keys themselves."""
    from rich.console import Console  # noqa: PLC0415 - heavy
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    with opened(data_dir) as services:
        keys = services.storage.list_keys(tenant=tenant)
    table = Table(
        "id", "begins", "tenant", "name", "scopes", "made", "last used", "ends", "revoked"
    )
    for key in keys:
        times = (key.created_at, key.last_used_at, key.expires_at, key.revoked_at)
        scopes = " ".join(sorted(key.scopes))
        cells = (key.id, f"{key.prefix}…", key.tenant, key.name, scopes, *map(minute, times))
        table.add_row(*map(Text, cells))
    Console().print(table)


@keys_app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """End a key, and the sessions begun with it, from the next request on."""
    with opened(data_dir) as services:
        key = services.storage.revoke_key(key_id, now=services.clock.now())
    typer.echo(f"{key.id} ({key.name}) does not hold any more", err=True)


def in_utc(time: datetime | None) -> datetime | None:
    """A time of the command line; one without an offset is UTC."""
    return time if time is None or time.tzinfo else time.replace(tzinfo=UTC)


def minute(time: datetime | None) -> str:
    """A time as people read it, in UTC."""
    return "" if time is None else f"{time:%Y-%m-%d %H:%M}"
