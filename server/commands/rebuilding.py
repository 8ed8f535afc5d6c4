"""Making again what is made from the log."""

from __future__ import annotations

import click
from sqlalchemy import select

from server.commands import with_app
from server.commands.progress import progress_bar
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.models.sync import Network
from server.services.narrowing import TABLES
from server.services.narrowing import rebuild as rebuild_tables
from server.services.networks import find_network
from server.services.row_counts import count_rows


@click.command()
@click.option("--network", "network_name", help="The network's name or id; all without.")
@with_app
def rebuild(settings: Settings, network_name: str | None) -> None:
    """Make the tables of patterns again from the log. The server may run meanwhile."""
    with reading(EVERY_NETWORK) as tx:
        every = tx.execute(select(Network.id, Network.name).order_by(Network.name)).all()
        wanted = find_network(tx, network_name) if network_name else None
    for network_id, name in every:
        if wanted in (None, network_id):
            with progress_bar(name) as told:
                count = rebuild_tables(network_id, told)
            click.echo(f"{name}: {count:,} rounds read again from the log.")
    count_rows(settings, TABLES)


COMMANDS = (rebuild,)
