"""Notices: who is told what, when they are left alone, and browsers that gave up."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.domain.identifiers import (
    debrief_id,
    participant_id,
    return_summary_id,
    revisit_id,
)
from server.domain.notices import NoticeKind
from server.messages import say
from server.models.notices import Notice, PushSubscription
from server.models.sync import Participation
from server.services.notices import work_off
from server.sync.compose import compose
from server.sync.due import NOBODY, put_due
from server.sync.grants import standing_of
from server.sync.protocol import Writer
from server.sync.push import push
from server.sync.read import record_of
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.push_service import Browser, a_browser_with_push

pytestmark = BOTH_DATABASES

NINE_IN_DENVER = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, push_hosts="127.0.0.1")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with a_browser_with_push() as browser:
        yield browser


@dataclass
class Day:
    """A round of one network, its lead and a visitor."""

    app: Flask
    settings: Settings
    lead: Somebody
    visitor: Somebody
    round_id: str

    def write(self, kind: str, record_id: str, values: dict[str, Any]) -> None:
        network_id, member_id = self.lead.network_id, self.lead.member_id
        scope = f"round:{self.round_id}"
        with reading(network_id) as tx:
            there = record_of(tx, network_id, record_id)
        change = compose(kind, record_id, scope, values, by=member_id, heads=there)
        with writing(EVERY_NETWORK) as tx:
            writer = Writer(member_id, standing_of(tx, network_id, member_id), None)
            reply = push(tx, network_id, writer, [change])
        assert [result.status for result in reply.results] == ["applied"]

    def begin_debrief(self) -> None:
        began = {"phase": "describe", "began_at": clock.as_text(clock.now())}
        self.write("debrief", debrief_id(self.round_id), began)

    def work_off(self, at: datetime) -> int:
        with clock.clock_at(lambda: at):
            return work_off(self.settings)


@pytest.fixture
def day(app: Flask, settings: Settings) -> Iterator[Day]:
    with clock.clock_at(lambda: NINE_IN_DENVER):
        network_id = a_network()
        lead = a_member(app, network_id, "lead", name="Sample Lead")
        visitor = a_member(app, network_id, name="Sample Visitor")
        day = Day(app, settings, lead, visitor, clock.new_id())
        day.write("round", day.round_id, {"title": "A day", "visits_on": "2026-11-24"})
        who = participant_id(day.round_id, visitor.member_id)
        day.write("participant", who, {"member": visitor.member_id, "roles/visitor": True})
        yield day


def subscribe(somebody: Somebody, browser: Browser, path: str = "/ok") -> None:
    body = {
        "endpoint": browser.endpoint(path),
        "expirationTime": None,
        "keys": {"p256dh": browser.p256dh, "auth": browser.auth},
    }
    assert somebody.post("/me/push-subscriptions", body).status_code == 204


def outcomes() -> list[str | None]:
    """What became of each notice to somebody, in order."""
    told = select(Notice.outcome).where(Notice.member_id != NOBODY)
    with reading(EVERY_NETWORK) as tx:
        return [*tx.scalars(told.order_by(Notice.due_at))]


def test_the_rounds_people_are_told_once_that_the_debrief_opens(day: Day, browser: Browser):
    subscribe(day.visitor, browser)

    day.begin_debrief()
    day.begin_debrief()
    told = day.work_off(NINE_IN_DENVER), day.work_off(NINE_IN_DENVER)

    assert told == (1, 0)
    [(_, text)] = browser.received
    assert json.loads(text)["title_key"] == "notices.debrief_opens.title"
    assert json.loads(text)["url"] == f"/rounds/{day.round_id}/debrief"


def test_somebody_in_a_classroom_is_left_alone_until_the_last_visit_ends(
    day: Day, browser: Browser
):
    subscribe(day.visitor, browser)
    day.write("slot", clock.new_id(), {"begins_at": "08:50", "minutes": 20})
    day.write("slot", clock.new_id(), {"begins_at": "10:00", "minutes": 25})
    day.begin_debrief()

    during = day.work_off(NINE_IN_DENVER)
    between = day.work_off(NINE_IN_DENVER + timedelta(minutes=30))
    after = day.work_off(NINE_IN_DENVER + timedelta(minutes=86))

    assert (during, between, after) == (0, 0, 1)
    assert len(browser.received) == 1


def an_item(day: Day, **values: Any) -> str:
    item_id = clock.new_id()
    taken = {"text": "Ask why", "taken_on_by_member": day.visitor.member_id}
    day.write("next_level_item", item_id, {**taken, **values})
    return item_id


def test_a_check_back_is_told_on_the_morning_before(day: Day, browser: Browser):
    subscribe(day.visitor, browser)
    an_item(day, check_back_on="2026-12-10")
    eight_in_denver = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)

    early = day.work_off(eight_in_denver - timedelta(minutes=1))
    due = day.work_off(eight_in_denver)

    assert (early, due) == (0, 1)
    told = json.loads(browser.received[0][1])
    assert told["title_key"] == "notices.check_back_due.title"
    assert say(told["title_key"], told["language"]) == "Your check-back is due tomorrow"


def test_no_word_of_an_item_travels_with_its_notice(day: Day, browser: Browser):
    subscribe(day.visitor, browser)
    an_item(day, text="A sentence of ours", check_back_on="2026-12-10")

    day.work_off(datetime(2026, 12, 9, 15, 0, tzinfo=UTC))

    assert b"sentence" not in browser.received[0][1]


TOLD = [kind for kind in NoticeKind if kind not in (NoticeKind.NOTES_GO, NoticeKind.FILE_DUE)]


@pytest.mark.parametrize("kind", TOLD)
def test_a_message_says_what_happens_in_words_of_ours_and_leads_to_a_page(
    day: Day, browser: Browser, kind: NoticeKind
):
    """Rules 8, 10 and 15 at a push service: no word of anybody's, no card, classroom or name."""
    subscribe(day.visitor, browser)
    of_round = kind not in (NoticeKind.CHECK_BACK_DUE, NoticeKind.FILE_READY)
    subject = day.round_id if of_round else an_item(day, text="A sentence of ours")
    with writing(EVERY_NETWORK) as tx:
        put_due(tx, day.lead.network_id, kind, subject, day.visitor.member_id, clock.now())

    day.work_off(NINE_IN_DENVER)

    [(_, text)] = browser.received
    told = json.loads(text)
    assert {*told} == {"title_key", "body_key", "language", "url", "tag"}
    for part in ("title", "body"):
        assert told[f"{part}_key"] == f"notices.{kind}.{part}"
        assert "{" not in say(told[f"{part}_key"], "en"), "nothing is put into its words"
    assert told["tag"] == f"{kind}:{subject}"
    page = rf"/rounds/{day.round_id}/(debrief|revisit|summary|notes|next-level)|/patterns/files"
    assert re.fullmatch(page, told["url"])


def a_revisit(day: Day, **values: Any) -> None:
    day.write("revisit", revisit_id(day.round_id), values)


def test_whoever_was_in_the_round_is_told_on_the_morning_before_the_revisit(
    day: Day, browser: Browser
):
    subscribe(day.visitor, browser)
    a_revisit(day, meets_on="2027-02-12")
    eight_in_denver = datetime(2027, 2, 11, 15, 0, tzinfo=UTC)

    early = day.work_off(eight_in_denver - timedelta(minutes=1))
    due = day.work_off(eight_in_denver)

    assert early == 0
    assert due == len(people_of(day))
    told = json.loads(browser.received[0][1])
    assert told["url"] == f"/rounds/{day.round_id}/revisit"
    assert say(told["title_key"], told["language"]) == "Your revisit is tomorrow"


def test_a_revisit_that_was_moved_is_told_once_on_its_new_day_and_an_opened_one_never(
    day: Day, browser: Browser
):
    subscribe(day.visitor, browser)
    a_revisit(day, meets_on="2027-02-12")
    a_revisit(day, meets_on="2027-02-19")
    day.work_off(datetime(2027, 2, 11, 16, 0, tzinfo=UTC))
    assert browser.received == []

    a_revisit(day, opened_at="2027-02-15T16:00:00Z")
    day.work_off(datetime(2027, 2, 18, 16, 0, tzinfo=UTC))
    assert browser.received == []
    assert set(outcomes()) == {"withdrawn"}


def a_host(day: Day) -> Somebody:
    host = a_member(day.app, day.lead.network_id, name="Sample Host")
    who = participant_id(day.round_id, host.member_id)
    day.write("participant", who, {"member": host.member_id, "roles/host": True})
    return host


def close_debrief(day: Day) -> None:
    day.write("debrief", debrief_id(day.round_id), {"closed_at": clock.as_text(clock.now())})


def remind(day: Day, **words: str) -> None:
    reminded = {"reminded_at": clock.as_text(clock.now()), **words}
    day.write("return_summary", return_summary_id(day.round_id), reminded)


def test_a_host_is_reminded_of_the_summary_and_of_nothing_that_is_in_it(day: Day, browser: Browser):
    subscribe(a_host(day), browser)
    close_debrief(day)

    remind(day, network_words="A sentence of ours")
    day.work_off(NINE_IN_DENVER)

    [(_, text)] = browser.received
    told = json.loads(text)
    assert told["url"] == f"/rounds/{day.round_id}/summary"
    assert say(told["title_key"], "en") == "A return summary waits for you to read it"
    assert b"sentence" not in text
    assert outcomes() == ["sent"], "the host alone"


def test_a_host_is_reminded_once_a_day_however_often_leads_press(day: Day, browser: Browser):
    subscribe(a_host(day), browser)
    close_debrief(day)
    for hours in (0, 1, 23, 24, 25):
        at = NINE_IN_DENVER + timedelta(hours=hours)
        with clock.clock_at(lambda at=at: at):
            remind(day)
        day.work_off(at)

    assert len(browser.received) == 2


def test_words_that_are_written_after_a_reminder_remind_nobody_anew(day: Day, browser: Browser):
    subscribe(a_host(day), browser)
    close_debrief(day)
    remind(day)
    day.work_off(NINE_IN_DENVER)
    later = NINE_IN_DENVER + timedelta(days=2)

    with clock.clock_at(lambda: later):
        day.write("return_summary", return_summary_id(day.round_id), {"thanks": "Thank you."})
    day.work_off(later)

    assert len(browser.received) == 1


def test_nobody_is_reminded_of_a_summary_that_is_not_there_yet(day: Day):
    a_host(day)
    day.begin_debrief()
    before = outcomes()

    remind(day)

    assert outcomes() == before


def people_of(day: Day) -> list[str]:
    with reading(EVERY_NETWORK) as tx:
        found = select(Participation.member_id).where(Participation.round_id == day.round_id)
        return [*tx.scalars(found)]


def test_a_day_that_does_not_exist_tells_nobody_and_breaks_nothing(day: Day):
    an_item(day, check_back_on="2026-02-31")

    assert outcomes() == []


def test_a_browser_that_gave_up_is_forgotten(day: Day, browser: Browser):
    subscribe(day.visitor, browser, "/gone")
    day.begin_debrief()

    day.work_off(NINE_IN_DENVER)

    with reading(EVERY_NETWORK) as tx:
        assert tx.execute(select(PushSubscription.id)).all() == []
    assert outcomes() == ["nobody"]


def test_a_busy_service_is_asked_again_later(day: Day, browser: Browser):
    subscribe(day.visitor, browser, "/busy")
    day.begin_debrief()

    day.work_off(NINE_IN_DENVER)
    soon = day.work_off(NINE_IN_DENVER + timedelta(minutes=4))
    later = day.work_off(NINE_IN_DENVER + timedelta(minutes=6))

    assert (soon, later, len(browser.asked)) == (0, 0, 2)


def test_an_old_notice_tells_nobody(day: Day, browser: Browser):
    subscribe(day.visitor, browser)
    day.begin_debrief()

    day.work_off(NINE_IN_DENVER + timedelta(hours=19))

    assert (browser.received, outcomes()) == ([], ["stale"])


def test_somebody_removed_is_told_nothing(day: Day, browser: Browser):
    subscribe(day.visitor, browser)
    day.begin_debrief()
    path = f"/networks/{day.lead.network_id}/members/{day.visitor.member_id}"
    assert day.lead.delete(path).status_code < 300

    day.work_off(NINE_IN_DENVER)

    assert browser.asked == []


def settled(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [line for line in caplog.messages if "settled" in line]


def test_the_log_is_silent_about_people_without_a_browser(
    day: Day, browser: Browser, caplog: pytest.LogCaptureFixture
):
    """Most have none: a line for each would bury what matters."""
    caplog.set_level("INFO", logger="server.services.notices")
    day.begin_debrief()
    assert day.work_off(NINE_IN_DENVER) > 0
    silent = settled(caplog)
    subscribe(day.visitor, browser)
    an_item(day, check_back_on="2026-12-10")
    day.work_off(datetime(2026, 12, 9, 15, 0, tzinfo=UTC))

    assert silent == []
    assert settled(caplog) == ["notices were settled: 1 sent"]


@pytest.mark.parametrize("endpoint", ["https://example.org/push", "http://10.0.0.1/x", "x"])
def test_an_unknown_push_service_is_refused(day: Day, browser: Browser, endpoint: str):
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}

    answer = day.visitor.post("/me/push-subscriptions", {"endpoint": endpoint, "keys": keys})

    assert answer.status_code == 422 or answer.status_code == 400
    assert answer.json["error"]["code"] == "notices.unknown_service"


def test_nobody_can_end_another_persons_subscription(day: Day, browser: Browser):
    subscribe(day.visitor, browser)

    day.lead.delete("/me/push-subscriptions", json={"endpoint": browser.endpoint()})

    with reading(EVERY_NETWORK) as tx:
        assert len(tx.execute(select(PushSubscription.id)).all()) == 1


def test_a_person_can_switch_notices_off(day: Day, browser: Browser):
    subscribe(day.visitor, browser)

    day.visitor.delete("/me/push-subscriptions", json={"endpoint": browser.endpoint()})
    day.begin_debrief()
    day.work_off(NINE_IN_DENVER)

    assert browser.asked == []
