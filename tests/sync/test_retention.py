"""Raw notes go by themselves when the network said they would (P13), by the worker's own
functions with the clock in hand: from tables, indexes, files, tablets and later restores.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.domain.identifiers import debrief_id
from server.models.accounts import Audit
from server.models.notices import Notice
from server.services.notices import work_off
from server.services.retention import purge_records, raw_notes_of
from server.services.retention_nights import look_after_notes
from server.worker import Worker
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, an_app
from tests.postgres import empty, with_owner
from tests.sync.talk import Json, a_card, a_change, a_round, an_edit, pull, push, rows_of, statuses
from tests.sync.test_purge import CANARY, files_with, write_some
from tests.sync.test_restore import back_up, put_back

pytestmark = BOTH_DATABASES

VISITS = "2026-11-24"
NOON = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
"""Noon of the visit day in Denver, when the debrief closes."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)
"""The night after the thirtieth day, at three."""


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A database of each test's own: a canary is looked for in its files."""
    with an_app(settings) as app:
        yield app
        if not settings.is_sqlite:
            empty(settings)


class Term:
    """A network through the weeks: its people, one round, and the worker that looks."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.settings = settings if settings.is_sqlite else with_owner(settings)
        network_id = a_network()
        self.lead = a_member(app, network_id, "lead")
        self.admin = a_member(app, network_id, "admin")
        self.ana = a_member(app, network_id)
        self.path = f"/networks/{network_id}/retention"
        self.round_id = a_round(self.lead, self.ana, visits_on=VISITS)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        with clock.clock_at(lambda: moment):
            yield

    def close_debrief(self, round_id: str = "", closed_at: str = "2026-11-24T19:00:00Z") -> Json:
        round_id = round_id or self.round_id
        change = a_change(
            self.lead,
            kind="debrief",
            record=debrief_id(round_id),
            scope=f"round:{round_id}",
            set={"closed_at": closed_at},
        )
        assert statuses(push(self.lead, change)) == ["applied"]
        return change

    def note(self, text: str = f"S: {CANARY}", **values: Any) -> Json:
        change = a_change(self.ana, set={"text": text, "round": self.round_id, **values})
        assert statuses(push(self.ana, change)) == ["applied"]
        return change

    def look(self, moment: datetime) -> int:
        """What the worker does each hour, and with what is due then."""
        with self.at(moment):
            count = look_after_notes(self.settings)
            work_off(self.settings)
            return count

    def seen_by(self, somebody: Somebody) -> Json:
        rounds = somebody.get(self.path).json["rounds"]
        return next(each for each in rounds if each["round_id"] == self.round_id)

    def hold_path(self) -> str:
        return self.path.replace("retention", f"rounds/{self.round_id}/hold")


@pytest.fixture
def term(app: Flask, settings: Settings) -> Iterator[Term]:
    with clock.clock_at(lambda: NOON):
        yield Term(app, settings)


def write_many(term: Term) -> None:
    values = {"text": f"S: {CANARY}", "round": term.round_id}
    for _ in range(3):
        push(term.ana, *[a_change(term.ana, set=values) for _ in range(400)])


def told(somebody: Somebody) -> list[Json]:
    return list(somebody.get("/me").json["memberships"][0]["notes_go"])


def is_there(somebody: Somebody, change: Json) -> bool:
    return not rows_of(pull(somebody))[change["record"]].get("purged")


def test_notes_go_by_themselves_and_are_in_no_file_of_the_database(term: Term) -> None:
    notes = write_some(term.ana, term.round_id)
    card = a_card(term.ana, term.round_id, set={"text": "T: Why?"})
    push(term.ana, card)
    term.close_debrief()

    early = term.look(NIGHT - HOUR)
    there = files_with(term.settings, CANARY)
    count = term.look(NIGHT)

    assert (early, count) == (0, len(notes))
    assert there
    assert files_with(term.settings, CANARY) == []
    assert CANARY.encode() not in term.settings.ledger.read_bytes()
    assert is_there(term.ana, card)
    assert term.seen_by(term.lead)["gone"]


def test_the_worker_beside_a_serving_process_does_it(app: Flask, term: Term) -> None:
    note = term.note()
    term.close_debrief()

    with term.at(NIGHT):
        worker = Worker(app, seconds=0.01)
        worker.start()
        until = time.monotonic() + 30
        while is_there(term.ana, note) and time.monotonic() < until:
            pass
        worker.stop()

    assert not is_there(term.ana, note)
    assert files_with(term.settings, CANARY) == []


def test_a_restore_from_before_forgets_them_again(term: Term) -> None:
    note = term.note()
    term.close_debrief()
    backup = back_up(term.settings)
    term.look(NIGHT)

    restored = put_back(term.settings, backup)

    assert restored.purged == 1
    assert not is_there(term.ana, note)
    assert term.look(NIGHT + DAY) == 0
    if term.settings.is_sqlite:
        backup.unlink()
        for copy in (term.settings.folder / "backups").iterdir():
            copy.unlink()
        assert files_with(term.settings, CANARY) == []


def test_authors_are_told_a_week_before_and_nobody_else_is(term: Term) -> None:
    term.note()
    term.close_debrief()
    week_before = NIGHT - timedelta(days=7)

    term.look(week_before - HOUR)
    before = told(term.ana)
    term.look(week_before)

    with term.at(week_before):
        assert before == []
        assert told(term.ana) == [{"round_id": term.round_id, "kept_through": "2026-12-24"}]
        assert told(term.lead) == told(term.admin) == []


def test_who_was_told_is_told_once_and_in_the_morning(term: Term) -> None:
    term.note()
    term.close_debrief()

    for hours in range(30):
        term.look(NIGHT - timedelta(days=7) + hours * HOUR)

    with reading(EVERY_NETWORK) as tx:
        asked = select(Notice).where(Notice.kind == "notes_go_soon")
        rows = tx.execute(asked).all()
    assert [(row.member_id, row.due_at.hour, row.outcome) for row in rows] == [
        (term.ana.member_id, 15, "nobody")
    ]


def test_a_hold_stops_it_and_every_member_reads_why(term: Term) -> None:
    term.note()
    term.close_debrief()
    stranger = a_member(term.admin.client.application, term.admin.network_id)

    placed = term.admin.put(term.hold_path(), {"reason": "An invented review"})

    assert placed.status_code == 204
    assert term.look(NIGHT + 90 * DAY) == 0
    assert term.seen_by(stranger)["hold"]["reason"] == "An invented review"
    assert term.seen_by(stranger)["hold"]["placed_by"] == term.admin.member_id
    assert term.seen_by(stranger)["kept_through"] is None


def test_whether_it_may_go_on_is_asked_in_each_small_transaction(term: Term) -> None:
    write_many(term)
    with reading(term.lead.network_id) as tx:
        found = raw_notes_of(tx, term.lead.network_id, term.round_id)
    asked: list[int] = []

    def hold_after_two(tx: Connection) -> bool:
        asked.append(1)
        return len(asked) > 2

    count = purge_records(term.settings, term.lead.network_id, found, unless=hold_after_two)

    assert (len(found), count) == (1200, 1000)


def test_a_lifted_hold_leaves_a_week(term: Term) -> None:
    term.note()
    term.close_debrief()
    term.admin.put(term.hold_path(), {"reason": "An invented review"})

    with term.at(NIGHT + 10 * DAY):
        assert term.admin.delete(term.hold_path()).status_code == 204

    assert term.look(NIGHT + 17 * DAY) == 0
    with term.at(NIGHT + 17 * DAY):
        assert told(term.ana)
    assert term.look(NIGHT + 18 * DAY) == 1


def test_a_hold_that_is_lifted_at_once_changes_no_date(term: Term) -> None:
    term.close_debrief()

    term.admin.put(term.hold_path(), {"reason": "A slip"})
    term.admin.delete(term.hold_path())

    assert term.seen_by(term.lead)["kept_through"] == "2026-12-24"


def test_holds_and_days_stand_in_the_audit_log_without_the_reason(term: Term) -> None:
    term.admin.put(term.path, {"days": 14})
    term.admin.put(term.hold_path(), {"reason": CANARY})
    term.admin.delete(term.hold_path())

    with reading(term.lead.network_id) as tx:
        rows = tx.execute(select(Audit.action, Audit.subject_id, Audit.actor_id)).all()

    found = [tuple(row) for row in rows][-3:]
    network_id, admin = term.lead.network_id, term.admin.member_id
    assert found == [
        ("retention.days_14", network_id, admin),
        ("hold.placed", term.round_id, admin),
        ("hold.lifted", term.round_id, admin),
    ]


def test_a_lead_changes_neither_the_days_nor_a_hold(term: Term) -> None:
    assert term.lead.put(term.path, {"days": 3}).status_code == 403
    assert term.lead.put(term.hold_path(), {"reason": "Mine"}).status_code == 403
    assert term.lead.delete(term.hold_path()).status_code == 403


@pytest.mark.parametrize("days", [-1, 366, "30", True, None])
def test_only_days_between_none_and_a_year_are_taken(term: Term, days: Any) -> None:
    assert term.admin.put(term.path, {"days": days}).status_code == 422


def test_no_days_at_all_is_the_night_after_the_debrief_and_authors_hear_at_once(
    term: Term,
) -> None:
    term.admin.put(term.path, {"days": 0})
    other = a_round(term.lead, term.ana, visits_on=VISITS)
    note = term.note(round=other)
    term.close_debrief(other)

    term.look(NOON + HOUR)
    heard = told(term.ana)
    three_that_night = NOON + 15 * HOUR

    assert heard == [{"round_id": other, "kept_through": VISITS}]
    assert term.look(three_that_night - HOUR) == 0
    assert term.look(three_that_night) == 1
    assert not is_there(term.ana, note)


def test_a_shorter_setting_tells_a_week_before_what_goes_sooner(term: Term) -> None:
    term.note()
    term.close_debrief()
    with term.at(NOON + 10 * DAY):
        term.admin.put(term.path, {"days": 0})

    assert term.seen_by(term.lead)["kept_through"] == "2026-12-11"
    assert term.look(NOON + 17 * DAY) == 0
    with term.at(NOON + 17 * DAY):
        assert told(term.ana) == [{"round_id": term.round_id, "kept_through": "2026-12-11"}]
    assert term.look(NOON + 18 * DAY) == 1


def test_a_longer_setting_takes_the_warning_back_and_warns_anew(term: Term) -> None:
    term.note()
    term.close_debrief()
    term.look(NIGHT - 6 * DAY)
    with term.at(NIGHT - 5 * DAY):
        heard = told(term.ana)
        term.admin.put(term.path, {"days": 60})
        taken_back = told(term.ana)

    later = NIGHT + 30 * DAY
    quiet = term.look(NIGHT)
    term.look(later - 7 * DAY)

    assert heard
    assert (taken_back, quiet) == ([], 0)
    with term.at(later - 7 * DAY):
        assert told(term.ana) == [{"round_id": term.round_id, "kept_through": "2027-01-23"}]
    assert term.look(later) == 1


def test_what_a_late_tablet_brings_has_a_week_of_its_own_and_goes_too(term: Term) -> None:
    early = term.note()
    term.close_debrief()
    term.look(NIGHT)
    with term.at(NIGHT + 20 * DAY):
        late = term.note()

    term.look(NIGHT + 20 * DAY)
    shown = term.seen_by(term.lead)["kept_through"]
    term.look(NIGHT + 21 * DAY + HOUR)
    with term.at(NIGHT + 21 * DAY + HOUR):
        heard = told(term.ana)
    still = is_there(term.ana, late)

    assert (is_there(term.ana, early), still) == (False, True)
    assert shown == "2027-01-21"
    assert heard == [{"round_id": term.round_id, "kept_through": "2027-01-21"}]
    assert term.look(NIGHT + 28 * DAY) == 1
    assert files_with(term.settings, CANARY) == []


def test_a_late_edit_of_a_note_that_went_is_answered_purged(term: Term) -> None:
    note = term.note()
    term.close_debrief()
    term.look(NIGHT)

    reply = push(term.ana, an_edit(note, set={**note["set"]}))

    assert statuses(reply) == ["purged"]
    assert files_with(term.settings, CANARY) == []


def test_a_debrief_that_nobody_closes_lets_notes_go_after_ninety_days(term: Term) -> None:
    note = term.note()
    ninety_days_after = datetime(2027, 2, 23, 10, 0, tzinfo=UTC)

    assert term.look(ninety_days_after - HOUR) == 0
    assert term.look(ninety_days_after) == 1
    assert not is_there(term.ana, note)


def test_a_round_without_a_day_keeps_its_notes(term: Term) -> None:
    dateless = a_round(term.lead, term.ana)
    note = term.note(round=dateless)

    term.look(NOON + 1000 * DAY)

    assert is_there(term.ana, note)


def test_a_debrief_that_is_opened_again_keeps_them_until_it_closes(term: Term) -> None:
    note = term.note()
    closed = term.close_debrief()
    push(term.lead, an_edit(closed, set={"closed_at": None}))

    assert term.look(NIGHT) == 0
    assert is_there(term.ana, note)


@pytest.mark.parametrize("closed_at", ["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
def test_the_clock_of_the_tablet_that_closes_the_debrief_moves_nothing(
    term: Term, closed_at: str
) -> None:
    term.note()

    term.close_debrief(closed_at=closed_at)

    assert term.seen_by(term.lead)["kept_through"] == "2026-12-24"


def test_rounds_from_before_this_was_planned_have_a_week_too(term: Term) -> None:
    term.note()
    term.close_debrief()
    with writing(EVERY_NETWORK) as tx:
        tx.execute(delete(Notice))

    term.look(NIGHT + 100 * DAY)

    assert term.look(NIGHT + 107 * DAY) == 0
    assert term.look(NIGHT + 108 * DAY) == 1


def test_many_notes_go_once(term: Term) -> None:
    write_many(term)
    term.close_debrief()

    assert (term.look(NIGHT), term.look(NIGHT + HOUR)) == (1200, 0)
    assert files_with(term.settings, CANARY) == []


def test_another_network_and_another_round_keep_theirs(term: Term) -> None:
    other = a_round(term.lead, term.ana, visits_on="2026-12-20")
    mine, elsewhere = term.note(), term.note(round=other)
    neighbour = a_member(term.lead.client.application, a_network())
    theirs = a_change(neighbour, set={"text": "T: Why?", "round": term.round_id})
    push(neighbour, theirs)
    term.close_debrief()

    term.look(NIGHT)

    assert not is_there(term.ana, mine)
    assert is_there(term.ana, elsewhere)
    assert is_there(neighbour, theirs)


def test_files_that_could_not_be_wiped_are_wiped_at_the_next_look(term: Term) -> None:
    term.note()
    term.close_debrief()
    whole = term.settings
    if whole.is_sqlite:
        return
    term.settings = replace(whole, migrate_database_url="")

    term.look(NIGHT)
    left = files_with(whole, CANARY)
    term.settings = whole
    term.look(NIGHT + HOUR)

    assert left
    assert files_with(whole, CANARY) == []
    assert not whole.unwiped.exists()
