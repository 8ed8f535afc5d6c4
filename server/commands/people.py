"""Networks and the first people in them."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import available_timezones

import click
from sqlalchemy import insert, select

from schemas.vocabulary import NetworkRole
from server import clock
from server.commands import A_NAME, A_NETWORKS_NAME, AN_EMAIL, network_option, with_app
from server.config import Settings
from server.db import EVERY_NETWORK, writing
from server.errors import RuleBroken
from server.models.accounts import Membership
from server.models.sync import Network
from server.services import invitations
from server.services.accounts import person_with_email
from server.services.audit import write_audit
from server.services.networks import find_network


@click.group()
def network() -> None:
    """Networks of this server."""


@network.command("create")
@click.argument("name", type=A_NETWORKS_NAME)
@click.option("--time-zone", default="America/New_York", show_default=True, help="IANA name.")
@with_app
def create_network(settings: Settings, name: str, time_zone: str) -> None:
    """Make an empty network. Its first admin: `rounds admin create`."""
    if time_zone not in available_timezones():
        raise RuleBroken("network.unknown_time_zone", field="time_zone")
    network_id = clock.new_id()
    with writing(network_id) as tx:
        tx.execute(insert(Network).values(id=network_id, name=name, time_zone=time_zone))
    click.echo(network_id)


@click.group()
def admin() -> None:
    """Who manages a network's people."""


@admin.command("create")
@network_option
@click.option("--name", type=A_NAME, required=True, help="The person's name.")
@click.option(
    "--email", type=AN_EMAIL, default=None, help="For signing in by e-mail and password, later."
)
@click.option("--lead/--no-lead", default=True, show_default=True, help="A lead as well.")
@with_app
def create_admin(
    settings: Settings, network_name: str, name: str, email: str | None, lead: bool
) -> None:
    """Invite somebody as the network's admin: prints a link and a code, good once."""
    roles = [NetworkRole.ADMIN, NetworkRole.LEAD] if lead else [NetworkRole.ADMIN]
    _invite(settings, network_name, name, email, [*roles])


@click.command()
@network_option
@click.option("--name", type=A_NAME, default=None, help="The person's name, if known.")
@click.option("--email", type=AN_EMAIL, default=None)
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in NetworkRole]),
    default=["member"],
)
@with_app
def invite(
    settings: Settings,
    network_name: str,
    name: str | None,
    email: str | None,
    roles: tuple[str, ...],
) -> None:
    """Invite somebody: prints a link and a code, good once."""
    _invite(settings, network_name, name, email, [*roles])


def _invite(
    settings: Settings, network_name: str, name: str | None, email: str | None, roles: list[str]
) -> None:
    asked = {"name": name, "email": email, "roles": roles}
    with writing(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
        lasts = timedelta(days=settings.invitation_days)
        made = invitations.add_invitation(tx, network_id, None, asked, lasts)
        write_audit(tx, network_id, None, "invitation.made", made)
        token = invitations.add_link(tx, network_id, made)
        code = invitations.add_code(tx, network_id, made)["code"]
    print_way_in(settings, token, code)


def print_way_in(settings: Settings, token: str, code: str) -> None:
    click.echo(f"Link, good once:         {settings.origin}/join/{token}")
    click.echo(f"Code, for ten minutes:   {code}")


@click.command("reset-password")
@click.argument("email")
@with_app
def reset_password(settings: Settings, email: str) -> None:
    """A link and a code that let somebody in to set a new password."""
    with writing(EVERY_NETWORK) as tx:
        person_id = person_with_email(tx, email)
        place = tx.execute(
            select(Membership.network_id, Membership.id).where(
                Membership.person_id == (person_id or ""), Membership.removed_at.is_(None)
            )
        ).first()
        if person_id is None or place is None:
            raise RuleBroken("accounts.nobody", field="email")
        made = invitations.add_way_back(tx, place.network_id, None, person_id)
        write_audit(tx, place.network_id, None, "member.way_back_made", place.id)
        token = invitations.add_link(tx, place.network_id, made)
        code = invitations.add_code(tx, place.network_id, made)["code"]
    print_way_in(settings, token, code)


COMMANDS = (network, admin, invite, reset_password)
