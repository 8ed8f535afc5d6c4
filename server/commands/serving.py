"""Running the server, and bringing its tables up to date."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from server import schema
from server.app import create_app
from server.commands import with_app
from server.commands.progress import progress_bar
from server.config import Settings
from server.db import db
from server.services import vapid
from server.services.backups import copy_sqlite, folder_of
from server.services.bi_views import bring_up_to_date
from server.services.doctor import examine
from server.services.retention import purge_again
from server.services.roles import role_of_server, roles_sql
from server.services.upgrades import release_what_waited

ROOT = Path(__file__).resolve().parent.parent.parent


@click.command()
@with_app
def serve(settings: Settings) -> None:
    """Answer requests on 127.0.0.1 at PORT. Ends with Ctrl-C or a TERM signal."""
    if count := purge_again(settings):
        click.echo(f"The database was put back from before: {count:,} records purged again.")
    vapid.key(settings)  # Before there are several processes that might each make one.
    db.engine.dispose()
    click.echo(f"Rounds answers at {settings.origin}. Ctrl-C ends it.")
    os.environ["DATA_DIR"] = str(settings.folder)
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, *gunicorn_command(settings)])  # noqa: S606


def gunicorn_command(settings: Settings) -> list[str]:
    """Processes of many threads: one with SQLite, which has one writer; streams hold nothing."""
    return [
        "-m",
        "gunicorn",
        "wsgi:app",
        "--config=python:server.gunicorn",
        f"--bind=127.0.0.1:{settings.port}",
        f"--workers={settings.processes}",
        f"--threads={settings.threads}",
    ]


@click.command()
def migrate() -> None:
    """Bring the tables up to date. A SQLite database is copied and the copy checked first."""
    settings = Settings.from_environment()
    server_role = None if settings.is_sqlite else role_of_server(settings)
    app = create_app(replace(settings, database_url=settings.migrate_database))
    with app.app_context():
        with db.engine.connect() as connection:
            before = schema.current_step(connection)
            is_current = schema.is_current(connection)
        if settings.is_sqlite and before is not None and not is_current:
            click.echo(f"A copy as it was: {_copy_before(settings, before)}")
        with db.engine.begin() as connection:
            bring_up_to_date(connection, server_role)
        if is_current:
            click.echo(f"The database is up to date, at step {before}.")
        else:
            click.echo(f"The database is at step {schema.newest_step()} now.")
        if released := release_what_waited():
            click.echo(f"{released} changes that waited for this release were taken in.")


@click.command()
@click.option("--database", default="rounds", show_default=True, help="The database's name.")
def roles(database: str) -> None:
    """Print the SQL that makes a PostgreSQL database and its two roles, and the settings.

    To be run once, by a superuser: rounds roles | sudo -u postgres psql
    """
    sql, lines = roles_sql(database)
    click.echo(sql)
    click.echo("Then set:\n" + "\n".join(lines), err=True)


def _copy_before(settings: Settings, step: str) -> Path:
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = len(list(folder.glob("before-*"))) + 1
    target = folder / f"before-{number:04}-step-{step}.db"
    with progress_bar("Copying the database") as told:
        copy_sqlite(settings.sqlite_file, target, told)
    return target


@click.command()
def doctor() -> None:
    """Look at disk, database, clock, address, backups, queue and tablets; say what to do."""
    settings = Settings.from_environment()
    with create_app(settings).app_context():
        findings = list(examine(settings))
    for each in findings:
        click.echo(f"{'!!' if each.todo else 'ok'}  {each.about}: {each.found}")
        if each.todo:
            click.echo(f"    {each.todo}")
    sys.exit(1 if any(each.todo for each in findings) else 0)


COMMANDS = (serve, migrate, roles, doctor)
