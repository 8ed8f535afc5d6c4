"""A network leaves, whole (P15): its archive, and an empty server that takes it in.

From SQLite to PostgreSQL and back, by the operator's own functions.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.domain.identifiers import return_summary_id
from server.errors import RuleBroken
from server.messages import say
from server.models.accounts import Audit, Person
from server.models.sync import Change, Network, Participation, Record, RoundIndex
from server.services.archives.importing import import_archive
from server.services.archives.making import make_archive
from server.services.exports.making import list_exports
from server.services.retention import purge_records
from server.services.standings import standing_of
from server.sync import ledger
from tests.make import a_member, a_network, an_app, signed_in
from tests.postgres import empty
from tests.sync.devices import Device
from tests.sync.oracle import link
from tests.sync.talk import (
    a_card,
    a_change,
    a_part,
    a_round,
    an_edit,
    log_of,
    push,
    statuses,
)


def no_bar(done: int, total: int) -> None:
    pass


@contextmanager
def a_server(folder: Path, url: str) -> Iterator[tuple[Flask, Settings]]:
    folder.mkdir()
    settings = Settings(data_dir=str(folder), database_url=url)
    with an_app(settings) as app:
        try:
            yield app, settings
        finally:
            if url:
                empty(settings)


class Leaving:
    """A network with a purge, a release, a deletion, versions beside each other, and notes."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.id = a_network("Invented Network")
        self.lead = a_member(app, self.id, "lead", "admin")
        self.ana = a_member(app, self.id)
        self.round_id = a_round(self.lead, self.ana)
        self.tablet = Device(self.ana.client, self.id, self.ana.member_id, random.Random(1))
        card = a_card(self.ana, self.round_id, set={"text": "S: “¿Por qué?” 🙂"})
        gone = a_card(self.ana, self.round_id, set={"text": "canary-purged"})
        edits = [an_edit(card, by=self.ana.member_id, set={"text": text}) for text in "ab"]
        push(self.ana, card, gone, *edits)
        early = a_change(self.lead, kind="card", scope=f"round:{clock.new_id()}")
        outsider = a_member(app, self.id)
        waits = a_card(outsider, self.round_id, set={"text": "released later"})
        assert statuses(push(outsider, waits, an_edit(waits))) == ["set_aside"] * 2
        push(self.lead, early)
        member = {"member": outsider.member_id, "roles/visitor": True}
        part = a_change(self.lead, kind="participant", scope=f"round:{self.round_id}", set=member)
        push(self.lead, part)
        assert statuses(push(outsider, waits)) == ["applied"]
        own_gone = a_change(self.ana, set={"text": "canary-own-purged"})
        push(self.ana, own_gone)
        purge_records(settings, self.id, [gone["record"], own_gone["record"]])
        self.purged = [gone, own_gone]
        self.note, _ = self.tablet.save(
            "note",
            clock.new_id(),
            f"own:{self.ana.member_id}",
            {"text": "canary-own"},
            {"text": set()},
        )
        self.tablet.sync()


def state_of(network_id: str) -> dict[str, Any]:
    """Every shared record as it stands, and whatever was purged."""
    with reading(EVERY_NETWORK) as tx:
        rows = tx.execute(select(Record.__table__).where(Record.network_id == network_id)).all()
    return {
        row.id: (row.kind, row.scope, bool(row.deleted), row.state and json.loads(row.state))
        for row in rows
        if not row.scope.startswith("own:") or row.state is None
    }


def check_chain(network_id: str) -> None:
    chain = ""
    for number, row in enumerate(log_of(network_id), start=1):
        chain = link(chain, row.id, row.sha256, row.verdict)
        assert (row.seq, row.chain) == (number, chain)


def counted() -> list[int]:
    with reading(EVERY_NETWORK) as tx:
        tables = (Network, Person, Change, Record, Audit)
        return [tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.mark.parametrize("direction", ["sqlite to postgresql", "postgresql to sqlite"])
def test_a_network_arrives_as_it_left_and_tablets_bring_their_own_words(
    direction: str, tmp_path: Path, postgres_url: str
) -> None:
    urls = ("", postgres_url) if direction.startswith("sqlite") else (postgres_url, "")
    file = tmp_path / "archive.zip"
    with a_server(tmp_path / "old", urls[0]) as (app, settings):
        left = Leaving(app, settings)
        before, epoch = state_of(left.id), _epoch(left.id)
        made = make_archive(left.id, file, left.lead.member_id, no_bar)
        with reading(left.id) as tx:
            standing = standing_of(tx, left.id, left.lead.member_id)
            assert list_exports(tx, standing)[0]["sha256"] == made.sha256
    content = _texts(file)
    assert "canary-own" not in content
    assert "canary-purged" not in content
    assert "¿Por qué?" in content
    assert made.left_out == 1

    with a_server(tmp_path / "new", urls[1]) as (app, settings):
        came = import_archive(settings, file, no_bar)

        assert (came.network_id, came.name) == (left.id, "Invented Network")
        assert state_of(left.id) == before
        assert _epoch(left.id) != epoch
        check_chain(left.id)
        assert {entry.record for entry in ledger.read(settings.ledger)} >= {
            one["record"] for one in left.purged
        }
        ana = signed_in(app, replace(left.ana, client=app.test_client()))
        assert statuses(push(ana, *left.purged)) == ["purged", "purged"]
        left.tablet.client = ana.client
        number, changes = left.tablet.batch(100)
        number, reply = left.tablet.pull(500)
        assert reply["code"] == 409 or reply["epoch"] != epoch
        left.tablet.hear_pull(number, reply)
        left.tablet.sync()
        assert left.note["id"] in {row.id for row in log_of(left.id)}
        check_chain(left.id)


def test_what_people_hold_for_themselves_is_in_no_archive_in_whatever_state(tmp_path: Path) -> None:
    """Rule 8: set aside, deleted, carried by others, with versions beside each other."""
    file = tmp_path / "archive.zip"
    with a_server(tmp_path / "old", "") as (app, settings):
        left = Leaving(app, settings)
        ana = left.ana
        note, gone = (a_change(ana, set={"text": f"canary-own-{at}"}) for at in (1, 2))
        waits = a_change(ana, schema=9, set={"text": "canary-own-3"})
        beside = an_edit(note, set={"text": "canary-own-4"}, seen={"text": []}, depth={"text": 1})
        push(ana, note, gone, waits, beside)
        take = {"deleted": True}
        push(ana, a_change(ana, record=gone["record"], set=take, seen={"deleted": [], "text": []}))
        carried = a_change(ana, set={"text": "canary-own-5"})
        entry = {"network": left.id, "state": "waiting", "change": carried}
        rescued = {"format": "rounds-rescue", "version": 1, "changes": [entry]}
        assert left.lead.post(f"/networks/{left.id}/carry", rescued).json["new"] == 1

        made = make_archive(left.id, file, None, no_bar)

    content = _texts(file)
    assert made.left_out >= 4
    assert "canary-own" not in content
    assert not [each for each in (note, gone, waits, carried) if each["record"] in content]


def test_what_a_host_has_not_opened_is_not_opened_by_moving_to_another_server(
    tmp_path: Path,
) -> None:
    """Rule 10: and who was in which round is what it was, so that the same people hold it."""
    file = tmp_path / "archive.zip"
    with a_server(tmp_path / "old", "") as (app, settings):
        left = Leaving(app, settings)
        host = a_member(app, left.id)
        push(left.lead, a_part(left.lead, left.round_id, host, "host"))
        summary = return_summary_id(left.round_id)
        opened = {"kind": "return_summary", "scope": f"round:{left.round_id}"}
        push(host, a_change(host, record=summary, set={"opened/network": True}, **opened))
        before = projections(left.id)
        assert "network" in str(before)
        make_archive(left.id, file, None, no_bar)

    with a_server(tmp_path / "new", "") as (_, settings):
        import_archive(settings, file, no_bar)

        assert projections(left.id) == before


def projections(network_id: str) -> list[list[tuple[Any, ...]]]:
    """Which round is opened to whom, and who has which part in it."""
    with reading(EVERY_NETWORK) as tx:
        return [
            sorted(map(tuple, tx.execute(select(table).where(table.c.network_id == network_id))))
            for table in (RoundIndex.__table__, Participation.__table__)
        ]


def test_an_archive_is_an_operators_to_make_and_nobody_elses_to_read(
    archived: Path, app_routes: list[str]
) -> None:
    """It says which classroom a card came from (rule 15): no address of the app gives it."""
    assert archived.stat().st_mode & 0o077 == 0
    assert not [route for route in app_routes if "archive" in route]


@pytest.fixture
def app_routes(tmp_path: Path) -> list[str]:
    with a_server(tmp_path / "routes", "") as (app, _):
        return [str(rule) for rule in app.url_map.iter_rules()]


def _epoch(network_id: str) -> str:
    with reading(EVERY_NETWORK) as tx:
        return str(tx.scalar(select(Network.epoch).where(Network.id == network_id)))


def _texts(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture
def archived(tmp_path: Path) -> Path:
    """An archive of a small network."""
    file = tmp_path / "archive.zip"
    with a_server(tmp_path / "old", "") as (app, settings):
        make_archive(Leaving(app, settings).id, file, None, no_bar)
    return file


def again(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same zip, with other content."""
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def _said(inside: dict[str, bytes], **changed: Any) -> None:
    manifest = {**json.loads(inside["manifest.json"]), **changed}
    inside["manifest.json"] = json.dumps(manifest).encode()


def _rewritten(files: dict[str, bytes], name: str, content: bytes) -> None:
    """A file changed by somebody who also mends its hash."""
    files[name] = content
    told = json.loads(files["manifest.json"])["files"]
    told[name] |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    _said(files, files=told)


def _other_words(files: dict[str, bytes]) -> None:
    content = files["changes.jsonl"].decode().replace("¿Por qué?", "¿Para qué?")
    _rewritten(files, "changes.jsonl", content.encode())


def _other_state(files: dict[str, bytes]) -> None:
    content = files["records.jsonl"].decode().replace("released later", "released never")
    _rewritten(files, "records.jsonl", content.encode())


def _bomb(files: dict[str, bytes]) -> None:
    files["records.jsonl"] = b" " * 50_000_000


BAD: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a changed file": (lambda f: f.update({"audit.jsonl": f["audit.jsonl"] + b"\n"}), "damaged"),
    "other words, its hash mended": (_other_words, "wrong_change"),
    "other records, their hash mended": (_other_state, "differs"),
    "a newer version": (lambda f: _said(f, version=2), "newer"),
    "a newer schema": (lambda f: _said(f, schema=99), "newer"),
    "no manifest": (lambda f: f.pop("manifest.json") and None, "no_archive"),
    "a missing file": (lambda f: f.pop("holds.jsonl") and None, "other_files"),
    "a name that leads elsewhere": (lambda f: f.update({"../../x": b"x"}), "other_files"),
    "more than it says": (_bomb, "damaged"),
    "no JSON": (lambda f: _rewritten(f, "people.jsonl", b"{\n"), "wrong_line"),
}


@pytest.mark.parametrize("how", BAD)
def test_an_archive_that_is_not_as_it_was_written_is_refused_and_leaves_nothing(
    how: str, archived: Path, tmp_path: Path
) -> None:
    change, code = BAD[how]
    again(archived, change)
    _refused(archived, tmp_path, code)


def test_an_archive_that_was_cut_short_is_refused(archived: Path, tmp_path: Path) -> None:
    archived.write_bytes(archived.read_bytes()[:-500])
    _refused(archived, tmp_path, "no_archive")


def _refused(file: Path, tmp_path: Path, code: str) -> None:
    with a_server(tmp_path / "new", "") as (_, settings):
        with pytest.raises(RuleBroken, match=f"^archive.{code}$"):
            import_archive(settings, file, no_bar)
        assert counted() == [0] * 5
        assert not settings.ledger.exists()


def test_a_server_that_holds_anything_takes_no_archive(archived: Path, tmp_path: Path) -> None:
    with a_server(tmp_path / "new", "") as (_, settings):
        a_network()
        with pytest.raises(RuleBroken, match="archive.server_not_empty"):
            import_archive(settings, archived, no_bar)
        assert counted()[0] == 1


def test_a_readme_in_both_languages_and_a_schema_of_every_line_lie_in_it(archived: Path) -> None:
    with zipfile.ZipFile(archived) as archive:
        readme = archive.read("README.txt").decode()
        schema = json.loads(archive.read("schema.json"))["$defs"]
        for name, about in schema.items():
            for line in archive.read(f"{name}.jsonl").splitlines():
                assert sorted(json.loads(line)) == sorted(about["properties"])

    assert all(say("exports.line", language) in readme for language in ("en", "es"))
    assert "the archive of a network" in readme
    assert "el archivo de una red" in readme
    assert "archive." not in readme.replace("the archive.", "")
