"""Copies, restores and purges: keeping what must stay, forgetting what must go."""

from __future__ import annotations

from pathlib import Path

import click

from server.app import create_app
from server.commands import network_option, with_app
from server.commands.progress import progress_bar
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.services.backups import make_backup
from server.services.narrowing import bring_all_up
from server.services.networks import find_network
from server.services.restores import restore as restore_backup
from server.services.retention import purge_records, raw_notes_of, wipe_files


@click.command()
@click.option("--keep", default=14, show_default=True, help="How many backups to keep.")
@with_app
def backup(settings: Settings, keep: int) -> None:
    """Copy the database into DATA_DIR/backups and check the copy."""
    with progress_bar("Copying the database") as told:
        target = make_backup(settings, told, keep=max(1, keep))
    click.echo(f"{target} ({target.stat().st_size // 1024:,} KiB)")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Also where the database holds more than the backup.")
def restore(file: Path, yes: bool) -> None:
    """Put a backup in the database's place. Tablets then offer again what they hold.

    Stop the server first. A copy of what was there is kept in DATA_DIR/backups.
    """
    settings = Settings.from_environment()
    with create_app(settings).app_context(), progress_bar("Copying the backup") as told:
        done = restore_backup(settings, file.resolve(), told, yes=yes)
    if done.kept is not None:
        click.echo(f"What was there before: {done.kept}")
    click.echo(f"{done.networks:,} networks are back; {done.purged:,} records purged again.")


@click.command()
@network_option
@click.option("--record", "records", multiple=True, help="A record's id. May be repeated.")
@click.option("--notes-of-round", "round_id", help="Every visit and note of this round.")
@click.option("--yes", is_flag=True, help="Do it. Without, it only says how many.")
@with_app
def purge(
    settings: Settings,
    network_name: str,
    records: tuple[str, ...],
    round_id: str | None,
    yes: bool,
) -> None:
    """Forget records for good: text leaves tables, files and, at their next sync, tablets."""
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
        notes = raw_notes_of(tx, network_id, round_id) if round_id else []
    wanted = {*records, *notes}
    if not yes:
        click.echo(f"{len(wanted):,} records would be forgotten for good. Add --yes to do it.")
        return
    count = purge_records(settings, network_id, wanted)
    bring_all_up()
    click.echo(f"{count:,} records are forgotten.")
    if not wipe_files(settings):
        click.echo("Their text may lie in the database's files until the next purge or restart.")
    click.echo("Backups made before hold them for up to 35 days more.")


COMMANDS = (backup, restore, purge)
