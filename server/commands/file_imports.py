"""What the import screen does, for whoever runs the server: places, people and standards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import Connection

from schemas.vocabulary import NetworkRole
from server.commands import network_option, with_app
from server.commands.imports import dry_run_option, file_argument, find_author, import_
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.domain.access import may
from server.domain.imports.found import Outcome
from server.domain.imports.plans import Plan
from server.errors import Forbidden
from server.services import file_imports
from server.services.members import find_member
from server.services.networks import find_network
from server.services.sessions import Member


@import_.command("file")
@file_argument
@network_option
@click.option("--by", "by", required=True, help="A lead's or admin's e-mail address or member id.")
@click.option("--invite", is_flag=True, help="Invite everybody in the file who is new.")
@dry_run_option
@with_app
def file(
    settings: Settings, file: Path, network_name: str, by: str, invite: bool, dry_run: bool
) -> None:
    """Take schools, people or standards into a network: everything in the file, or nothing."""
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
        member_id = find_author(tx, network_id, by)
        _asker(tx, network_id, member_id)
    content = file.read_bytes()
    looked = file_imports.look(network_id, content)
    if dry_run:
        _say(looked.plan)
        return
    people = [each.row for each in looked.plan.people if invite and each.outcome == Outcome.NEW]
    chosen = file_imports.Chosen(looked.digest, people=people)
    lasts = timedelta(days=settings.invitation_days)
    taken = file_imports.take_in(
        network_id, lambda tx, own: _asker(tx, own, member_id), content, chosen, lasts
    )
    click.echo(f"{taken.places:,} places and {taken.standards:,} standards taken in.")
    for row, token in taken.ways_in:
        click.echo(f"{row.name}: {settings.origin}/join/{token}")


def _asker(tx: Connection, network_id: str, member_id: str) -> Member:
    row = find_member(tx, network_id, member_id)
    roles = frozenset(NetworkRole(word) for word in row.roles.split())
    member = Member(network_id, member_id, roles, active=True)
    if not may(member.standing, "files.take_in"):
        raise Forbidden()
    return member


def _say(plan: Plan) -> None:
    """A line a row that changes something or is left out, then the counts."""
    counts: Counter[str] = Counter()
    named = [(each.row, each.name, each.outcome, each.why) for each in plan.places]
    named += [(each.row, each.name, each.outcome, each.why) for each in plan.people]
    named += [(each.row, each.text, each.outcome, each.why) for each in plan.standards]
    for row, name, outcome, why in named:
        counts[outcome] += 1
        if outcome != Outcome.SAME:
            click.echo(f"{row}\t{outcome}\t{name}" + (f"\t{why}" if why else ""))
    told = {**counts, **plan.forgotten}
    click.echo(", ".join(f"{count:,} {word}" for word, count in told.items()) + ".")


COMMANDS = (import_,)
