"""Backups, and what a restore owes: nothing that a tablet holds is lost, nothing that was
purged comes back (P6). On a real file and a real PostgreSQL, by the operator's own functions.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from server import clock
from server.config import Settings
from server.db import db, reading
from server.errors import RuleBroken
from server.services.backups import BackupFailed, make_backup
from server.services.restores import Restored, RestoreRefused, restore
from server.services.retention import purge_again, purge_records
from server.sync import ledger
from server.sync.read import record_of
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, an_app, signed_in
from tests.postgres import empty
from tests.serving import serve
from tests.sync.devices import Device
from tests.sync.oracle import link
from tests.sync.talk import Json, a_change, a_round, an_edit, log_of, pull, push, rows_of, statuses


def no_bar(done: int, total: int) -> None:
    pass


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A database of each test's own: a restore replaces all of it."""
    with an_app(settings) as app:
        yield app
        if not settings.is_sqlite:
            empty(settings)


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network("Invented Network"), "lead")


def back_up(settings: Settings) -> Path:
    made = make_backup(settings, no_bar)
    kept = settings.folder / f"kept{made.suffix}"
    shutil.move(made, kept)
    return kept


def put_back(settings: Settings, backup: Path, *, yes: bool = True) -> Restored:
    db.engine.dispose()
    try:
        return restore(settings, backup, no_bar, yes=yes)
    finally:
        db.engine.dispose()


class Tablet(Device):
    """A device that syncs as the app does: it sends, fetches, and begins anew after a 409."""

    def __init__(self, somebody: Somebody) -> None:
        dice = random.Random(somebody.device["id"])
        super().__init__(somebody.client, somebody.network_id, somebody.member_id, dice)

    def write(self, text: str, scope: str = "", kind: str = "note") -> Json:
        record = clock.new_id()
        change, _ = self.save(
            kind, record, scope or f"own:{self.member}", {"text": text}, {"text": set()}
        )
        return change


@BOTH_DATABASES
def test_after_a_restore_one_sync_puts_back_all_that_tablets_hold(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    ana, ben = a_member(app, lead.network_id), a_member(app, lead.network_id)
    scope = f"round:{a_round(lead, ana, ben)}"
    first, third = Tablet(ana), Tablet(ben)
    second = Tablet(signed_in(app, replace(ana, client=app.test_client())))
    tablets = (first, second, third)
    written = [tablet.write(f"before {n}") for n, tablet in enumerate(tablets)]
    for tablet in tablets:
        tablet.sync()
    backup = back_up(settings)
    for n, tablet in enumerate(tablets):
        written += [tablet.write(f"after {n}"), tablet.write(f"card {n}", scope, "card")]
        tablet.sync()
    written.append(second.write("never sent"))
    known = first.witness[0]

    put_back(settings, backup)
    third.sync()
    written += [third.write(f"more {n}", scope, "card") for n in range(2 * known)]
    third.sync()
    past_the_cursors = third.witness[0] > known
    first.sync()
    second.sync()

    assert past_the_cursors
    log = log_of(lead.network_id)
    assert {change["id"] for change in written} <= {row.id for row in log}
    chain = ""
    for number, row in enumerate(log, 1):
        chain = link(chain, row.id, row.sha256, row.verdict)
        assert (row.seq, row.chain) == (number, chain)
    for tablet in tablets:
        tablet.sync()
    for tablet, somebody in zip(tablets, (ana, ana, ben), strict=True):
        assert tablet.rows.keys() == rows_of(pull(somebody, limit=1000)).keys()
        assert first.epoch == tablet.epoch


@BOTH_DATABASES
def test_a_tablet_that_had_nothing_new_notices_the_restore_by_the_epoch(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    """Its witness stands in the restored history too: without an epoch it would see nothing."""
    tablet = Tablet(lead)
    tablet.write("one")
    tablet.sync()
    backup, before = back_up(settings), tablet.epoch

    put_back(settings, backup)
    tablet.sync()

    assert tablet.epoch != before
    assert tablet.seen["forgot"] == 1


@BOTH_DATABASES
def test_what_was_purged_stays_purged_and_is_not_taken_from_a_tablet_either(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    held, later = a_change(lead, set={"text": "canary-a"}), a_change(lead)
    push(lead, held)
    backup = back_up(settings)
    push(lead, later)
    purge_records(settings, lead.network_id, [held["record"], later["record"]])

    done = put_back(settings, backup)
    again = push(lead, held, an_edit(held), later)

    assert done.purged == 2
    assert statuses(again) == ["purged"] * 3
    assert all("canary-a" not in (row.body or "") for row in log_of(lead.network_id))


def test_a_backups_folder_that_was_moved_to_another_machine_brings_its_purges_along(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    note, later = a_change(lead), a_change(lead)
    push(lead, note, later)
    old = make_backup(settings, no_bar).rename(settings.folder / "backups" / "rounds-old.db")
    purge_records(settings, lead.network_id, [note["record"]])
    with clock.clock_at(lambda: datetime.now(UTC) + timedelta(days=1)):
        make_backup(settings, no_bar)
    purge_records(settings, lead.network_id, [later["record"]])
    settings.ledger.unlink()

    done = put_back(settings, old)

    assert done.purged == 1
    assert statuses(push(lead, note)) == ["purged"]
    assert [entry.record for entry in ledger.read(settings.ledger)] == [note["record"]]


@BOTH_DATABASES
def test_nothing_is_restored_over_a_newer_database_unless_it_is_said(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    backup = back_up(settings)
    push(lead, a_change(lead), a_change(lead))
    before = log_of(lead.network_id)

    with pytest.raises(RestoreRefused, match="Invented Network has 2 changes more"):
        put_back(settings, backup, yes=False)
    refused = log_of(lead.network_id)
    done = put_back(settings, backup)

    assert refused == before
    assert len(log_of(lead.network_id)) == len(before) - 2
    assert done.kept is not None
    assert done.kept.stat().st_mode & 0o077 == 0
    put_back(settings, done.kept)
    assert len(log_of(lead.network_id)) == len(before)


@BOTH_DATABASES
def test_what_is_no_backup_changes_nothing(
    app: Flask, settings: Settings, lead: Somebody, tmp_path: Path
) -> None:
    push(lead, a_change(lead))
    before, other = log_of(lead.network_id), tmp_path / "holiday.jpg"
    other.write_bytes(b"no database" * 1000)

    with pytest.raises(BackupFailed):
        put_back(settings, other)

    assert log_of(lead.network_id) == before


@BOTH_DATABASES
def test_a_purge_that_cannot_be_written_down_is_not_done(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    note = a_change(lead)
    push(lead, note)
    settings.ledger.mkdir()

    with pytest.raises(OSError, match="directory"):
        purge_records(settings, lead.network_id, [note["record"]])

    with reading(lead.network_id) as tx:
        assert record_of(tx, lead.network_id, note["record"]) is not None


@BOTH_DATABASES
def test_a_ledger_line_that_was_cut_was_never_confirmed_and_a_damaged_one_stops_the_start(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    notes = [a_change(lead), a_change(lead)]
    push(lead, *notes)
    purge_records(settings, lead.network_id, [notes[0]["record"]])
    whole = settings.ledger.read_bytes()

    settings.ledger.write_bytes(whole + whole[:20])
    assert len([*ledger.read(settings.ledger)]) == 1
    purge_records(settings, lead.network_id, [notes[1]["record"]])
    with pytest.raises(ledger.LedgerDamaged, match="line 2"):
        purge_again(settings)


def test_a_file_put_back_by_hand_is_purged_before_the_first_request(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    note = a_change(lead, set={"text": "canary-b"})
    push(lead, note)
    backup = back_up(settings)
    purge_records(settings, lead.network_id, [note["record"]])
    db.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{settings.sqlite_file}{ending}").unlink(missing_ok=True)
    shutil.copy(backup, settings.sqlite_file)

    with serve(settings) as running:
        said = running.log.read_text()

    assert "1 records purged again" in said
    assert statuses(push(lead, note)) == ["purged"]


def test_a_backup_ends_while_others_write_and_promises_only_what_it_holds(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    push(lead, *[a_change(lead, set={"text": "x" * 9_000}) for _ in range(200)])
    head = len(log_of(lead.network_id))
    done, wrote = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        while not done.is_set():
            push(lead, a_change(lead))
            wrote.release()

    def slowly(at: int, total: int) -> None:
        assert wrote.acquire(timeout=30)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup = make_backup(settings, slowly)
    finally:
        done.set()
        writer.join()

    with closing(sqlite3.connect(backup)) as copy:
        copied, chain = copy.execute("select head, chain from network").fetchone()
        last = copy.execute("select max(seq), chain from change").fetchone()
    with reading(lead.network_id) as tx:
        durable = tx.exec_driver_sql("select durable from network").scalar()
    assert (copied, chain) == last
    assert head <= durable <= copied < len(log_of(lead.network_id))


@BOTH_DATABASES
def test_a_backup_that_fails_promises_nothing(
    app: Flask, settings: Settings, lead: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(lead, a_change(lead))
    (settings.folder / "backups").mkdir()
    name = "copy_sqlite" if settings.is_sqlite else "_dump_postgresql"
    monkeypatch.setattr(f"server.services.backups.{name}", _full_disk)

    with pytest.raises((BackupFailed, RuleBroken)):
        make_backup(settings, no_bar)

    assert pull(lead)["durable"] == 0


def _full_disk(*anything: object) -> Callable[[], None]:
    raise BackupFailed("no space left on device")
