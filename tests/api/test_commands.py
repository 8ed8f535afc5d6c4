"""The command `rounds`, run as an operator runs it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import create_engine, func, insert, select, text

from server import clock, schema
from server.db import EVERY_NETWORK, reading, writing
from server.models.accounts import Invitation
from server.models.exports import Export
from server.models.notices import Notice
from server.models.sync import Network
from tests.make import a_device, a_member, a_network
from tests.postgres import as_owner
from tests.serving import ROOT, a_free_port, environment_of


def rounds(settings, *words, **more):
    """Run the command with these settings; what it ended with and what it said."""
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *words],
        env={**environment_of(settings), **more},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def empty(tmp_path):
    """Settings of a folder in which nothing is yet."""
    from server.config import Settings

    return Settings(data_dir=str(tmp_path / "new"))


def made_so_far() -> list[int]:
    """How many networks, invitations and entries of exports there are."""
    tables = (Network, Invitation, Export)
    with reading(EVERY_NETWORK) as tx:
        return [tx.scalar(select(func.count()).select_from(table)) for table in tables]


def way_in(said: str) -> dict[str, str]:
    link, code = (line.split()[-1] for line in said.splitlines()[-2:])
    return {"token": link.rpartition("/")[2], "code": code}


def test_a_new_server_is_migrated_and_a_second_time_nothing_happens(empty):
    first, second = rounds(empty, "migrate"), rounds(empty, "migrate")

    assert first.returncode == 0
    assert "is at step" in first.stdout
    assert "up to date" in second.stdout
    assert not (empty.folder / "backups").exists()
    assert empty.sqlite_file.stat().st_mode & 0o077 == 0, "other users of the machine read it"


def test_before_a_step_a_sqlite_database_is_copied_and_the_copy_is_whole(empty):
    settings = empty
    settings.folder.mkdir()
    engine = create_engine(f"sqlite:///{settings.sqlite_file}")
    with engine.begin() as connection:
        command.upgrade(schema._config(connection), "0001")
    engine.dispose()

    said = rounds(settings, "migrate")

    assert said.returncode == 0, said.stderr
    copy = next((settings.folder / "backups").glob("before-*"))
    assert str(copy) in said.stdout
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("0001",)


@pytest.mark.parametrize("command", ["migrate", "serve", "backup"])
def test_a_database_of_a_newer_release_is_refused_in_words(settings, command):
    with closing(sqlite3.connect(settings.sqlite_file)) as connection:
        connection.executescript("update alembic_version set version_num = '9999'")

    said = rounds(settings, command)

    assert said.returncode == 1
    assert "9999" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_server_whose_tables_are_missing_does_not_start(empty):
    said = rounds(empty, "serve")

    assert said.returncode == 1
    assert "rounds migrate" in said.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "http://rounds.example.org"),
        ("PUBLIC_URL", "rounds.example.org"),
        ("DATABASE_URL", "mysql://x"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(empty, name, value):
    said = rounds(empty, "migrate", **{name: value})

    assert said.returncode == 1
    assert said.stderr.startswith(f"rounds: {name}: ")
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("network", "create", "  "), "Write a name"),
        (("invite", "--network", "Invented Network", "--email", "robin"), "no e-mail address"),
        (("invite", "--network", "Invented Network", "--name", " "), "Write a name"),
        (("export", "patterns", "--network", "Invented Network", "--format", "csv", "-o", "no/f"),
         "no/f: No such file or directory."),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_in_a_sentence_and_nothing_is_made(app, settings, words, sentence):
    a_network()
    before = made_so_far()

    said = rounds(settings, *words)

    assert said.returncode in (1, 2)
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr
    assert made_so_far() == before


def test_a_file_that_no_room_is_left_for_is_told_in_words_and_not_entered(app, settings):
    wanted = ("--network", a_network(), "--format", "csv", "-o", "/dev/full")
    before = made_so_far()

    said = rounds(settings, "export", "patterns", *wanted)

    assert (said.returncode, said.stderr) == (1, "rounds: No space left on device.\n")
    assert made_so_far() == before


@pytest.mark.parametrize("words", [("serve",), ("network", "create", "N")])
def test_a_database_that_cannot_be_reached_is_told_with_the_reason(empty, words):
    said = rounds(empty, *words, DATABASE_URL=f"postgresql://nobody@127.0.0.1:{a_free_port()}/x")

    assert said.returncode == 1
    assert said.stderr.startswith("rounds: The database does not answer: ")
    assert "onnection refused" in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0 and no more"])
def test_a_file_that_is_no_backup_is_not_put_back(app, settings, tmp_path, content):
    file = tmp_path / "file.db"
    file.write_bytes(content)
    before = made_so_far()

    said = rounds(settings, "restore", str(file))

    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert made_so_far() == before


def test_a_folder_that_cannot_be_made_is_named(empty, tmp_path):
    (tmp_path / "file").touch()

    said = rounds(empty, "migrate", DATA_DIR=str(tmp_path / "file" / "data"))

    assert said.returncode == 1
    assert said.stderr.startswith(f"rounds: {tmp_path / 'file'}")
    assert "Traceback" not in said.stderr


def test_the_first_admin_joins_by_what_the_command_prints(app, settings, client):
    made = rounds(settings, "network", "create", "Invented Network")
    said = rounds(
        settings, "admin", "create", "--network", "Invented Network", "--name", "Demo Admin"
    )

    body = {"code": way_in(said.stdout)["code"], "device": a_device()}
    me = client.post("/api/v1/join", json=body).json

    assert me["memberships"][0]["network"]["id"] == made.stdout.strip()
    assert me["memberships"][0]["roles"] == ["lead", "admin"]


def test_a_forgotten_password_is_mended_by_the_operator_in_all_networks(app, settings, client):
    member = a_member(app, a_network())
    a_network("Second Network")
    said = rounds(settings, "reset-password", member.email)

    token = way_in(said.stdout)["token"]
    client.post("/api/v1/join", json={"token": token, "device": a_device()})

    assert client.put("/api/v1/me", json={"password": "a new long one"}).status_code == 200


def test_a_mistake_of_the_operator_is_one_sentence(app, settings):
    said = rounds(settings, "invite", "--network", "Nowhere")

    assert said.returncode == 1
    assert said.stderr == "rounds: There is no network of that name here.\n"


def test_a_backup_holds_everything_and_says_what_is_durable(app, settings):
    member = a_member(app, a_network())

    said = rounds(settings, "backup", "--keep", "1")

    assert said.returncode == 0, said.stderr
    copies = [*(settings.folder / "backups").iterdir()]
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copies[0])) as connection:
        assert connection.execute("select id from person").fetchall() == [(member.person_id,)]
    with reading() as tx:
        row = tx.execute(text("select head, durable from network")).one()
        assert row.head == row.durable > 0


def test_a_backup_that_fails_makes_nothing_durable(app, settings):
    a_member(app, a_network())
    (settings.folder / "backups").write_text("a file where a folder should be")

    said = rounds(settings, "backup")

    assert said.returncode == 1
    with reading() as tx:
        assert tx.scalar(text("select durable from network")) == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_is_backed_up_by_its_own_tool(app, settings):
    a_member(app, a_network())

    said = rounds(settings, "backup")

    assert said.returncode == 0, said.stderr
    assert next((settings.folder / "backups").iterdir()).read_bytes().startswith(b"PGDMP")
    with reading(EVERY_NETWORK) as tx:
        assert tx.scalar(text("select durable from network")) > 0


def test_the_doctor_says_what_to_do(app, settings):
    said = rounds(settings, "doctor")

    assert said.returncode == 1
    assert "ok  Database:" in said.stdout
    assert "!!  Backup: There is none." in said.stdout
    assert "Run `rounds backup`" in said.stdout


def test_the_doctor_tells_of_a_database_that_other_users_of_the_machine_can_read(app, settings):
    settings.sqlite_file.chmod(0o644)
    assert "!!  Readers: Others can read rounds.db." in rounds(settings, "doctor").stdout

    settings.sqlite_file.chmod(0o640)
    assert "ok  Readers:" in rounds(settings, "doctor").stdout


def test_the_doctor_knows_what_tablets_do_without_a_backup(app, settings):
    (settings.folder / "backups").mkdir()
    old = settings.folder / "backups" / "rounds-20260101T000000Z.db"
    old.touch()
    os.utime(old, (0, 0))
    settings.ledger.write_text("not a line of it\n{}\n")

    said = rounds(settings, "doctor")

    assert "!!  Backup: No completed backup in" in said.stdout
    assert "Tablets drop after 90 days what they sent" in said.stdout
    assert "!!  Purges: The list of purges cannot be read" in said.stdout
    assert "ok  Queue: 0 notices are more than an hour late" in said.stdout


def test_the_doctor_tells_of_late_notices_and_of_failures_on_tablets(app, settings):
    member = a_member(app, a_network())
    failure = {"network": member.network_id, "code": "TypeError", "version": "0.1.0"}
    member.post("/client-errors", failure)
    with writing(member.network_id) as tx:
        due_at = clock.now() - timedelta(hours=2)
        notice = {"kind": "debrief_opens", "subject_id": clock.new_id(), "due_at": due_at}
        place = {"network_id": member.network_id, "member_id": member.member_id}
        tx.execute(insert(Notice).values(**notice, **place))

    said = rounds(settings, "doctor")

    assert "!!  Queue: 1 notices are more than an hour late" in said.stdout
    assert "!!  Tablets: 1 failures of the app in a week." in said.stdout


def test_every_command_explains_itself(empty):
    listed = rounds(empty, "--help").stdout.partition("Commands:")[2]
    names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ")]

    assert {"serve", "migrate", "backup", "demo", "network", "admin", "invite"} <= {*names}
    assert {"reset-password", "import", "export", "openapi", "doctor"} <= {*names}
    assert all(line.split(None, 1)[1:] for line in listed.splitlines() if line.startswith("  "))


def test_the_generated_documents_are_fresh(empty):
    document = json.loads((ROOT / "schemas" / "openapi.json").read_text())

    assert json.loads(rounds(empty, "openapi").stdout) == document
    assert rounds(empty, "settings").stdout == (ROOT / "docs" / "settings.md").read_text()
    assert rounds(empty, "access").stdout == (ROOT / "docs" / "access.md").read_text()


def test_views_for_bi_tools_want_postgresql_and_say_so(app, settings):
    refused = rounds(settings, "bi-views", "--network", a_network("Sample Network"))

    assert refused.returncode == 1
    assert "Views for BI tools want PostgreSQL; files work everywhere." in refused.stderr


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_after_a_rebuild_postgresql_has_counted_the_rows_it_plans_by(app, settings):
    a_network()
    counted = "SELECT reltuples FROM pg_class WHERE relname = 'released_pattern'"
    with as_owner(settings) as connection:
        connection.execute("TRUNCATE released_pattern")
        before = connection.execute(counted).fetchone()

    said = rounds(settings, "rebuild")

    assert said.returncode == 0, said.stderr
    with as_owner(settings) as connection:
        after = connection.execute(counted).fetchone()
    assert (before[0], after[0]) == (-1, 0)
