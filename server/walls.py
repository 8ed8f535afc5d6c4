"""The second wall between networks: row level security on PostgreSQL.

The first wall is each query's own `network_id = ...`. Here the database itself shows and
takes no row but of the network that the transaction was begun for (server.db), so that a
query that forgets its filter finds nothing of others. The policies follow the models: a new
table with a `network_id` gets its own at the next `rounds migrate`.

A superuser, a role with BYPASSRLS and the owner of the tables pass through the wall, so the
server signs in as none of them (services/soundness.py). SQLite has no such thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

from server.db import Base
from server.models import import_all

FOUND_BY_SECRET = frozenset(
    {"session", "invitation_link", "sign_in_code", "summary_page", "screen"}
)
"""Looked up by a hash before anybody knows the network. They hold ids, hashes and dates."""

OF_NETWORK, OF_PERSON = "of_network_1", "of_person_1"
"""Names of policies. A changed rule takes a new number, so that `raise_walls` replaces it."""

_NETWORK = "(SELECT current_setting('rounds.network', true))"
_PERSON = "(SELECT current_setting('rounds.person', true))"


def walled_tables() -> dict[str, str]:
    """Every table with a tenant's rows, and the column that says whose they are."""
    import_all()
    tables: dict[str, Table] = dict(Base.metadata.tables)
    walled = {name: "network_id" for name, table in tables.items() if "network_id" in table.c}
    return {name: walled[name] for name in sorted(walled.keys() - FOUND_BY_SECRET)} | {
        "network": "id"
    }


def missing_walls(tx: Connection) -> list[str]:
    """The tables that should have a policy and have none in force."""
    found = tx.execute(
        text(
            "SELECT c.relname, p.polname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relnamespace = current_schema()::regnamespace"
        )
    )
    standing = {(row[0], row[1]) for row in found}
    return [
        name
        for name in walled_tables()
        if any((name, policy) not in standing for policy, _ in _policies(name))
    ]


def raise_walls(tx: Connection) -> None:
    """Give every table its policies, where they are missing. As the tables' owner."""
    for name in missing_walls(tx):
        tx.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
        for policy, rule in _policies(name):
            tx.execute(text(f"DROP POLICY IF EXISTS {policy} ON {name}"))
            tx.execute(text(f"CREATE POLICY {policy} ON {name} {rule}"))


def _policies(table: str) -> Iterator[tuple[str, str]]:
    column = walled_tables()[table]
    yield OF_NETWORK, f"USING ({column} = {_NETWORK} OR {_NETWORK} = '*')"
    if table == "membership":
        yield OF_PERSON, f"FOR SELECT USING (person_id = {_PERSON})"
    if table == "network":
        mine = f"SELECT network_id FROM membership WHERE person_id = {_PERSON}"  # noqa: S608
        yield OF_PERSON, f"FOR SELECT USING (id IN ({mine}))"


def admit(tx: Connection, role: str) -> None:
    """Let the server's role read and write rows, and nothing else. As the tables' owner."""
    names = ", ".join(sorted(Base.metadata.tables))
    quoted = tx.dialect.identifier_preparer.quote_identifier(role)
    tx.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO {quoted}"))
    tx.execute(text(f"GRANT SELECT ON alembic_version TO {quoted}"))
