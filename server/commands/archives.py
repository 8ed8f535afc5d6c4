"""A network that leaves: its archive, made here and taken in by an empty server elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from server.commands import with_app
from server.commands.people import network, print_way_in
from server.commands.progress import progress_bar
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.services import invitations
from server.services.archives.importing import Imported, import_archive
from server.services.archives.making import make_archive
from server.services.audit import write_audit
from server.services.narrowing import bring_all_up
from server.services.networks import find_network
from server.services.row_counts import count_rows


@network.command("archive")
@click.argument("name_or_id")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_app
def archive(settings: Settings, name_or_id: str, output: Path) -> None:
    """Write all that a network's members hold together to one file, for another server."""
    if output.exists():
        raise click.UsageError(f"{output} is there already.")
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, name_or_id)
    with progress_bar("Writing the archive") as told:
        made = make_archive(network_id, output, None, told)
    click.echo(
        f"{made.path}: {made.counts['records']:,} records, {made.counts['changes']:,} changes, "
        f"{made.counts['members']:,} members. Left out: {made.left_out:,} records that "
        "people hold for themselves."
    )
    click.echo("Keep it as carefully as a backup: it says which classroom a card came from.")


@network.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app
def import_network(settings: Settings, file: Path) -> None:
    """Take a network's archive into this server, which must be empty: all of it, or nothing."""
    with progress_bar("Taking in the archive") as told:
        imported = import_archive(settings, file, told)
        bring_all_up()
        count_rows(settings)
    counts = imported.counts
    click.echo(
        f"{imported.name} is here: {counts['records']:,} records, {counts['changes']:,} changes, "
        f"{counts['members']:,} members; every record is as it was."
    )
    _let_admins_in(settings, imported)


def _let_admins_in(settings: Settings, imported: Imported) -> None:
    """Nobody's password came along: a link and a code for each admin, good once."""
    for member_id, person_id, name in imported.admins:
        with writing(imported.network_id) as tx:
            made = invitations.add_way_back(tx, imported.network_id, None, person_id)
            write_audit(tx, imported.network_id, None, "member.way_back_made", member_id)
            token = invitations.add_link(tx, imported.network_id, made)
            code = invitations.add_code(tx, imported.network_id, made)["code"]
        click.echo(f"{name}, who lets the others in:")
        print_way_in(settings, token, code)
    if not imported.admins:
        click.echo("It has no admin: make one with `rounds admin create`.")


COMMANDS = ()
