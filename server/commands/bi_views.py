"""Views for a district's own tools, on PostgreSQL."""

from __future__ import annotations

import click
from sqlalchemy import create_engine, text

from server.commands import network_option, with_app
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.services.bi_views import raise_views, role_sql, schema_of, take_down
from server.services.networks import find_network


@click.command("bi-views")
@network_option
@click.option("--remove", is_flag=True, help="Take the views away.")
@with_app
def bi_views(settings: Settings, network_name: str, remove: bool) -> None:
    """Let a BI tool read what hosts opened to the district, as views of PostgreSQL.

    Prints the SQL for the role that reads them, for a superuser, where there is none yet:
    rounds bi-views --network NAME | sudo -u postgres psql rounds
    """
    if settings.is_sqlite:
        raise click.ClickException("Views for BI tools want PostgreSQL; files work everywhere.")
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
    engine = create_engine(settings.migrate_database)
    try:
        with engine.begin() as tx:
            if remove:
                take_down(tx, network_id)
                click.echo(f"The views are gone. A superuser: DROP ROLE {schema_of(network_id)};")
                return
            has_role = raise_views(tx, network_id)
            database = tx.scalar(text("SELECT current_database()")) or ""
    finally:
        engine.dispose()
    if has_role:
        click.echo("The views are made anew.", err=True)
        return
    sql, password = role_sql(network_id, database)
    click.echo(sql, nl=False)
    name = schema_of(network_id)
    click.echo(
        f"The views are made. Give the SQL to a superuser, then connect the tool to the database "
        f'"{database}", schema "{name}", as user "{name}" with password "{password}".',
        err=True,
    )


COMMANDS = (bi_views,)
