"""Views on PostgreSQL for a district's own tools (Power BI, Tableau, Metabase), one per kind.

A network that wants them has a schema of its own, and a role of the same name that reads the
schema and nothing else. The views say what a file says: rounds opened to the district, small
figures kept back as outside the network, nothing that leads to a school, a classroom, a time
or a person. They belong to the owner of the tables, whom row level security does not hold, so
each names its network; and each is a barrier, so that no function of a reader sees a row
before the rules have sorted it out. See docs/adr/0037.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, TextClause, text

from schemas.vocabulary import GradeBand, RoomToRoom, SchoolSubject
from server import schema
from server.domain.patterns import SAID_OF
from server.messages import say
from server.services.bi_queries import QUERIES
from server.services.narrow_network import TOUCHED_BY
from server.services.narrow_rows import RULES
from server.services.small_figures import FEWEST

PREFIX = "rounds_bi_"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_OURS = (
    "SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace "
    "WHERE nspname LIKE 'rounds\\_bi\\_%' ORDER BY nspname"
)
LANGUAGES = ("en", "es")


def schema_of(network_id: str) -> str:
    """The name of a network's schema and of the role that reads it."""
    return PREFIX + network_id.replace("-", "")[:16]


def raise_views(tx: Connection, network_id: str) -> bool:
    """Make a network's views, or make them anew; whether there is a role to read them.

    As the tables' owner.
    """
    if not _ID.match(network_id):  # Spelled into statements below.
        raise ValueError(network_id)
    name = schema_of(network_id)
    tx.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
    tx.execute(text(f"CREATE SCHEMA {name}"))
    tx.execute(text(f"COMMENT ON SCHEMA {name} IS '{network_id}'"))
    for view, query in QUERIES.items():
        _create(tx, f"{name}.{view}", _filled(query, network_id))
        for column in _columns_of(tx, name, view):
            words = _quoted(explained(column, "en"))
            tx.execute(_plain(f"COMMENT ON COLUMN {name}.{view}.{column} IS {words}"))
    _create(tx, f"{name}.codebook", _codebook(tx, name))
    if not _has_role(tx, name):
        return False
    for statement in _grants(name):
        tx.execute(text(statement))
    return True


def take_down(tx: Connection, network_id: str) -> None:
    """Take a network's views away. Its role is a superuser's to drop."""
    tx.execute(text(f"DROP SCHEMA IF EXISTS {schema_of(network_id)} CASCADE"))


def bring_up_to_date(tx: Connection, server_role: str | None) -> None:
    """Every step that is missing, with the views away meanwhile and anew afterwards."""
    if tx.dialect.name != "postgresql":
        schema.bring_up_to_date(tx)
        return
    found = [row[1] for row in tx.execute(text(_OURS)) if _ID.match(row[1] or "")]
    for network_id in found:
        take_down(tx, network_id)
    schema.bring_up_to_date(tx, server_role)
    for network_id in found:
        raise_views(tx, network_id)


def role_sql(network_id: str, database: str) -> tuple[str, str]:
    """SQL for a superuser that makes the reading role, and the role's random password."""
    name, password = schema_of(network_id), secrets.token_hex(16)
    statements = [
        f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE "
        f"CONNECTION LIMIT 10 PASSWORD '{password}'",
        f'GRANT CONNECT ON DATABASE "{database}" TO {name}',
        f"ALTER ROLE {name} SET default_transaction_read_only = on",
        f"ALTER ROLE {name} SET statement_timeout = '60s'",
        f"ALTER ROLE {name} SET search_path = {name}",
        *_grants(name),
    ]
    return "".join(f"{statement};\n" for statement in statements), password


def explained(column: str, language: str) -> str:
    """What a column means: its own words, or those of the files' column of that name."""
    own = say(f"exports.bi.{column}", language)
    return say(f"exports.explain.{column}", language) if own.startswith("exports.bi.") else own


def _grants(name: str) -> list[str]:
    return [
        f"GRANT USAGE ON SCHEMA {name} TO {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {name}",
    ]


def _has_role(tx: Connection, name: str) -> bool:
    return bool(tx.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name}))


def _create(tx: Connection, view: str, query: str) -> None:
    tx.execute(_plain(f"CREATE VIEW {view} WITH (security_barrier = true) AS {query}"))


def _plain(statement: str) -> TextClause:
    """A statement whose colons are no parameters."""
    return text(statement.replace(":", "\\:"))


def _filled(query: str, network_id: str) -> str:
    values: Mapping[str, str] = {
        "network": _quoted(network_id),
        "rules": str(RULES),
        "network_kinds": _listed(TOUCHED_BY),
        "line": _quoted(say("exports.line", "en")),
        "bands": _listed([*GradeBand]),
        "subjects": _listed([*SchoolSubject]),
        "rooms": " ".join(map(_said_of, SAID_OF)),
        "fewer_than": _quoted(say("exports.fewer_than", "en", fewest=FEWEST)),
        "or_more": _quoted(say("exports.or_more", "en", number="%s")),
    }
    for name, value in values.items():
        query = query.replace("{" + name + "}", value)
    return query


def _said_of(rooms: RoomToRoom) -> str:
    """Of which quantifiers a pattern was so from room to room."""
    return f"WHEN quantifier = ANY ({_listed(SAID_OF[rooms])}) THEN {_quoted(rooms)}"


def _listed(words: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(map(_quoted, words))}]"


def _quoted(words: str) -> str:
    return "'" + str(words).replace("'", "''") + "'"


def _columns_of(tx: Connection, name: str, view: str) -> list[str]:
    return [column for column, _ in _typed_columns(tx, name, view)]


def _typed_columns(tx: Connection, name: str, view: str) -> Iterator[tuple[str, str]]:
    found = tx.execute(
        text(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = to_regclass(:view) AND attnum > 0 ORDER BY attnum"
        ),
        {"view": f"{name}.{view}"},
    )
    for row in found:
        yield row[0], row[1]


def _codebook(tx: Connection, name: str) -> str:
    """Each view and column, its type, and what it means in both languages."""
    rows = [
        (view, column, kind, *(explained(column, language) for language in LANGUAGES))
        for view in QUERIES
        for column, kind in _typed_columns(tx, name, view)
    ]
    lines = ", ".join(f"({', '.join(map(_quoted, row))})" for row in rows)
    heads = "view_name, column_name, column_type, meaning_en, meaning_es"
    return f"SELECT * FROM (VALUES {lines}) AS listed ({heads})"  # noqa: S608 - our own words
