"""Taking in files: the directory of schools, and notes that were written elsewhere."""

from __future__ import annotations

from pathlib import Path

import click
import orjson
from sqlalchemy import Connection, select

from server.commands import network_option, with_app
from server.commands.progress import progress_bar
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.errors import NotFound, RuleBroken
from server.models.accounts import Membership, Person
from server.models.sync import Network
from server.services.carrying import Carried, carry, read_rescue
from server.services.directory import foresee, import_schools
from server.services.imports import Place, import_notes
from server.services.networks import find_network
from server.sync.protocol import SERVER_ID

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would happen; do nothing.")


@click.group("import")
def import_() -> None:
    """Take in files. What is wrong is named by row and column, and nothing is kept of it."""


@import_.command("schools")
@file_argument
@click.option("--state", default=None, help="Two letters, where the list is of another state.")
@dry_run_option
@with_app
def schools(settings: Settings, file: Path, state: str | None, dry_run: bool) -> None:
    """Take a list of districts and schools into the directory (CSV, Ed-Fi, OneRoster)."""
    if dry_run:
        seen = foresee(file.read_bytes(), state)
        click.echo(f"{seen.new:,} new, {seen.changed:,} changed, {seen.same:,} as they are.")
        return
    with progress_bar("Taking in the list") as told:
        taken = import_schools(file.read_bytes(), file.name, state=state, progress=told)
    click.echo(f"{taken.districts:,} districts and {taken.schools:,} schools taken in.")


@import_.command("notes")
@file_argument
@network_option
@click.option("--round", "round_id", required=True, help="The round's id.")
@click.option("--author", required=True, help="The author's e-mail address or member id.")
@with_app
def notes(settings: Settings, file: Path, network_name: str, round_id: str, author: str) -> None:
    """Take in notes as the author's own: classroom_ref, seq, actor, note_text."""
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
        member_id = find_author(tx, network_id, author)
    with progress_bar("Taking in the notes") as told:
        made = import_notes(file.read_bytes(), Place(network_id, round_id, member_id), told)
    click.echo(
        f"{made.notes:,} notes of {made.visits:,} visits taken in; "
        f"{made.already_there:,} were there already."
    )


@import_.command("rescue")
@file_argument
@with_app
def rescue(settings: Settings, file: Path) -> None:
    """Take in the copy that a tablet wrote down, as its authors' own. Twice does no harm."""
    try:
        value = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise RuleBroken("carry.no_rescue_file") from error
    by_network = read_rescue(value)
    with reading(EVERY_NETWORK) as tx:
        here = {*tx.scalars(select(Network.id))}
    done = Carried()
    for network_id, changes in by_network.items():
        if network_id in here:
            done.add(carry(network_id, SERVER_ID, changes))
        else:
            done.elsewhere += len(changes)
    click.echo(
        f"{done.new:,} changes taken in, {done.known:,} were here already; "
        f"{done.waiting:,} of them wait until their author may write them."
    )
    if done.purged or done.refused or done.elsewhere:
        click.echo(
            f"{done.purged:,} were deleted for good before, {done.refused:,} are no changes of "
            f"a member, {done.elsewhere:,} belong to networks that are not here."
        )


def find_author(tx: Connection, network_id: str, named: str) -> str:
    """The member id of an active member, by it or by e-mail."""
    found = tx.scalar(
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.network_id == network_id,
            Membership.removed_at.is_(None),
            (Membership.id == named) | (Person.email == named.strip().lower()),
        )
    )
    if found is None:
        raise NotFound("import.nobody")
    return found


COMMANDS = (import_,)
