"""`rounds doctor`: looks at what the server stands on, and says in words what to do.

Looks only; mends nothing. Every finding is a sentence, with what to do about it where it is
not well.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from server import clock, pages, schema
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.domain.notices import NoticeKind
from server.errors import Busy
from server.models.notices import Notice, PushSubscription
from server.models.sync import Network
from server.services.audit import broken_audit
from server.services.backups import newest_backup
from server.services.client_errors import count_lately
from server.services.soundness import StartRefused, check_before_start
from server.sync import ledger

LEAST_FREE = 1024**3
BACKUP_EVERY = timedelta(days=2)
KEPT_ON_TABLETS = timedelta(days=90)
"""So long a tablet keeps what it sent, and no longer, when no backup holds it."""
LATE, OVERDUE = timedelta(hours=1), timedelta(days=1)
MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""Before this release was made: a clock that says less is wrong."""

_NIGHTLY = "Run `rounds backup`, every night by a timer."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. todo: empty when all is well."""

    about: str
    found: str
    todo: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, worst or not."""
    yield _disk(settings)
    database = _database()
    yield database
    if settings.is_sqlite and settings.sqlite_file.exists():
        yield _readers(settings.sqlite_file)
    yield _clock()
    yield _app()
    yield _address(settings)
    yield _backup(settings)
    yield _ledger(settings)
    yield _notices(settings)
    if not database.todo:
        yield _audit_log()
        yield from _in_the_tables()


def _disk(settings: Settings) -> Finding:
    settings.folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.folder).free
    found = f"{free // 1024**2:,} MiB are free in {settings.folder}."
    todo = "" if free >= LEAST_FREE else "Make room: below 1 GiB a busy day could fill it."
    return Finding("Disk", found, todo)


def _database() -> Finding:
    try:
        with reading() as tx:
            check_before_start(tx)
            if tx.dialect.name == "sqlite":
                state = tx.scalar(text("PRAGMA quick_check"))
                if state != "ok":
                    raise StartRefused(f"It is damaged: {state}. Restore the newest backup.")
            return Finding("Database", f"It answers, at step {schema.current_step(tx)}.")
    except (StartRefused, schema.NewerDatabase) as error:
        return Finding("Database", "It cannot be used as it is.", str(error))
    except (SQLAlchemyError, Busy, OSError) as error:
        todo = "Check DATABASE_URL and DATA_DIR, and that the database runs."
        return Finding("Database", f"It does not answer ({type(error).__name__}).", todo)


def _clock() -> Finding:
    now = clock.now()
    found = f"It says {clock.as_text(now)}."
    todo = "" if now > MADE_AT else "Set the clock: sign-ins and reminders depend on it."
    return Finding("Clock", found, todo)


def _readers(path: Path) -> Finding:
    """A database holds what people wrote for themselves."""
    if path.stat().st_mode & 0o007:
        return Finding("Readers", f"Others can read {path.name}.", f"Run `chmod 600 {path}*`.")
    return Finding("Readers", "No other user of the machine reads the database.")


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
        return Finding("Backup", "There is none.", _NIGHTLY)
    age = clock.now() - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    if age >= KEPT_ON_TABLETS:
        found = f"No completed backup in {age.days} days."
        todo = "Tablets drop after 90 days what they sent: the only copy is here. "
        return Finding("Backup", found, todo + _NIGHTLY)
    found = f"The newest was made {age.total_seconds() / 3600:.0f} hours ago."
    return Finding("Backup", found, "" if age < BACKUP_EVERY else _NIGHTLY)


def _ledger(settings: Settings) -> Finding:
    """Whether what was deleted for good could be written down."""
    try:
        count = sum(1 for _ in ledger.read(settings.ledger))
    except (ledger.LedgerDamaged, OSError) as error:
        todo = "Put back a whole copy: without it a restore brings deleted notes back."
        return Finding("Purges", f"The list of purges cannot be read: {error}", todo)
    if settings.unwiped.exists():
        todo = "Wait for the next hour, or set MIGRATE_DATABASE_URL and restart the server."
        return Finding("Purges", "Deleted text may still lie in the database's files.", todo)
    place = settings.ledger if settings.ledger.exists() else settings.ledger.parent
    todo = "" if _is_writable(place) else f"Let the server's user write {settings.ledger}."
    return Finding("Purges", f"{count:,} records were deleted for good.", todo)


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK)


def _notices(settings: Settings) -> Finding:
    """The key that signs web push. A new one would silence every browser that knows the old."""
    path = settings.folder / "vapid.pem"
    if not path.exists():
        return Finding("Notices", "The key is made when the server starts.")
    if path.stat().st_mode & 0o077:
        return Finding("Notices", "Others can read vapid.pem.", f"Run `chmod 600 {path}`.")
    if settings.is_public and not settings.vapid_contact:
        return Finding("Notices", "Push services know nobody to write to.", "Set VAPID_CONTACT.")
    return Finding("Notices", "The key is there. Copy it with your backups.")


def _audit_log() -> Finding:
    """Whether every row follows from the one before, and every file's manifest is as it was."""
    with reading(EVERY_NETWORK) as tx:
        networks = tx.execute(select(Network.id, Network.name).order_by(Network.name)).all()
        broken = {row.name: at for row in networks if (at := broken_audit(tx, row.id)) is not None}
    if not broken:
        return Finding("Audit log", "Each row follows, and each file that left is as registered.")
    where = "; ".join(f"{name}: row {at}" for name, at in broken.items())
    todo = "Somebody changed it or the register of files: compare both with a backup."
    return Finding("Audit log", f"It was changed by hand ({where}).", todo)


def _in_the_tables() -> Iterator[Finding]:
    now = clock.now()
    with reading(EVERY_NETWORK) as tx:
        late, overdue = (
            tx.scalar(
                select(func.count()).where(
                    Notice.settled_at.is_(None),
                    Notice.due_at < now - by,
                    (Notice.kind == NoticeKind.NOTES_GO) == is_work,
                )
            )
            for is_work, by in ((False, LATE), (True, OVERDUE))
        )
        browsers = tx.scalar(select(func.count()).select_from(PushSubscription))
        undurable = tx.scalar(select(func.sum(Network.head - Network.durable))) or 0
        failures = count_lately(tx)
    todo = "Is `rounds serve` running, and may it reach the push services? See docs/operate.md, 9."
    yield Finding(
        "Queue",
        f"{late:,} notices are more than an hour late; {browsers:,} browsers can be told.",
        todo if late else "",
    )
    yield Finding(
        "Raw notes",
        f"Those of {overdue:,} rounds should have been deleted a day ago.",
        "Is `rounds serve` running? It deletes them at night." if overdue else "",
    )
    yield Finding("Not in a backup", f"{undurable:,} changes, which tablets keep until they are.")
    todo = "An admin sees them in the app under Members: which version, where. Update the app."
    found = f"{failures:,} failures of the app in a week."
    yield Finding("Tablets", found, todo if failures else "")
