"""The two roles that PostgreSQL wants: one owns the tables, the other reads and writes rows.

The server signs in as the second, which row level security holds. Neither is a superuser.
"""

from __future__ import annotations

import secrets

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from server.config import Settings
from server.services.soundness import StartRefused, check_role

OWNER, SERVER = "rounds_owner", "rounds_app"


def role_of_server(settings: Settings) -> str:
    """The role that DATABASE_URL signs in as. StartRefused where the wall does not hold it."""
    if settings.migrate_database_url in {"", settings.database_url}:
        raise StartRefused(
            "PostgreSQL wants two roles, so that a network's rows stay its own: one owns the "
            "tables (MIGRATE_DATABASE_URL), the server signs in as the other (DATABASE_URL). "
            "`rounds roles` prints the SQL that makes both, and the two settings."
        )
    engine = create_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            check_role(connection)
            return str(connection.scalar(text("SELECT current_user")))
    except OperationalError as error:
        raise StartRefused(f"DATABASE_URL does not answer: {error.orig}") from error
    finally:
        engine.dispose()


def roles_sql(database: str) -> tuple[str, list[str]]:
    """SQL for a superuser, and the two settings that go with it. Passwords are random."""
    passwords = {role: secrets.token_hex(16) for role in (OWNER, SERVER)}
    sql = [
        f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{password}';"
        for role, password in passwords.items()
    ]
    sql.append(f'CREATE DATABASE "{database}" OWNER {OWNER};')
    names = {"DATABASE_URL": SERVER, "MIGRATE_DATABASE_URL": OWNER}
    lines = [
        f"{name}=postgresql://{role}:{passwords[role]}@localhost/{database}"
        for name, role in names.items()
    ]
    return "\n".join(sql), lines
