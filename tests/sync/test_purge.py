"""What was deleted for good is gone: from answers, tables, indexes and the files beneath (P13).

A canary is looked for byte by byte in the database's own files. PostgreSQL's write-ahead log
is left out: it holds what was written for up to 35 days, and the README says so.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from server.config import Settings
from server.db import reading
from server.services.backups import make_backup
from server.services.retention import purge_records, raw_notes_of, wipe_files
from tests.api.test_commands import rounds
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, an_app
from tests.postgres import empty, passing_url
from tests.sync.talk import Json, a_card, a_change, a_round, an_edit, push, rows_of
from tests.sync.talk import pull as pull_all

CANARY = "canary-7f3a91c2"


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A database of each test's own, with few other bytes in it."""
    with an_app(settings) as app:
        yield app
        if not settings.is_sqlite:
            empty(settings)


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network("Invented Network"), "lead")


def files_of(settings: Settings) -> list[Path]:
    """The files that hold the database's rows, as they are on the disk now."""
    if settings.is_sqlite:
        return [*settings.folder.glob("rounds.db*")]
    url = passing_url(settings.database_url)
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")
        folder = superuser.execute(
            "SELECT current_setting('data_directory'), oid::text FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    assert folder is not None
    return [path for path in Path(folder[0], "base", folder[1]).iterdir() if path.is_file()]


def files_with(settings: Settings, word: str) -> list[str]:
    return [path.name for path in files_of(settings) if word.encode() in path.read_bytes()]


def write_some(somebody: Somebody, round_id: str) -> list[Json]:
    """Notes of a round in every state: edited, long, deleted, set aside; and others between."""
    text = f"S: {CANARY} because"
    note = a_change(somebody, set={"text": text, "round": round_id})
    long = a_change(somebody, set={"text": text + " and so on" * 900, "round": round_id})
    waits = a_change(somebody, schema=9, set={"text": text, "round": round_id})
    for change in (note, an_edit(note, set={"text": text}), long, waits):
        change["seen"] = {name: change["seen"].get(name, []) for name in change["set"]}
        change["depth"] = {name: change["depth"].get(name, 1) for name in change["set"]}
        push(somebody, change, *[a_change(somebody) for _ in range(20)])
    return [note, long, waits]


@BOTH_DATABASES
def test_a_purged_note_is_in_no_file_of_the_database(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    round_id = a_round(lead, lead)
    notes = write_some(lead, round_id)
    there = files_with(settings, CANARY)
    with reading(lead.network_id) as tx:
        found = raw_notes_of(tx, lead.network_id, round_id)

    purge_records(settings, lead.network_id, found)
    wiped = wipe_files(settings)

    assert there
    assert {*found} == {note["record"] for note in notes}
    assert wiped
    assert files_with(settings, CANARY) == []
    assert CANARY.encode() not in settings.ledger.read_bytes()


@BOTH_DATABASES
def test_cards_and_other_peoples_notes_stay(app: Flask, settings: Settings, lead: Somebody) -> None:
    ana = a_member(app, lead.network_id)
    round_id, other_round = a_round(lead, lead, ana), a_round(lead, ana)
    visit = a_change(ana, kind="observation", set={"round": round_id})
    in_visit = a_change(ana, set={"text": "T: Why?", "observation": visit["record"]})
    elsewhere = a_change(ana, set={"text": "T: Why?", "round": other_round})
    card = a_card(ana, round_id)
    push(ana, visit, in_visit, elsewhere, card)

    with reading(lead.network_id) as tx:
        found = raw_notes_of(tx, lead.network_id, round_id)

    assert found == sorted([visit["record"], in_visit["record"]])
    purge_records(settings, lead.network_id, found)
    left = {record for record, row in rows_of(pull_all(ana)).items() if not row.get("purged")}
    assert {card["record"], elsewhere["record"]} <= left
    assert not left & {*found}


@BOTH_DATABASES
def test_the_operators_command_says_how_many_before_it_forgets(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    round_id = a_round(lead, lead)
    write_some(lead, round_id)
    words = ("purge", "--network", "Invented Network", "--notes-of-round", round_id)

    asked, still_there = rounds(settings, *words), files_with(settings, CANARY)
    done = rounds(settings, *words, "--yes")

    assert asked.stdout.startswith("3 records would be forgotten")
    assert still_there
    assert done.stdout.startswith("3 records are forgotten."), done
    assert files_with(settings, CANARY) == []


def test_no_backup_keeps_it_beyond_thirty_five_days(
    app: Flask, settings: Settings, lead: Somebody
) -> None:
    push(lead, a_change(lead, set={"text": CANARY}))
    old = make_backup(settings, lambda done, total: None)
    aged = old.rename(old.with_name("rounds-20260101T000000Z.db"))
    copy = aged.with_name("before-0001-step-0001.db")
    copy.write_bytes(aged.read_bytes())
    for path in (aged, copy):
        subprocess.run(["touch", "-d", "36 days ago", str(path)], check=True)

    newest = make_backup(settings, lambda done, total: None)

    assert [*(settings.folder / "backups").iterdir()] == [newest]
