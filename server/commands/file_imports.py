"""What the import screen does, for whoever runs the server: places, people and standards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import Connection

from schemas.vocabulary import NetworkRole
from server.commands import network_option, with_app
from server.commands.choosing import chosen, districts_in, parts_in, told
from server.commands.imports import dry_run_option, file_argument, find_author, import_
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.domain.access import may
from server.domain.imports.found import Outcome
from server.domain.imports.plans import Plan, of_districts
from server.domain.imports.standard_plans import of_parts
from server.errors import Forbidden, RuleBroken
from server.services import file_imports
from server.services.file_imports import Chosen, TakenIn
from server.services.members import find_member
from server.services.networks import find_network
from server.services.sessions import Member

AT_ONCE = {
    "import.too_many_places": "Take some districts after others: --district NAME, more than once.",
    "import.too_many_standards": "Take some parts after others: --part NAME, more than once.",
    "import.too_many_people": "Take the list in without --invite, and invite from the screen.",
}
"""Refusals to what an operator does then."""


@import_.command("file")
@file_argument
@network_option
@click.option("--by", "by", required=True, help="A lead's or admin's e-mail address or member id.")
@click.option(
    "--district", "districts", multiple=True, help="Only this district of the file. Repeatable."
)
@click.option("--part", "parts", multiple=True, help="Only this part of a framework. Repeatable.")
@click.option("--invite", is_flag=True, help="Invite everybody in the file who is new.")
@click.option("--list", "only_list", is_flag=True, help="List its districts or parts; do nothing.")
@dry_run_option
@with_app
def file(
    settings: Settings,
    file: Path,
    network_name: str,
    by: str,
    districts: tuple[str, ...],
    parts: tuple[str, ...],
    invite: bool,
    only_list: bool,
    dry_run: bool,
) -> None:
    """Take schools, people or standards into a network: all that is chosen, or nothing."""
    network_id, member_id = _place(network_name, by)
    content = file.read_bytes()
    looked = file_imports.look(network_id, content)
    plan = looked.plan
    if only_list:
        for each in (*districts_in(plan), *parts_in(plan)):
            click.echo(told(each))
        return
    wanted = Chosen(
        looked.digest,
        chosen(districts_in(plan), districts, "--district"),
        [each.row for each in plan.people if invite and each.outcome == Outcome.NEW],
        chosen(parts_in(plan), parts, "--part"),
    )
    if dry_run:
        _say(plan, wanted)
        return
    taken = _take_in(network_id, member_id, content, wanted, settings)
    click.echo(f"{taken.places:,} places and {taken.standards:,} standards taken in.")
    for row, token in taken.ways_in:
        click.echo(f"{row.name}: {settings.origin}/join/{token}")


def _place(network_name: str, by: str) -> tuple[str, str]:
    """Which network, and by whom, who must be allowed to."""
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
        member_id = find_author(tx, network_id, by)
        _asker(tx, network_id, member_id)
    return network_id, member_id


def _take_in(
    network_id: str, member_id: str, content: bytes, wanted: Chosen, settings: Settings
) -> TakenIn:
    lasts = timedelta(days=settings.invitation_days)
    try:
        return file_imports.take_in(
            network_id, lambda tx, own: _asker(tx, own, member_id), content, wanted, lasts
        )
    except RuleBroken as error:
        if error.code in AT_ONCE:
            click.echo(f"{AT_ONCE[error.code]} --list shows what there is.", err=True)
        raise


def _asker(tx: Connection, network_id: str, member_id: str) -> Member:
    row = find_member(tx, network_id, member_id)
    roles = frozenset(NetworkRole(word) for word in row.roles.split())
    member = Member(network_id, member_id, roles, active=True)
    if not may(member.standing, "files.take_in"):
        raise Forbidden()
    return member


def _say(plan: Plan, wanted: Chosen) -> None:
    """A line a row that changes something or is left out, then the counts, of what is chosen."""
    counts: Counter[str] = Counter()
    places = of_districts(plan.places, wanted.districts)
    standards = of_parts(plan.standards, wanted.parts)
    named: list[tuple[int | None, str, str, str | None]]
    named = [(each.row, each.name, each.outcome, each.why) for each in places]
    named += [(each.row, each.name, each.outcome, each.why) for each in plan.people]
    named += [(each.row, each.text, each.outcome, each.why) for each in standards]
    for row, name, outcome, why in named:
        counts[outcome] += 1
        if outcome != Outcome.SAME:
            click.echo(f"{row or '-'}\t{outcome}\t{name}" + (f"\t{why}" if why else ""))
    for each in plan.not_read:
        click.echo(f"-\tnot_read\t{each.name}\t{each.why}")
    told_of = {**counts, **plan.forgotten}
    click.echo(", ".join(f"{count:,} {word}" for word, count in told_of.items()) + ".")


COMMANDS = (import_,)
