"""What must be true of the machine: a few things before a start, more for `rounds doctor`.

Every finding is a sentence, with what to do about it where it is not well.
"""

from __future__ import annotations

import shutil
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from server import clock, pages, schema, walls
from server.config import Settings
from server.db import reading
from server.errors import Busy
from server.services.backups import newest_backup

LEAST_FREE = 1024**3
BACKUP_EVERY = timedelta(days=2)
MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""Before this release was made: a clock that says less is wrong."""

_POSTGRES_KEEPS = ("fsync", "synchronous_commit", "full_page_writes")
_BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_OWNS = (
    "SELECT count(*) FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'USAGE')"
)
_ROLES = "`rounds roles` prints the SQL that makes the two roles it wants."


class StartRefused(Exception):
    """The server would not keep its promises as things stand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. todo: empty when all is well."""

    about: str
    found: str
    todo: str = ""


def check_before_start(tx: Connection) -> None:
    """Refuse tables that do not fit, and a PostgreSQL that could lose what it confirmed."""
    if tx.dialect.name == "postgresql":
        check_role(tx)
    if not schema.is_current(tx):
        raise StartRefused("The database is not up to date. Run `rounds migrate` first.")
    if tx.dialect.name != "postgresql":
        return
    for name in _POSTGRES_KEEPS:
        if tx.scalar(text(f"SHOW {name}")) == "off":
            raise StartRefused(f"PostgreSQL has {name} off and could lose notes. Set it to on.")
    missing = walls.missing_walls(tx)
    if missing:
        names = ", ".join(missing)
        raise StartRefused(f"No row level security on {names}. Run `rounds migrate`.")


def check_role(tx: Connection) -> None:
    """Refuse whoever would pass through the wall between networks (PostgreSQL)."""
    if tx.scalar(text(_BYPASSES)):
        raise StartRefused(
            "DATABASE_URL signs in as a role that row level security does not hold (a "
            f"superuser, or BYPASSRLS). {_ROLES}"
        )
    if tx.scalar(text(_OWNS)):
        raise StartRefused(
            "DATABASE_URL signs in as the owner of the tables, whom row level security does "
            f"not hold. {_ROLES}"
        )


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, worst or not."""
    yield _disk(settings)
    yield from _database()
    yield _clock()
    yield _app()
    yield _address(settings)
    yield _backup(settings)


def _disk(settings: Settings) -> Finding:
    settings.folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.folder).free
    found = f"{free // 1024**2:,} MiB are free in {settings.folder}."
    todo = "" if free >= LEAST_FREE else "Make room: below 1 GiB a busy day could fill it."
    return Finding("Disk", found, todo)


def _database() -> Iterator[Finding]:
    try:
        with reading() as tx:
            check_before_start(tx)
            if tx.dialect.name == "sqlite":
                state = tx.scalar(text("PRAGMA quick_check"))
                if state != "ok":
                    raise StartRefused(f"It is damaged: {state}. Restore the newest backup.")
            yield Finding("Database", f"It answers, at step {schema.current_step(tx)}.")
    except (StartRefused, schema.NewerDatabase) as error:
        yield Finding("Database", "It cannot be used as it is.", str(error))
    except (SQLAlchemyError, Busy, OSError) as error:
        todo = "Check DATABASE_URL and DATA_DIR, and that the database runs."
        yield Finding("Database", f"It does not answer ({type(error).__name__}).", todo)


def _clock() -> Finding:
    now = clock.now()
    found = f"It says {clock.as_text(now)}."
    todo = "" if now > MADE_AT else "Set the clock: sign-ins and reminders depend on it."
    return Finding("Clock", found, todo)


def _app() -> Finding:
    if (pages.DIST / "index.html").is_file():
        return Finding("App", "It is built.")
    return Finding("App", "It is not built.", "Run `make run`, or `npm run build` in pwa/.")


def _address(settings: Settings) -> Finding:
    if not settings.is_public:
        found = f"{settings.origin}: this machine alone can come."
        return Finding("Address", found)
    host, port = urlsplit(settings.origin).hostname or "", urlsplit(settings.origin).port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=5) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as safe,
        ):
            ends = ssl.cert_time_to_seconds(str((safe.getpeercert() or {})["notAfter"]))
    except (OSError, ssl.SSLError) as error:
        todo = "Start the proxy in front, and check its certificate and name."
        return Finding("Address", f"{settings.origin} does not answer by TLS: {error}.", todo)
    days = int((ends - clock.now().timestamp()) // 86_400)
    found = f"{settings.origin} answers; its certificate ends in {days} days."
    return Finding("Address", found, "" if days > 7 else "Renew the certificate.")


def _backup(settings: Settings) -> Finding:
    newest = newest_backup(settings)
    if newest is None:
        return Finding("Backup", "There is none.", "Run `rounds backup`, every night by a timer.")
    age = clock.now() - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    found = f"The newest was made {age.total_seconds() / 3600:.0f} hours ago."
    todo = "" if age < BACKUP_EVERY else "Run `rounds backup`, every night by a timer."
    return Finding("Backup", found, todo)
