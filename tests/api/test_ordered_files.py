"""Files of patterns in the background: by whom, how long, and what takes them away."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from server import clock
from server.db import reading, writing
from server.domain.notices import NoticeKind
from server.errors import RuleBroken
from server.models.accounts import Membership
from server.models.notices import Notice
from server.models.ordered_files import OrderedFile
from server.models.sync import RoundIndex
from server.services.exports.content import Filter
from server.services.exports.making import SMALL, Wanted
from server.services.ordered_files import make_ordered_files, order_file, path_of
from server.worker import Worker
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.wide_network import Wide, fill_widely

LARGE = Wide(rounds=3, patterns=42, cards=40, texts=[f"T: line {n}" for n in range(97)])
CARDS = LARGE.rounds * LARGE.patterns * LARGE.cards
SMALLER = Wide(rounds=2, patterns=1, cards=6, texts=["T: a line"])


def an_analyst(app: Flask, wide: Wide) -> Somebody:
    network_id = a_network("A network of many years")
    fill_widely(network_id, wide)
    return a_member(app, network_id, "analyst")


@pytest.fixture
def analyst(app: Flask) -> Somebody:
    """Of a small network: what becomes of an ordered file does not hang on its size."""
    return an_analyst(app, SMALLER)


def path(somebody: Somebody, file: Any = None) -> str:
    found = f"/networks/{somebody.network_id}/patterns/files"
    return f"{found}/{file['id']}" if file else found


def order(somebody: Somebody, form: str = "csv") -> None:
    with writing(somebody.network_id) as tx:
        order_file(tx, somebody.network_id, somebody.member_id, Wanted(form), Filter())


def files(somebody: Somebody) -> list[dict[str, Any]]:
    return somebody.get(path(somebody)).json["files"]


def registered(somebody: Somebody) -> list[dict[str, Any]]:
    return somebody.get(f"/networks/{somebody.network_id}/exports").json["exports"]


@BOTH_DATABASES
def test_a_large_file_is_made_by_the_worker_told_of_and_fetched_by_its_asker_alone(app, settings):
    analyst = an_analyst(app, LARGE)
    assert CARDS > SMALL
    answer = analyst.post(f"{path(analyst)}?format=csv&language=en&bom=false", {})
    assert (answer.status_code, answer.json) == (201, {"in_background": True})
    assert [file["state"] for file in files(analyst)] == ["waiting"]

    Worker(app)._work(settings)

    [file] = files(analyst)
    assert (file["state"], file["done"], file["of"]) == ("ready", 126, 126)
    with reading(analyst.network_id) as tx:
        [told] = tx.execute(select(Notice.kind, Notice.member_id)).all()
    assert told == (NoticeKind.FILE_READY, analyst.member_id)
    other = a_member(app, analyst.network_id, "analyst")
    assert files(other) == []
    assert other.get(path(analyst, file)).status_code == 404
    assert other.delete(path(analyst, file)).status_code == 404
    assert registered(analyst) == []
    first, second = (analyst.get(path(analyst, file)).data for _ in range(2))
    assert first == second
    rows = [*csv.DictReader(io.StringIO(first.decode(), newline=""))]
    assert len(rows) == CARDS
    [left] = registered(analyst)
    assert left["sha256"] == hashlib.sha256(first).hexdigest()
    assert left["counts"]["evidence"] == CARDS


@BOTH_DATABASES
def test_a_large_table_goes_the_same_way_and_a_small_one_of_the_same_rounds_is_fetched_at_once(
    app, settings
):
    analyst = an_analyst(app, LARGE)
    ask = f"{path(analyst)}?language=en&bom=false"
    in_background = {
        table: analyst.post(f"{ask}&format=csv&table={table}", {}).json["in_background"]
        for table in ("evidence", "patterns", "contexts", "figures", "codebook")
    }
    assert in_background == {
        "evidence": True,
        "patterns": True,
        "contexts": True,
        "figures": False,
        "codebook": False,
    }

    make_ordered_files(settings)

    made = {file["table"]: file for file in files(analyst)}
    assert {file["state"] for file in made.values()} == {"ready"}
    for table, count in {"evidence": CARDS, "patterns": LARGE.rounds * LARGE.patterns}.items():
        answer = analyst.get(path(analyst, made[table]))
        rows = [*csv.DictReader(io.StringIO(answer.data.decode(), newline=""))]
        assert len(rows) == count
        assert f"patterns-{table}-" in answer.headers["Content-Disposition"]
        at_once = analyst.get(
            f"/networks/{analyst.network_id}/patterns/table"
            f"?table={table}&format=csv&language=en&bom=false"
        )
        assert at_once.data == answer.data
        [again, first] = registered(analyst)[:2]
        assert again["filter"] == first["filter"] == {"table": table}
        assert again["counts"] == first["counts"] == {"rounds": LARGE.rounds, "rows": count}


def test_a_table_is_ordered_in_a_form_that_tables_have(analyst):
    answer = analyst.post(f"{path(analyst)}?format=pdf&table=evidence", {})

    assert answer.status_code == 422
    assert files(analyst) == []


def test_a_small_file_is_to_be_fetched_at_once(analyst):
    answer = analyst.post(f"{path(analyst)}?format=csv", {})

    assert answer.json == {"in_background": False}
    assert files(analyst) == []


@BOTH_DATABASES
def test_a_host_who_closes_a_round_takes_the_file_away(settings, analyst):
    order(analyst)
    make_ordered_files(settings)
    [file] = files(analyst)
    a_round = select(RoundIndex.round_id).where(RoundIndex.network_id == analyst.network_id)
    with writing(analyst.network_id) as tx:
        closed = update(RoundIndex).where(RoundIndex.round_id == tx.scalars(a_round).first())
        tx.execute(closed.values(opened="network"))

    answer = analyst.get(path(analyst, file))

    assert answer.status_code == 410
    assert "closed since" in answer.json["error"]["message"]
    assert not path_of(settings, file["id"]).exists()
    [left] = files(analyst)
    assert left["state"] == "refused"
    assert "closed since" in left["why"]
    assert registered(analyst) == []


def test_whoever_is_no_analyst_any_more_gets_neither_file_nor_a_new_one(settings, analyst):
    order(analyst)
    order(analyst, "jsonl")
    make_ordered_files(settings)
    [file, _] = files(analyst)
    order(analyst, "json")
    mine = update(Membership).where(Membership.id == analyst.member_id)
    with writing(analyst.network_id) as tx:
        tx.execute(mine.values(roles="member"))

    make_ordered_files(settings)

    assert analyst.get(path(analyst, file)).status_code == 403
    with reading(analyst.network_id) as tx:
        states = sorted(tx.scalars(select(OrderedFile.state)))
    assert states == ["ready", "ready", "refused"]


def test_what_a_crash_cut_is_begun_again_and_nothing_half_is_left(settings, analyst):
    order(analyst)
    [file] = files(analyst)
    whole = path_of(settings, file["id"])
    whole.parent.mkdir()
    whole.with_suffix(".part").write_text("pattern,sent")
    with writing(analyst.network_id) as tx:
        tx.execute(update(OrderedFile).values(state="making", done=200))

    make_ordered_files(settings)

    assert [file["state"] for file in files(analyst)] == ["ready"]
    assert [path.name for path in whole.parent.iterdir()] == [file["id"]]


def test_a_report_that_nobody_would_read_is_refused_in_words_when_it_is_ordered_and_when_it_grew(
    app, settings
):
    analyst = an_analyst(app, Wide(rounds=1, patterns=301, cards=6, texts=["T: a line"]))

    answer = analyst.post(f"{path(analyst)}?format=pdf", {})

    assert (answer.status_code, answer.json["error"]["code"]) == (422, "exports.too_long_to_read")
    assert "at most 300 patterns" in answer.json["error"]["message"]
    assert files(analyst) == []
    order(analyst, "pdf")

    make_ordered_files(settings)

    [file] = files(analyst)
    assert file["state"] == "refused"
    assert "at most 300 patterns" in file["why"].replace(",", "")


def test_after_its_days_a_file_goes_and_so_does_one_that_nobody_knows(settings, analyst):
    order(analyst)
    make_ordered_files(settings)
    [file] = files(analyst)
    stray = path_of(settings, clock.new_id())
    stray.write_text("left by a network that is gone")

    later = clock.now() + timedelta(days=8)
    with clock.clock_at(lambda: later):
        make_ordered_files(settings)

    assert not [*stray.parent.iterdir()]
    assert files(analyst) == []
    assert analyst.get(path(analyst, file)).status_code == 404


def test_who_ends_a_file_leaves_nothing_of_it(settings, analyst):
    order(analyst)
    make_ordered_files(settings)
    [file] = files(analyst)

    assert analyst.delete(path(analyst, file)).status_code == 204
    assert files(analyst) == []
    assert not path_of(settings, file["id"]).exists()


def test_a_member_has_no_more_than_five_files_waiting(analyst):
    for _ in range(5):
        order(analyst)

    with pytest.raises(RuleBroken, match="exports.too_many_files"):
        order(analyst)
    assert json.dumps(files(analyst)).count("waiting") == 5
