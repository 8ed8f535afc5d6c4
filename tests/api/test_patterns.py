"""Patterns over HTTP: who reads what, and what no answer holds. Played on the demo's rounds."""

import csv
import hashlib
import io
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import openpyxl
import pyarrow.parquet as pq
import pypdf
import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from schemas.vocabulary import Audience, ProgramContext
from server import clock
from server.config import Settings
from server.db import reading, writing
from server.domain.calendar import quarter_of
from server.domain.identifiers import return_summary_id
from server.domain.names_check import word_slug
from server.models.accounts import Membership
from server.models.exports import Export
from server.models.sync import Change, RoundIndex
from server.services.audit import broken_audit
from server.services.demo.network import open_demo
from server.services.writing_records import send_all
from server.sync.compose import compose
from server.sync.read import records_of
from tests.conftest import an_app
from tests.make import Somebody, a_member, a_network, signed_in


@dataclass
class Demo:
    """The demo network, with a browser for whoever is asked for."""

    app: Flask
    told: dict[str, Any]

    @property
    def network_id(self) -> str:
        return self.told["network_id"]

    @property
    def path(self) -> str:
        return f"/networks/{self.network_id}/patterns"

    def somebody(self, key: str) -> Somebody:
        member = self.member(key)
        with reading() as tx:
            person = tx.scalar(select(Membership.person_id).where(Membership.id == member))
        client = self.app.test_client()
        return signed_in(self.app, Somebody(client, self.network_id, member, person, key))

    def member(self, key: str) -> str:
        return next(
            account["member_id"]
            for account in self.told["accounts"]
            if account["email"].startswith(f"{key}@")
        )

    def ask(self, key: str, query: str = "") -> dict[str, Any]:
        answer = self.somebody(key).get(f"{self.path}?language=en{query}")
        assert answer.status_code == 200, answer.json
        return answer.json

    def records(self, kind: str, place: int) -> list[Any]:
        round_id = self.told["rounds"][place]["id"]
        with reading() as tx:
            found = records_of(tx, self.network_id, kind=kind)
        return [record for record in found if record.scope.endswith(round_id)]

    def write(self, key: str, record: Any, **set_: Any) -> None:
        member = self.member(key)
        change = compose(record.kind, record.id, record.scope, set_, by=member, heads=record)
        send_all(self.network_id, member, [change])

    def write_new(self, key: str, kind: str, scope: str, **set_: Any) -> None:
        member = self.member(key)
        change = compose(kind, clock.new_id(), scope, set_, by=member, heads=None)
        send_all(self.network_id, member, [change])

    def move(self, place: int, day: date) -> None:
        """The round was on another day."""
        round_ = next(
            each
            for each in self.records("round", place)
            if each.id == self.told["rounds"][place]["id"]
        )
        self.write("lead", round_, visits_on=day.isoformat())

    def hosts_as_read(self, rounds: list[Any]) -> list[str | None]:
        """Which school hosted each of these, as the reading of patterns knows it."""
        with reading() as tx:
            rows = tx.execute(select(RoundIndex.round_id, RoundIndex.host_school_id)).all()
        return [dict(map(tuple, rows))[each.id] for each in rounds]

    def close(self, place: int, *audiences: str) -> None:
        """The host takes back whom the summary was opened to."""
        round_ = self.told["rounds"][place]
        summary = self.records("return_summary", place)[0]
        host = round_["host"].partition("@")[0]
        self.write(host, summary, **{f"opened/{audience}": False for audience in audiences})

    def open_anew(self, place: int) -> None:
        """As if the host had read on till now, and opened the summary today."""
        round_ = self.told["rounds"][place]
        summary = self.records("return_summary", place)[0]
        with writing(self.network_id) as tx:
            tx.execute(delete(Change).where(Change.record_id == summary.id))
        host = round_["host"].partition("@")[0]
        self.write(host, summary, **{"opened/district": True, "opened/network": True})


@pytest.fixture(scope="module")
def played(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo was made, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(empty_sqlite, folder / "rounds.db")
    settings = Settings(data_dir=str(folder))
    with an_app(settings):
        open_demo(settings, lambda done, total: None)
    return folder


@pytest.fixture
def settings(played: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "data"
    shutil.copytree(played, folder)
    return Settings(data_dir=str(folder))


@pytest.fixture
def demo(app: Flask, settings: Settings) -> Demo:
    return Demo(app, open_demo(settings, lambda done, total: None))


def sentences(found: dict[str, Any]) -> list[str]:
    return [finding["sentence"] for finding in found["findings"]]


def test_an_analyst_reads_in_sentences_what_hosts_opened_to_the_district(demo):
    found = demo.ask("analyst")

    assert "In many of the classrooms, tasks say which steps to take" in " ".join(sentences(found))
    assert len(found["findings"]) == 8
    assert found["asked"] == "Asked for: everything that may be read."
    assert found["base"].startswith("Base: 2 rounds, 24 classrooms visited; schools pooled.")


@pytest.mark.parametrize("key", ["analyst", "lead", "kim"])
def test_what_the_host_has_not_opened_is_only_counted(demo, key):
    demo.close(0, "district", "network")
    with writing() as tx:
        gone = update(Membership).where(Membership.id == demo.member("kim"))
        tx.execute(gone.values(roles="analyst", district_id=None))

    found = demo.ask(key)

    read = "ask questions that one number" in " ".join(sentences(found))
    assert read == (key == "lead")
    of_whose_districts = {"lead": 0, "analyst": 1, "kim": 2}  # Kim is of no district: of all.
    assert found["not_released_count"] == of_whose_districts[key]


def test_an_analyst_reads_rounds_of_the_own_district_alone(demo):
    coast = demo.somebody("kim")
    with reading() as tx:
        elsewhere = tx.scalar(
            select(Membership.district_id).where(Membership.id == coast.member_id)
        )
    with writing() as tx:
        mine = update(Membership).where(Membership.id == demo.member("analyst"))
        tx.execute(mine.values(district_id=elsewhere))

    found = demo.ask("analyst")

    assert found["findings"] == []
    assert found["base"].startswith("Base: 0 rounds, fewer than 10 classrooms visited")


def test_a_member_reads_a_closed_round_only_as_one_of_its_people(demo):
    demo.close(0, "district", "network")
    newcomer = a_member(demo.app, demo.network_id)

    assert len(demo.ask("sam")["findings"]) == 8
    assert len(newcomer.get(f"{demo.path}?language=en").json["findings"]) == 4


def test_admins_manage_people_and_read_no_patterns(demo):
    assert demo.somebody("admin").get(demo.path).status_code == 403


def test_another_networks_patterns_are_not_found(demo):
    stranger = a_member(demo.app, a_network("Another invented network"), "lead")

    for path in (demo.path, f"{demo.path}/export?format=csv"):
        assert stranger.get(path).status_code == 404


def test_evidence_leads_to_no_classroom_time_author_school_or_team(demo):
    found = demo.ask("analyst")

    with reading() as tx:
        inner = [
            record.id
            for kind in (
                "classroom",
                "team",
                "slot",
                "card",
                "card_source",
                "note",
                "school",
                "focus_question",
            )
            for record in records_of(tx, demo.network_id, kind=kind)
        ]
        schools = [r.get("name") for r in records_of(tx, demo.network_id, kind="school")]
    text = json.dumps(found, ensure_ascii=False)
    secrets = [*inner, *schools, *(account["member_id"] for account in demo.told["accounts"])]
    assert not [secret for secret in secrets if secret in text]
    keys = {key for finding in found["findings"] for one in finding["evidence"] for key in one}
    assert keys == {"text", "element", "grade_band", "subject", "context", "questions"}


def test_which_school_hosted_which_round_changes_nothing_of_what_is_read(demo):
    """Rule 16: no order, no word and no figure hangs on a school; none can be asked for."""
    rounds = [
        next(r for r in demo.records("round", place) if r.id == demo.told["rounds"][place]["id"])
        for place in (0, 1)
    ]
    hosts = [each.get("host_school") for each in rounds]
    found, everything = demo.ask("lead"), all_that_is_read(demo)

    for each, host in zip(rounds, reversed(hosts), strict=True):
        demo.write("lead", each, host_school=host)

    assert len(set(hosts)) == 2
    assert demo.hosts_as_read(rounds) == [*reversed(hosts)]
    assert len(found["findings"]) >= 8
    assert demo.ask("lead") == found
    assert all_that_is_read(demo) == everything
    for name in ("school", "host_school", "round", "order_by", "sort"):
        answer = demo.somebody("lead").get(f"{demo.path}?{name}={hosts[0]}")
        assert (answer.status_code, answer.json["error"]["field"]) == (422, name)


def all_that_is_read(demo: Demo) -> dict[str, Any]:
    """Every look at patterns, and files: but for then and now, where a host opens the name."""
    lead = demo.somebody("lead")
    (question, *_) = demo.ask("lead")["questions"]
    quarters = {each["begins_on"] for each in demo.ask("lead")["quarters"]}
    looks = [f"begins_on={each}&ends_on={each}" for each in sorted(quarters)]
    looks += ["rooms=alike", "rooms=different", f"question={question['id']}", "words=the"]
    looks += ["grade_band=k_2", "subject=math", "context=dual_language", "element=task"]
    told = {look: lead.get(f"{demo.path}?language=en&{look}").json for look in looks}
    told["contexts"] = lead.get(f"{demo.path}/contexts?language=en").json
    for form in ("csv", "json", "jsonl"):
        file = lead.get(f"{demo.path}/export?format={form}&language=en&words=the")
        told[form] = file.data
    return told


def test_what_is_said_of_a_card_is_shared_by_three_classrooms(demo):
    """Whatever a card's own fields say: two classrooms of a subject are too few."""
    rooms = demo.records("classroom", 1)
    science = [room for room in rooms if room.get("subject") == "math"]
    host = demo.told["rounds"][1]["host"].partition("@")[0]
    for room in science[2:]:
        demo.write(host, room, subject="science")
    demo.open_anew(1)

    found = demo.ask("analyst", "&subject=math")

    shared = {one["grade_band"] for finding in found["findings"] for one in finding["evidence"]}
    assert shared == {"6_8"}


def test_a_pattern_without_consensus_or_with_one_classroom_does_not_leave(demo):
    first, second = demo.records("pattern", 0)[:2]
    before = len(demo.ask("analyst")["findings"])
    demo.write("lead", first, consensus="not_yet", form="pattern")
    demo.write("lead", second, consensus="not_yet", form="pattern")

    assert len(demo.ask("analyst")["findings"]) < before


def test_what_comes_next_does_not_leave_while_predictions_are_open(demo):
    before = len(demo.ask("analyst")["next_level"])
    debrief = demo.records("debrief", 0)[0]
    demo.write("lead", debrief, sealed_at=None)
    open_again = len(demo.ask("analyst")["next_level"])
    for prediction in demo.records("prediction", 1):
        demo.write("lead", prediction, agreed=False)

    assert 0 < open_again < before
    assert demo.ask("analyst")["next_level"] == []


def test_no_answer_tells_the_day_of_a_round(demo):
    """Neither by a value nor by asking day by day."""
    day = date.fromisoformat(demo.told["rounds"][1]["visits_on"])
    files = {
        form: demo.somebody("analyst").get(f"{demo.path}/export?format={form}&language=en").data
        for form in ("csv", "json", "jsonl", "xlsx")
    }
    book = openpyxl.load_workbook(io.BytesIO(files.pop("xlsx")))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [json.dumps(demo.ask("analyst")), *(text.decode() for text in files.values())]
    texts.append(" ".join(map(str, cells)))

    assert not [text for text in texts if day.isoformat() in text]
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    answers = {
        json.dumps({**demo.ask("analyst", f"&begins_on={first + timedelta(days=shift)}")})
        for shift in (0, 20, 55, 85)
    }
    assert len(answers) == 1


def test_cards_that_were_taken_back_carry_nothing(demo):
    for card in demo.records("card", 0):
        demo.write("lead", card, standing="withdrawn")

    found = demo.ask("analyst")

    assert all(
        finding["visited_in"] == quarter_of(date.fromisoformat(demo.told["rounds"][1]["visits_on"]))
        for finding in found["findings"]
    )


def test_a_word_that_may_be_a_name_stays_until_somebody_looked_at_it(demo):
    card = demo.records("card", 1)[0]
    demo.write("lead", card, text="S: I read that Lincoln wrote it on a train, said Mr. Invented")
    assert demo.ask("analyst", "&words=lincoln")["findings"] == []
    found = demo.ask("analyst")
    assert "Lincoln" not in json.dumps(found)
    assert found["held_back_count"] >= 1
    assert "name check" in found["base"]

    summary = demo.records("return_summary", 1)[0]
    words = {f"not_a_person/{word_slug(word)}": True for word in ("Lincoln", "Mr. Invented")}
    demo.write("alex", summary, **words)

    assert "Lincoln" in json.dumps(demo.ask("analyst", "&words=lincoln")["findings"])


def test_filters_narrow_by_element_grade_band_subject_and_time(demo):
    day = demo.told["rounds"][1]["visits_on"]
    demo.move(0, date.fromisoformat(day) - timedelta(days=200))

    assert {f["element"] for f in demo.ask("analyst", "&element=task")["findings"]} == {"task"}
    young = demo.ask("analyst", "&grade_band=k_2")
    assert {e["grade_band"] for f in young["findings"] for e in f["evidence"]} == {"k_2"}
    assert "Grades K-2" in young["asked"]
    later = demo.ask("analyst", f"&begins_on={day}")
    assert {f["visited_in"] for f in later["findings"]} == {quarter_of(date.fromisoformat(day))}
    assert later["base"].startswith("Base: 1 round, 12 classrooms")


@pytest.mark.parametrize("query", ["element=x", "begins_on=2026-02-31", "other=1", "element="])
def test_a_filter_that_makes_no_sense_is_refused_by_name(demo, query):
    answer = demo.somebody("lead").get(f"{demo.path}?{query}")

    assert answer.status_code == 422
    assert answer.json["error"]["field"] == query.partition("=")[0]


def test_one_question_has_one_base_and_the_same_figures_on_screen_and_in_a_file(demo):
    for part in ("", "&grade_band=6_8&subject=math", "&context=inclusion", "&words=students"):
        page = demo.ask("analyst", part)
        path = f"{demo.path}/export?format=json&language=en{part}"
        file = demo.somebody("analyst").get(path).json

        assert page["base"] == " ".join(page["base_lines"]) == file["base"], part
        assert page["figures"] == file["figures"], part
        assert page["quarters"] == file["quarters"], part
    assert "Math: fewer than 10 or kept back" in demo.ask("analyst", "&subject=math")["base"]


def test_a_round_that_its_own_people_read_alone_is_said_to_be_in_no_file(demo):
    path = f"{demo.path}/export?format=json&language=en"
    before = demo.ask("lead")

    demo.close(0, "district", "network", "public")

    after, file = demo.ask("lead"), demo.somebody("lead").get(path).json
    assert after["rounds_count"] == before["rounds_count"]
    alone = after["rounds_count"] - file["rounds_count"]
    assert alone >= 1
    held = f"{alone} of these round"
    assert any(line.startswith(held) for line in after["base_lines"]), after["base_lines"]
    assert "no file holds" not in file["base"]


def test_small_figures_are_words_also_when_two_answers_are_compared(demo):
    host = demo.told["rounds"][1]["host"].partition("@")[0]
    for room in demo.records("classroom", 1)[:]:
        if room.get("number") in {1, 2}:
            demo.write(host, room, grade_band="pre_k")
    demo.open_anew(1)
    day = demo.told["rounds"][1]["visits_on"]
    demo.move(0, date.fromisoformat(day) - timedelta(days=200))

    whole = {f["of"]: f["classrooms"] for f in demo.ask("analyst")["figures"]}
    alone = {f["of"]: f["classrooms"] for f in demo.ask("analyst", f"&begins_on={day}")["figures"]}

    assert whole[None] == "24"
    assert alone["pre_k"] == alone["k_2"] == "fewer than 10 or kept back"
    assert alone["3_5"] == "fewer than 10 or kept back"
    assert whole["6_8"] == "12"


def test_words_are_found_in_evidence_and_in_statements_whatever_case_and_accents(demo):
    everything = demo.ask("analyst")["findings"]
    stated = " ".join(finding["statement"] for finding in everything).lower()
    words = everything[0]["evidence"][0]["text"].lower().split()
    word = next(each for each in sorted(words, key=len)[::-1] if each not in stated)

    by_card = demo.ask("analyst", f"&words={quote(word.upper().replace('E', 'É'))}")["findings"]
    by_statement = demo.ask("analyst", f"&words={quote(everything[-1]['statement'])}")["findings"]

    hits = [one["text"].lower() for finding in by_card for one in finding["evidence"]]
    assert hits
    assert all(word in hit for hit in hits)
    assert by_statement == everything[-1:]
    assert by_card[0]["problem"].startswith("Our students answer when a teacher asks")
    for sign in ("%", "_", "\\"):
        assert demo.ask("analyst", f"&words={quote(sign)}")["findings"] == []


def test_cards_that_say_what_is_searched_for_come_before_those_of_a_statement_that_does(demo):
    of_closed_rounds = demo.told["rounds"][1]["host"].partition("@")[0]
    for key in ("analyst", of_closed_rounds):
        came_later = 0
        for found in demo.ask(key)["findings"]:
            by_text = [one["text"].lower() for one in found["evidence"]]
            for word in {*found["statement"].lower().split()}:
                same = demo.ask(key, f"&words={quote(word)}")["findings"]
                (here,) = [each for each in same if each["id"] == found["id"]]
                says = [word in one["text"].lower() for one in here["evidence"]]
                assert says == sorted(says, reverse=True), word
                without = [word in text for text in by_text]
                came_later += without != sorted(without, reverse=True)
        assert came_later
        demo.close(1, *Audience)


def test_words_searched_for_stand_in_no_register_and_a_name_in_no_file(demo):
    asked = "format=json&language=en&words="
    analyst = demo.somebody("analyst")
    plain = analyst.get(f"{demo.path}/export?{asked}reason").json
    named = analyst.get(f"{demo.path}/export?{asked}Ms.%20Invented").json
    register = analyst.get(f"/networks/{demo.network_id}/exports").json["exports"]

    assert "“reason”" in plain["asked"]
    assert 'Invented"' not in json.dumps(named["asked"])
    assert "Ms." not in json.dumps({**named, "network": ""})
    assert [each["filter"]["words"] for each in register[:2]] == ["…", "…"]


@pytest.mark.parametrize("key", ["analyst", "lead"])
def test_a_subject_of_patterns_and_a_context_of_classrooms_narrow_alike_on_page_and_in_file(
    demo, key
):
    for asked in ("about=tasks", "context=inclusion", "about=students&context=inclusion"):
        page = demo.ask(key, f"&{asked}")
        answer = demo.somebody(key).get(f"{demo.path}/export?format=json&language=en&{asked}")
        assert sentences(answer.json) == sentences(page), asked
        shown = {word for f in page["findings"] for one in f["evidence"] for word in one["context"]}
        assert "context" not in asked or shown >= {"inclusion"} or not page["findings"]
    assert {f["subject"] for f in demo.ask(key, "&about=tasks")["findings"]} == {"tasks"}


EVERYWHERE = "There is evidence about: teacher, students, task, relation."


def test_what_has_evidence_is_said_whatever_part_is_asked_for_and_of_the_rounds_as_a_whole(demo):
    for part in ("", "&grade_band=k_2", "&subject=math&about=tasks", "&words=nobody+says+this"):
        assert EVERYWHERE in demo.ask("analyst", part)["base"], part

    for card in demo.records("card", 0) + demo.records("card", 1):
        if card.get("element") == "relation":
            demo.write("lead", card, element="task")

    for part in ("", "&grade_band=k_2"):
        base = demo.ask("analyst", part)["base"]
        assert "There is evidence about: teacher, students, task." in base, part
        assert "No card that may be read was agreed on about: relation." in base, part
        assert "Whether nobody looked there, or looked and no card was agreed on" in base, part


@pytest.mark.parametrize("standing", ["posted", "withdrawn"])
def test_a_card_that_was_not_agreed_on_is_told_to_nobody_by_the_base(demo, standing):
    """Not even that it is there (ADR 33): *did not look* and *did not agree* read the same."""
    cards = demo.records("card", 0)
    for card in cards + demo.records("card", 1):
        if card.get("element") == "relation":
            demo.write("lead", card, element="task")
    before = demo.ask("analyst")["base"]

    waits = {"text": "T: who would say it otherwise?", "element": "relation", "standing": standing}
    demo.write_new("lead", "card", cards[0].scope, **waits)

    assert demo.ask("analyst")["base"] == before


def test_a_part_names_the_figures_of_its_grade_band_and_its_subject_as_the_table_has_them(demo):
    figures = {each["of"]: each["classrooms"] for each in demo.ask("analyst")["figures"]}
    asked = demo.ask("analyst", "&grade_band=6_8&subject=math")

    assert {each["of"]: each["classrooms"] for each in asked["figures"]} == figures
    told = f"Of these classrooms: Grades 6-8: {figures['6_8']}; Math: {figures['math']}."
    assert told in asked["base"]
    assert "numbers of a part could be subtracted" in asked["base"]
    assert "Of these classrooms" not in demo.ask("analyst", "&element=task")["base"]


def test_agreed_evidence_that_no_pattern_holds_is_not_said_to_be_missing(demo):
    cards = demo.records("card", 0)
    for card in cards + demo.records("card", 1):
        if card.get("element") == "relation":
            demo.write("lead", card, element="task")
    loose = {"text": "T: who would say it otherwise?", "element": "relation", "standing": "agreed"}
    demo.write_new("lead", "card", cards[0].scope, **loose)

    base = demo.ask("analyst")["base"]
    assert "No card" not in base
    assert "Cards were agreed on about relation, and no pattern that may be read stands" in base


def test_a_focus_question_of_several_rounds_is_one_and_narrows_page_and_file_alike(demo):
    asked = {each["words"]: each for each in demo.ask("analyst")["questions"]}
    shared = asked["What does the task leave for students to decide?"]
    whole, part = demo.ask("analyst"), demo.ask("analyst", f"&question={shared['id']}")
    file = demo.somebody("analyst").get(
        f"{demo.path}/export?format=json&language=en&question={shared['id']}"
    )

    assert len(asked) == 5, "three of each round, one of them in both"
    assert {words: each["seen"] for words, each in asked.items()} == {
        words: words != "Who says why, and to whom?" for words in asked
    }
    assert 0 < len(part["findings"]) < len(whole["findings"])
    evidence = [one for each in part["findings"] for one in each["evidence"]]
    assert all(shared["id"] in one["questions"] for one in evidence)
    assert sentences(file.json) == sentences(part)
    assert f"focus question “{shared['words']}”" in file.json["asked"]
    assert part["figures"] == whole["figures"], "figures are always of whole rounds"
    assert {each["seen"] for each in part["questions"]} == {None}
    assert EVERYWHERE in part["base"]


def test_a_question_of_a_closed_round_and_one_that_may_name_somebody_are_not_read(demo):
    by_words = {each.get("text"): each for each in demo.records("focus_question", 0)}
    one, *_ = by_words
    demo.write("lead", by_words[one], text="What does Ms. Sample ask?")
    assert not any("Sample" in each["words"] for each in demo.ask("analyst")["questions"])
    closed = {each.get("text") for each in demo.records("focus_question", 1)}

    demo.close(1, "district", "network")

    left = {each["words"] for each in demo.ask("analyst")["questions"]}
    assert left
    assert not left & (closed - set(by_words))
    gone = demo.ask("analyst", "&question=q0123456789abcdef")
    assert not gone["findings"]
    assert "Asked for: one focus question." in gone["asked"]


def test_what_was_much_the_same_from_room_to_room_stands_apart_from_what_was_not(demo):
    whole = demo.ask("analyst")
    said = {rooms: demo.ask("analyst", f"&rooms={rooms}") for rooms in ("alike", "different")}

    words = {rooms: {f["quantifier"] for f in found["findings"]} for rooms, found in said.items()}
    assert words["alike"] <= {"many", "most"}
    assert words["different"] <= {"few", "some"}
    assert sorted(sentences(said["alike"]) + sentences(said["different"])) == sorted(
        sentences(whole)
    )
    assert [found["figures"] for found in said.values()] == [whole["figures"]] * 2
    own = demo.ask("lead", "&rooms=different")
    assert {f["quantifier"] for f in own["findings"]} <= {"few", "some"}
    book = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx&language=en").data
    rows = [*openpyxl.load_workbook(io.BytesIO(book))["From room to room"].values]
    told = {(row[0], row[2]) for row in rows[1:]}
    assert told == {
        (f"{start} from room to room", sentence)
        for start, rooms in (("Much the same", "alike"), ("Different", "different"))
        for sentence in sentences(said[rooms])
    }


def test_quarters_say_how_much_of_each_is_not_released_and_nothing_more(demo):
    demo.close(0, "district", "network")

    quarters = demo.ask("analyst")["quarters"]

    assert sum(each["rounds_count"] for each in quarters) == 1
    assert sum(each["not_released_count"] for each in quarters) >= 1
    assert {*quarters[0]} == {
        "quarter",
        "begins_on",
        "visited",
        "rounds_count",
        "not_released_count",
        "classrooms",
    }
    for each in quarters:
        days = f"&begins_on={each['begins_on']}&ends_on={each['begins_on']}"
        alone = demo.ask("analyst", days)
        assert alone["rounds_count"] == each["rounds_count"]
        assert alone["figures"][0]["classrooms"] == each["classrooms"], "of what is read alone"


def test_what_was_seen_is_read_by_program_context_with_evidence_from_its_classes_alone(demo):
    answer = demo.somebody("analyst").get(f"{demo.path}/contexts?language=en").json

    by_context = {each["context"]: each["findings"] for each in answer["contexts"]}
    assert [*by_context] == [*ProgramContext]
    assert by_context["dual_language"]
    assert not by_context["advanced"]
    bases = {each["context"]: each["base"] for each in answer["contexts"]}
    assert bases["dual_language"].startswith("Base: 1 round, in which three classrooms or more")
    narrowed = demo.somebody("analyst").get(f"{demo.path}/contexts?language=en&grade_band=k_2")
    assert {each["context"]: each["base"] for each in narrowed.json["contexts"]} == bases
    for context, findings in by_context.items():
        assert [f["id"] for f in findings] == [
            f["id"] for f in demo.ask("analyst", f"&context={context}")["findings"]
        ]
        assert all(context in one["context"] for f in findings for one in f["evidence"])
    assert "schools pooled" in answer["base_lines"][0]
    assert {*answer} == {"base_lines", "nothing", "contexts", "questions"}, (
        "words alone, no figure of a program"
    )
    assert answer["questions"] == demo.ask("analyst")["questions"]


def test_of_a_program_that_two_classrooms_share_nothing_is_read(demo):
    for place, round_ in enumerate(demo.told["rounds"][:2]):
        host = round_["host"].partition("@")[0]
        alike: dict[Any, list[Any]] = defaultdict(list)
        for room in demo.records("classroom", place):
            alike[room.get("grade_band"), room.get("subject")].append(room)
        for rooms in alike.values():
            for room in [each for each in rooms if "dual_language" in each.tagged("context")][2:]:
                demo.write(host, room, **{"context/dual_language": False})
        demo.open_anew(place)

    answer = demo.somebody("analyst").get(f"{demo.path}/contexts").json
    asked = demo.ask("analyst", "&context=dual_language")

    assert not next(c for c in answer["contexts"] if c["context"] == "dual_language")["findings"]
    assert not asked["findings"]
    assert "It may well have been there" in asked["nothing"], "kept back is not unseen"


def test_what_comes_late_to_an_opened_round_is_the_difference_of_no_two_answers(demo):
    host = demo.told["rounds"][1]["host"].partition("@")[0]
    before = {key: demo.ask("analyst")[key] for key in ("figures", "base")}
    for room in demo.records("classroom", 1)[:3]:
        demo.write(host, room, grade_band="pre_k", subject="arts")

    after = demo.ask("analyst")

    assert {key: after[key] for key in before} == before
    assert "stay as they were when its host first opened it" in after["about_figures"]


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda content: [
        row["sentence"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    ],
    "json": lambda content: [f["sentence"] for f in json.loads(content)["findings"]],
    "jsonl": lambda content: [json.loads(line)["sentence"] for line in content.splitlines()],
    "xlsx": lambda content: [
        str(row[0])
        for row in openpyxl.load_workbook(io.BytesIO(content))["What was found"].iter_rows(
            min_row=2, values_only=True
        )
    ],
    "pdf": lambda content: headings_of(content, under="What was found"),
    "parquet": lambda content: pq.read_table(io.BytesIO(content))["sentence"].to_pylist(),
}


def headings_of(content: bytes, under: str) -> list[str]:
    """The headings that a screen reader finds in a tagged PDF: the words of its outline."""
    (_, sections) = pypdf.PdfReader(io.BytesIO(content)).outline
    titles = [each if isinstance(each, list) else str(each.title) for each in sections]
    return [str(each.title) for each in titles[titles.index(under) + 1]]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_table_by_itself_stands_in_the_register_and_says_which_it_is(demo, form):
    analyst = demo.somebody("analyst")

    answer = analyst.get(f"{demo.path}/table?table=contexts&format={form}&language=en")

    assert "patterns-contexts-" in answer.headers["Content-Disposition"]
    (made,) = analyst.get(f"/networks/{demo.network_id}/exports").json["exports"]
    assert made["sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert made["filter"] == {"table": "contexts"}
    assert made["counts"]["rows"] == ROWS[form](answer.data) > 8
    assert (
        demo.somebody("sam").get(f"{demo.path}/table?table=codebook&format=csv").status_code == 403
    )


ROWS: dict[str, Callable[[bytes], int]] = {
    "csv": lambda content: len([*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]),
    "jsonl": lambda content: len(content.splitlines()),
    "parquet": lambda content: pq.read_table(io.BytesIO(content)).num_rows,
}


def test_a_file_of_a_part_names_a_pattern_as_the_file_of_everything_does(demo):
    def ids(query: str) -> set[str]:
        content = demo.somebody("analyst").get(f"{demo.path}/export?format=json{query}").data
        return {finding["id"] for finding in json.loads(content)["findings"]}

    assert len(ids("")) == 8
    assert ids("&about=tasks") < ids("")
    inner = [record.id for place in (0, 1) for record in demo.records("pattern", place)]
    assert not ids("") & {*inner}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_line_of_the_json_lines_is_what_their_schema_says(demo, language):
    analyst, path = demo.somebody("analyst"), f"{demo.path}/export"
    told = analyst.get(f"{path}/schema?language={language}")
    lines = analyst.get(f"{path}?format=jsonl&language={language}").data.splitlines()
    in_csv = analyst.get(f"{path}?format=csv&language={language}&bom=false").data.decode()
    rows = [*csv.DictReader(io.StringIO(in_csv, newline=""))]

    schema = jsonschema_rs.validator_for(told.json)
    read = [json.loads(line) for line in lines]
    assert len(read) == len(rows) > 8
    assert not [line for line in read if not schema.is_valid(line)]
    assert [line["evidence"] for line in read] == [row["evidence"] for row in rows]
    assert not schema.is_valid({**read[0], "how_many": "lots"})
    assert not schema.is_valid({**read[0], "school": "Demo"})
    described = [each for each in told.json["properties"].values() if "description" in each]
    assert len(described) == len(read[0]) - 1
    assert not [each for each in described if "exports." in each["description"] + each["title"]]


@pytest.mark.parametrize("form", READERS)
def test_a_file_holds_what_the_screen_shows_and_stands_in_the_register(demo, form):
    analyst = demo.somebody("analyst")

    answer = analyst.get(f"{demo.path}/export?format={form}&language=en")

    assert answer.status_code == 200
    assert f'.{form}"' in answer.headers["Content-Disposition"]
    assert set(READERS[form](answer.data)) == set(sentences(demo.ask("analyst")))
    register = analyst.get(f"/networks/{demo.network_id}/exports").json["exports"]
    assert register[0]["sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert register[0]["member_id"] == analyst.member_id
    assert register[0]["counts"]["patterns"] == 8
    with reading() as tx:
        assert broken_audit(tx, demo.network_id) is None


def test_a_file_shows_no_figure_about_fewer_than_ten(demo):
    content = demo.somebody("analyst").get(f"{demo.path}/export?format=json&language=en").data

    figures = {f["of"]: f["classrooms"] for f in json.loads(content)["figures"]}
    assert figures[None] == "24"
    assert figures["k_2"] == figures["3_5"] == "fewer than 10 or kept back"


def test_a_lead_takes_away_only_what_hosts_opened(demo):
    demo.close(0, "district", "network")
    lead = demo.somebody("lead")

    content = lead.get(f"{demo.path}/export?format=json&language=en").data

    assert json.loads(content)["rounds_count"] == 1
    assert demo.ask("lead")["rounds_count"] == 3


def test_members_see_in_the_register_what_read_their_rounds_and_who_takes_files_out_all_of_it(demo):
    second = demo.told["rounds"][1]
    for part in demo.records("participant", 1):
        if part.get("member") == demo.member("sam"):
            demo.write("lead", part, deleted=True)
    record = next(each for each in demo.records("round", 1) if each.id == second["id"])
    for asked in ("", f"&begins_on={record.get('visits_on')}"):
        answer = demo.somebody("analyst").get(f"{demo.path}/export?format=json{asked}")
        assert answer.status_code == 200
    path, host = f"/networks/{demo.network_id}/exports", second["host"].partition("@")[0]

    seen = {
        key: demo.somebody(key).get(path).json["exports"]
        for key in ("analyst", "lead", host, "sam")
    }

    assert [len(each) for each in seen.values()] == [2, 2, 2, 1]
    assert "begins_on" not in seen["sam"][0]["filter"], "the file that read both rounds"
    with reading() as tx:
        rounds = [json.loads(each) for each in tx.scalars(select(Export.rounds))]
    assert sorted(map(len, rounds)) == [1, 2]
    told = json.dumps(seen)
    assert not [each for each in rounds[0] + rounds[1] if each in told], "which, is not told"


def test_members_do_not_export_but_see_the_register(demo):
    member = demo.somebody("sam")

    assert member.get(f"{demo.path}/export?format=csv").status_code == 403
    assert member.get(f"/networks/{demo.network_id}/exports").json == {"exports": []}
    with reading() as tx:
        assert not tx.execute(select(Export)).all()


def test_a_round_of_the_future_is_neither_read_nor_counted(demo):
    demo.close(0, "district", "network")
    assert demo.ask("analyst")["not_released_count"] == 1

    record = demo.records("round", 0)[0]
    demo.write("lead", record, visits_on=f"{clock.now().year + 1}-01-15")

    assert demo.ask("analyst")["not_released_count"] == 0


def test_the_summary_alone_opens_a_round(demo):
    """A record of another id in the round's scope opens nothing."""
    demo.close(0, "district", "network")
    round_id = demo.told["rounds"][0]["id"]
    host = demo.told["rounds"][0]["host"].partition("@")[0]
    member = demo.member(host)
    other = clock.new_id()
    assert other != return_summary_id(round_id)
    change = compose(
        "return_summary", other, f"round:{round_id}", {"opened/district": True}, by=member
    )

    send_all(demo.network_id, member, [change])

    assert demo.ask("analyst")["rounds_count"] == 1
