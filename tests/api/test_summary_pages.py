"""The return summary read by a link: what a stranger finds, and what nobody does."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server import clock
from server.db import reading, writing
from server.domain.identifiers import debrief_id, return_summary_id
from server.domain.names_check import word_slug
from server.models.accounts import Audit, Membership
from server.models.summary_pages import SummaryPage
from server.sync.compose import compose
from server.sync.read import record_of
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.sync.talk import a_change, push, statuses

pytestmark = BOTH_DATABASES

STATEMENT = "answer with one number"
CARD = "S: because both sides have four of them"
CONTRAST = "wait longer than five seconds"
THANKS = "Thank you for your open doors."
WITHOUT_DAY = {"horizon": "next_week", "level": "school", "taken_on_by": "coaches"}
CLOCK_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
VISIT = re.compile(r"\bV\d+\b")


@dataclass
class Closed:
    """A round whose debrief is closed, with a pattern, a prediction and an item."""

    lead: Somebody
    visitor: Somebody
    host: Somebody
    day: Day
    pattern: str

    @property
    def pages(self) -> str:
        network_id = self.lead.network_id
        return f"/networks/{network_id}/rounds/{self.day.round_id}/summary-pages"

    @property
    def report(self) -> str:
        return f"/networks/{self.lead.network_id}/rounds/{self.day.round_id}/summary/export"

    def write(self, who: Somebody, kind: str, record: str | None = None, **values: Any) -> None:
        scope = f"round:{self.day.round_id}"
        change = a_change(who, kind=kind, record=record or clock.new_id(), scope=scope, set=values)
        assert statuses(push(who, change)) == ["applied"]

    def rewrite(self, who: Somebody, kind: str, record: str, values: dict[str, Any]) -> None:
        """In place of what stands there, as a device that holds it writes."""
        with reading(who.network_id) as tx:
            found = record_of(tx, who.network_id, record)
        scope = f"round:{self.day.round_id}"
        change = compose(kind, record, scope, values, by=who.member_id, heads=found)
        assert statuses(push(who, change)) == ["applied"]

    def summary(self, who: Somebody, **values: Any) -> None:
        self.write(who, "return_summary", return_summary_id(self.day.round_id), **values)

    def link(self, audience: str = "school") -> str:
        """The path of a fresh link, once the host has opened the summary to this audience."""
        self.summary(self.host, **{f"opened/{audience}": True})
        made = self.host.post(self.pages, {"audience": audience})
        assert made.status_code == 201, made.json
        return str(made.json["link"]).partition("/open/")[2]


@pytest.fixture
def closed(app: Flask) -> Closed:
    network_id = a_network()
    lead = a_member(app, network_id, "lead", name="Lead Sample")
    visitor = a_member(app, network_id, name="Robin Sample")
    host = a_member(app, network_id, name="Host Sample")
    closed = Closed(
        lead, visitor, host, a_day(lead, visitor, host=host, visits_on=in_days(-1)), clock.new_id()
    )
    cards = [clock.new_id() for _ in closed.day.classrooms]
    for card, room in zip(cards, closed.day.classrooms, strict=True):
        closed.write(visitor, "card", card, text=CARD, element="student", standing="agreed")
        source = {"card": card, "classroom": room, "team": closed.day.team}
        where = {"scope": f"visitors:{closed.day.round_id}", "record": clock.new_id()}
        made = a_change(visitor, kind="card_source", set=source, **where)
        assert statuses(push(visitor, made)) == ["applied"]
    pattern = {"form": "pattern", "subject": "students", "statement": STATEMENT}
    agreed = {"quantifier": "many", "consensus": "agree"}
    closed.write(
        visitor,
        "pattern",
        closed.pattern,
        **pattern,
        **agreed,
        **{f"cards/{card}": True for card in cards},
    )
    contrast = {"form": "contrast", "subject": "teachers", "statement": CONTRAST}
    closed.write(visitor, "pattern", **contrast, **agreed, **{f"cards/{cards[0]}": True})
    closed.write(visitor, "prediction", text="A prediction under seal.", agreed=True)
    closed.write(
        visitor,
        "next_level_item",
        text="One why a task",
        horizon="next_week",
        level="school",
        taken_on_by_member=host.member_id,
        check_back_on=in_days(20),
    )
    moment = "2026-11-22T20:42:00Z"
    debrief = {"phase": "next_level", "sealed_at": moment, "closed_at": moment}
    closed.write(lead, "debrief", debrief_id(closed.day.round_id), **debrief)
    closed.summary(lead, thanks=THANKS)
    return closed


def said(content: bytes) -> str:
    """What a report says, sheet after sheet, in the order in which it is read."""
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(each.extract_text() for each in sheets).split())


def read(client: FlaskClient, token: str, language: str = "en") -> Any:
    return client.get(f"/open/{token}", headers={"Accept-Language": language})


def test_a_stranger_reads_the_summary_and_finds_nothing_of_a_room_a_time_or_a_person(
    closed: Closed, client: FlaskClient
):
    answer = read(client, closed.link())

    assert answer.status_code == 200
    for words in (THANKS, f"Students {STATEMENT}", "In many of the classrooms", "One why a task"):
        assert words in answer.text
    assert "Not for use in the evaluation of any educator." in answer.text
    hidden = [
        CARD,
        CONTRAST,
        "A prediction under seal.",
        "Sample",
        "Team A",
        in_days(-1),
        in_days(20),
    ]
    hidden += [*closed.day.classrooms, *closed.day.slots, closed.day.round_id, closed.day.team]
    hidden += [closed.host.member_id, closed.visitor.member_id, closed.lead.network_id]
    assert [each for each in hidden if each in answer.text] == []
    assert CLOCK_TIME.findall(answer.text) + VISIT.findall(answer.text) == []


def test_whom_a_pattern_is_about_is_said_once_also_where_it_was_typed_along(
    closed: Closed, client: FlaskClient
):
    closed.rewrite(
        closed.visitor, "pattern", closed.pattern, {"statement": f"students {STATEMENT}"}
    )
    token = closed.link()
    report = client.get(f"/open/{token}/summary.pdf")

    for words in (read(client, token).text, said(report.data)):
        assert f"Students {STATEMENT}" in words
        assert "students students" not in words.lower()
    assert "estudiantes students" not in read(client, token, "es").text


def test_what_was_agreed_on_without_a_day_or_anybody_does_not_vanish(
    closed: Closed, client: FlaskClient
):
    closed.write(closed.visitor, "next_level_item", text="Ask one more question")
    closed.write(closed.visitor, "next_level_item", text="Sit in on a class", **WITHOUT_DAY)
    closed.write(closed.visitor, "next_level_item", text=" ")
    token = closed.link()
    report = client.get(f"/open/{token}/summary.pdf")

    assert "<li>Sit in on a class <small>Next week · Coaches · No day" in flat(
        read(client, token).text
    )
    for words in (flat(read(client, token).text), said(report.data)):
        assert words.count("No day to look back yet") == 2
        assert words.count("Nobody has taken it on yet · No day to look back yet") == 1
        assert "Ask one more question" in words


def test_what_was_agreed_on_is_told_as_in_the_app_with_its_day_and_what_comes_first(
    closed: Closed, client: FlaskClient
):
    later = {"horizon": "next_month", "level": "district", "taken_on_by": "coaches"}
    closed.write(closed.visitor, "next_level_item", text="Share", order=1, **later)
    begun = later | {"starts_first": True, "check_back_on": "2027-12-13"}
    closed.write(closed.visitor, "next_level_item", text="Begin", order=9, **begun)
    token = closed.link()

    page, report = flat(read(client, token).text), client.get(f"/open/{token}/summary.pdf")

    assert page.index("<li>Begin") < page.index("<li>One why a task") < page.index("<li>Share")
    about = "We start with this · Next month · Coaches · Check back Dec 13, 2027"
    assert about in page
    assert about in said(report.data)
    assert "Revisar el 13 dic 2027" in read(client, token, "es").text


def test_the_page_tells_the_focus_questions_with_the_codes_beside_them_as_the_app_does(
    closed: Closed, client: FlaskClient
):
    framework, ratio, other = (clock.new_id() for _ in range(3))
    shared = f"network:{closed.lead.network_id}"
    items = {
        ratio: {"code": "M.6.RP", "text": "Compare", "order": 2},
        other: {"code": "Mrs. Sample", "text": "Explain", "order": 1},
    }
    made = [
        a_change(closed.lead, kind="framework", record=framework, scope=shared, set={"title": "M"}),
        *(
            a_change(closed.lead, kind="standard", record=own, scope=shared, set=item)
            for own, item in items.items()
        ),
    ]
    assert set(statuses(push(closed.lead, *made))) == {"applied"}
    bears_on = {f"standards/{own}": True for own in items}
    closed.write(closed.lead, "focus_question", text="Who says why?", order=9, **bears_on)
    closed.write(closed.lead, "focus_question", text="What comes first?", order=0)

    page = flat(read(client, closed.link()).text)

    first, last = "<li>What comes first?</li>", "<li>Who says why? <small>M.6.RP</small></li>"
    assert page.index("Focus questions") < page.index(first) < page.index(last)
    assert page.index(last) < page.index(STATEMENT)
    assert "Mrs." not in page, "a code that may name somebody is left out"


def test_a_question_that_may_name_somebody_holds_the_link_back_and_stays_inside(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    closed.write(closed.lead, "focus_question", text="What does Ms. Placeholder ask?")

    refused = closed.host.post(closed.pages, {"audience": "school"})

    assert refused.json["error"]["code"] == "summary.names_first"
    assert "Placeholder" not in read(client, token).text


def flat(page: str) -> str:
    return re.sub(r"\s*\n\s*", " ", page).replace("> ", ">").replace(" </", "</")


def test_thanks_come_first_and_the_hosts_words_beside_the_networks(
    closed: Closed, client: FlaskClient
):
    closed.summary(closed.lead, network_words="We saw a school that asks.")
    closed.summary(closed.host, host_words="We go on asking.")
    page = read(client, closed.link()).text
    main = re.sub(r"\s*<[^>]+>\s*", "\n", page[page.index("<main>") : page.index("</main>")])
    title, first, *lines = [line for line in main.splitlines() if line.strip()]

    assert first == THANKS
    assert lines[lines.index("From the network") :][:4] == [
        *("From the network", "We saw a school that asks."),
        *("From the host", "We go on asking."),
    ]


def test_the_page_sets_no_cookie_is_kept_nowhere_and_is_in_no_index(
    closed: Closed, client: FlaskClient
):
    answer = read(client, closed.link())

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.text
    assert "<script" not in answer.text


def test_it_is_read_in_the_browsers_own_language(closed: Closed, client: FlaskClient):
    answer = read(client, closed.link(), "es-MX,es;q=0.9")

    assert '<html lang="es">' in answer.text
    assert "Lo que vieron colegas" in answer.text


def test_a_link_that_was_ended_is_not_found_like_one_that_never_was(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    assert closed.host.delete(closed.pages, json={"audience": "school"}).status_code == 204

    ended, unknown = read(client, token), read(client, "x" * 43)

    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.text == unknown.text
    assert STATEMENT not in ended.text
    assert closed.host.get(closed.pages).json == {"pages": []}


def test_a_new_link_ends_the_one_before_and_leaves_other_audiences_alone(
    closed: Closed, client: FlaskClient
):
    first, public = closed.link(), closed.link("public")
    second = closed.host.post(closed.pages, {"audience": "school"}).json["link"]

    assert read(client, first).status_code == 404
    assert read(client, second.partition("/open/")[2]).status_code == 200
    assert read(client, public).status_code == 200


def test_closing_the_audience_closes_the_page_while_the_link_stands(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    summary = return_summary_id(closed.day.round_id)
    closed.rewrite(closed.host, "return_summary", summary, {"opened/school": False})

    assert read(client, token).status_code == 404


def test_no_link_is_made_while_a_word_may_name_somebody(closed: Closed, client: FlaskClient):
    closed.summary(closed.lead, network_words="Ms. Placeholder let them wait.")
    refused = closed.host.post(closed.pages, {"audience": "school"})

    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "summary.names_first"

    closed.summary(closed.host, **{f"not_a_person/{word_slug('Ms. Placeholder')}": True})
    assert "let them wait" in read(client, closed.link()).text


def opened_as_it_stands(closed: Closed, **words: str) -> str:
    """A link, and the summary opened as today's app opens it: with the words of that moment."""
    with reading(closed.lead.network_id) as tx:
        debrief = record_of(tx, closed.lead.network_id, debrief_id(closed.day.round_id))
    assert debrief is not None
    closed.summary(closed.lead, **words)
    as_opened = {f"{name}_as_opened": text for name, text in words.items()}
    closing = {"closing_as_opened": debrief.get("closed_at")}
    closed.summary(closed.host, thanks_as_opened=THANKS, **as_opened, **closing)
    closed.summary(closed.host, **{"opened/network": True})
    return closed.link()


def test_what_a_lead_writes_later_reaches_nobody_before_the_host(
    closed: Closed, client: FlaskClient
):
    token = opened_as_it_stands(closed, network_words="As the host opened it.")
    summary = return_summary_id(closed.day.round_id)
    closed.rewrite(closed.lead, "return_summary", summary, {"network_words": "Written later."})

    ways_out = [
        read(client, token).text,
        said(client.get(f"/open/{token}/summary.pdf").data),
        said(closed.visitor.get(closed.report).data),
        said(closed.lead.get(closed.report).data),
    ]

    for words in ways_out:
        assert "As the host opened it." in words
        assert "Written later." not in words
    assert "Written later." in said(closed.host.get(closed.report).data)

    again = {"network_words_as_opened": "Written later."}
    closed.rewrite(closed.host, "return_summary", summary, again)
    assert "Written later." in read(client, token).text


def test_a_debrief_that_was_opened_and_closed_again_is_read_by_its_host_first(
    app: Flask, closed: Closed, client: FlaskClient
):
    member = a_member(app, closed.lead.network_id)
    token = opened_as_it_stands(closed, network_words="As the host opened it.")
    patterns = f"/networks/{closed.lead.network_id}/patterns"
    assert STATEMENT in member.get(patterns).text
    debrief, anew = debrief_id(closed.day.round_id), "2026-11-23T08:00:00Z"
    closed.rewrite(closed.lead, "debrief", debrief, {"closed_at": None})
    closed.rewrite(closed.lead, "debrief", debrief, {"closed_at": anew})

    assert read(client, token).status_code == 404
    assert closed.visitor.get(closed.report).status_code == 403
    assert STATEMENT not in member.get(patterns).text
    assert closed.host.get(closed.report).status_code == 200

    summary = return_summary_id(closed.day.round_id)
    closed.rewrite(closed.host, "return_summary", summary, {"closing_as_opened": anew})
    assert read(client, token).status_code == 200
    assert STATEMENT in member.get(patterns).text


def test_nobody_but_the_host_says_what_was_opened(closed: Closed):
    scope = f"round:{closed.day.round_id}"
    own = return_summary_id(closed.day.round_id)
    for values in (
        {"network_words_as_opened": "By a lead"},
        {"thanks_as_opened": "By a lead"},
        {"closing_as_opened": "2026-11-23T08:00:00Z"},
    ):
        change = a_change(closed.lead, kind="return_summary", record=own, scope=scope, set=values)
        assert statuses(push(closed.lead, change)) == ["set_aside"]


def test_a_name_that_is_written_after_the_link_was_made_stays_inside(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    closed.summary(closed.lead, network_words="Ms. Placeholder let them wait.")

    answer = read(client, token)

    assert "Placeholder" not in answer.text
    assert f"Students {STATEMENT}" in answer.text


def test_the_host_alone_makes_and_ends_links(closed: Closed):
    for somebody in (closed.lead, closed.visitor):
        assert somebody.post(closed.pages, {"audience": "school"}).status_code == 403
        assert somebody.delete(closed.pages, json={"audience": "school"}).status_code == 403
        assert somebody.get(closed.pages).status_code == 403
    refused = closed.host.post(closed.pages, {"audience": "district"})
    assert refused.status_code == 422


def test_a_token_is_kept_as_a_hash_alone(closed: Closed):
    token = closed.link()

    with reading() as tx:
        [row] = tx.execute(select(SummaryPage.__table__)).mappings()

    assert len(token) == 43
    assert token not in [*map(str, row.values())]


def test_who_guesses_links_is_made_to_wait(app: Flask, client: FlaskClient):
    settings = app.extensions["rounds_settings"]
    app.extensions["rounds_settings"] = replace(settings, site_attempts=30)

    tries = [read(client, f"{number:043}").status_code for number in range(31)]

    assert tries == [404] * 30 + [429]


def test_the_host_takes_the_report_first_and_others_once_it_is_opened_to_them(
    app: Flask, closed: Closed
):
    network_id = closed.lead.network_id
    elsewhere = a_member(app, network_id, name="Elsewhere Sample")
    analyst = a_member(app, network_id, "analyst", name="Analyst Sample")
    admin = a_member(app, network_id, "admin", name="Admin Sample")
    round_people = (closed.lead, closed.visitor)
    everybody = (closed.host, *round_people, elsewhere, analyst, admin)

    def takers() -> list[Somebody]:
        answers = {each.member_id: each.get(closed.report).status_code for each in everybody}
        assert {*answers.values()} <= {200, 403}
        return [each for each in everybody if answers[each.member_id] == 200]

    assert takers() == [closed.host]
    closed.summary(closed.host, **{"opened/school": True})
    assert takers() == [closed.host]
    closed.summary(closed.host, **{"opened/district": True})
    assert takers() == [closed.host, analyst]
    closed.summary(closed.host, **{"opened/network": True})
    assert takers() == [closed.host, *round_people, elsewhere, analyst]


def test_an_analyst_of_another_district_takes_no_report(app: Flask, closed: Closed):
    network_id = closed.lead.network_id
    analyst = a_member(app, network_id, "analyst")
    mine = update(Membership).where(Membership.id == analyst.member_id)
    with writing(network_id) as tx:
        tx.execute(mine.values(district_id=clock.new_id()))
    closed.summary(closed.host, **{"opened/district": True})

    assert analyst.get(closed.report).status_code == 403


def test_there_is_no_report_before_the_debrief_is_closed(app: Flask):
    network_id = a_network()
    lead, host = a_member(app, network_id, "lead"), a_member(app, network_id)
    day = a_day(lead, host=host, visits_on=in_days(-1))

    refused = host.get(f"/networks/{network_id}/rounds/{day.round_id}/summary/export")

    assert (refused.status_code, refused.json["error"]["code"]) == (409, "summary.not_closed")


def test_the_report_says_what_the_page_says_and_nothing_of_a_room_a_day_or_a_person(
    closed: Closed, client: FlaskClient
):
    closed.summary(closed.lead, network_words="We saw a school that asks.")
    closed.summary(closed.host, host_words="We go on asking.")
    token = closed.link()

    behind_link = client.get(f"/open/{token}/summary.pdf")
    own = closed.host.get(f"{closed.report}?language=en")

    assert behind_link.status_code == own.status_code == 200
    assert own.mimetype == behind_link.mimetype == "application/pdf"
    words = said(own.data)
    assert said(behind_link.data) == words
    assert words.startswith(f"What colleagues saw in our classrooms {THANKS}")
    assert "From the network We saw a school that asks. From the host We go on asking." in words
    assert "Who does the thinking?" in words
    assert "Not for use in the evaluation of any educator." in words
    told = words + str(pypdf.PdfReader(io.BytesIO(own.data)).metadata)
    hidden = [CARD, CONTRAST, "A prediction under seal.", "Sample", "Team A"]
    hidden += [in_days(-1), in_days(20), *closed.day.classrooms, closed.day.round_id]
    assert [each for each in hidden if each in told] == []
    assert CLOCK_TIME.findall(told) + VISIT.findall(told) == []


def test_the_report_of_a_link_is_kept_nowhere_and_ends_with_its_link(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    there = client.get(f"/open/{token}/summary.pdf", headers={"Accept-Language": "es"})
    closed.host.delete(closed.pages, json={"audience": "school"})
    ended = client.get(f"/open/{token}/summary.pdf")

    assert "Lo que vieron colegas" in said(there.data)
    assert there.headers["Cache-Control"] == "no-store"
    assert "noindex" in there.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in there.headers
    assert (ended.status_code, ended.mimetype) == (404, "text/html")


def test_no_report_leaves_its_host_while_a_word_may_name_somebody(closed: Closed):
    closed.summary(closed.host, **{"opened/network": True})
    closed.summary(closed.lead, network_words="Ms. Placeholder let them wait.")

    refused = closed.host.get(closed.report)
    theirs = said(closed.visitor.get(closed.report).data)

    assert (refused.status_code, refused.json["error"]["code"]) == (409, "summary.names_first")
    assert "Placeholder" not in theirs
    assert THANKS in theirs

    closed.summary(closed.host, **{f"not_a_person/{word_slug('Ms. Placeholder')}": True})
    assert "Ms. Placeholder let them wait." in said(closed.host.get(closed.report).data)


def test_a_question_in_which_somebody_may_be_named_waits_like_every_other_text(
    closed: Closed, client: FlaskClient
):
    token = closed.link()
    question = "What does Ms. Placeholder ask?"
    closed.write(closed.lead, "focus_question", text=question, order=2)

    assert closed.host.get(closed.report).status_code == 409
    for path in (f"/open/{token}", f"/open/{token}/summary.pdf"):
        answer = client.get(path)
        words = said(answer.data) if path.endswith(".pdf") else answer.text
        assert "Who does the thinking?" in words
        assert "Placeholder" not in words


def test_a_report_is_entered_in_the_register_that_the_rounds_people_read(closed: Closed):
    taken = closed.host.get(closed.report)

    (made,) = closed.visitor.get(f"/networks/{closed.lead.network_id}/exports").json["exports"]

    assert made["sha256"] == sha256(taken.data).hexdigest()
    assert (made["member_id"], made["format"]) == (closed.host.member_id, "pdf")
    assert made["counts"] == {"patterns": 1, "next_level": 1}
    with reading(closed.lead.network_id) as tx:
        done = tx.scalars(select(Audit.action).where(Audit.subject_id == made["id"])).all()
    assert [*done] == ["summary.exported"]
