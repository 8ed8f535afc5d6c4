"""The main job on real input, over real HTTP: nothing lost or doubled, every byte the same."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import openpyxl
import pytest
from flask import Flask
from openpyxl.utils.escape import unescape

from server.services.directory import import_schools
from tests.device import Device
from tests.make import PASSWORD, a_membership, a_network, a_person
from tests.real_input import AUTHORS, HOSTS, NOTES, SCHOOLS, RealInput, Tell, read_lessons
from tests.serving import Served


@dataclass
class Tablets:
    """Every tablet that was signed in on, so that all are closed in the end."""

    url: str
    network_id: str
    devices: list[Device] = field(default_factory=list)

    def sign_in(self, *roles: str, number: int = 0) -> Device:
        """A new member with a tablet, signed in by e-mail and password."""
        email = f"{roles[0]}{number}@example.org"
        person_id = a_person(f"Invented {roles[0]} {number}", email=email)
        return self.tablet(a_membership(self.network_id, person_id, *roles[-1:]), email)

    def again(self, device: Device, email: str) -> Device:
        """The same person on a second, empty tablet that has pulled everything."""
        fresh = self.tablet(device.member, email)
        fresh.pull()
        return fresh

    def tablet(self, member_id: str, email: str) -> Device:
        device = Device(self.url, self.network_id, member_id)
        self.devices.append(device)
        device.sign_in(email, PASSWORD)
        return device

    def close(self) -> None:
        for device in self.devices:
            device.close()


def prepare(tablets: Tablets, tell: Tell) -> RealInput:
    """The directory from a state's list, people signed in, host schools picked."""
    import_schools(SCHOOLS.read_bytes(), SCHOOLS.name)
    lead = tablets.sign_in("lead")
    hosts = [tablets.sign_in("host", "member", number=number) for number in range(HOSTS)]
    authors = [tablets.sign_in("author", "member", number=number) for number in range(AUTHORS)]
    found = lead.get(f"/networks/{lead.network}/directory?q=columbine+elem&kind=school")
    return RealInput(lead, hosts, authors, found["entries"][:HOSTS], tell)


@pytest.fixture
def tablets(app: Flask, served: Served) -> Iterator[Tablets]:
    if not NOTES.exists():
        pytest.skip("skipped: no real data")
    tablets = Tablets(served.url, a_network())
    yield tablets
    tablets.close()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """With `pytest -s` (make main-job) a person watches; else it is quiet."""
    watched = request.config.getoption("capture") == "no"

    def say(step: str, done: int, total: int) -> None:
        if watched:
            print(f"\r{step:<10} {done:>3} of {total} rounds", end="\n" if done == total else "")

    return say


def test_real_lessons_become_evidence_patterns_and_files_without_loss(tablets, tell):
    job = prepare(tablets, tell)

    job.run()

    check_notes(job, tablets)
    check_host(job, tablets)
    check_files(job, tablets)


def check_notes(job: RealInput, tablets: Tablets) -> None:
    """Every note is back on its author's second device, once, byte for byte."""
    written = Counter(
        (lesson.ref, element, text)
        for lesson in read_lessons()
        for element, text in [*((who, said) for _, who, said in lesson.lines), *lesson.beside]
    )
    lesson_of = {room: ref for one in job.rounds for ref, room in one.rooms.items()}
    found: Counter[tuple[str, str, str]] = Counter()
    for number, author in enumerate(job.authors):
        fresh = tablets.again(author, f"author{number}@example.org")
        notes = fresh.shown("note")
        assert set(fresh.rows) >= {record for _, record in author.acknowledged}
        assert {row["scope"] for row in fresh.rows.values() if row["kind"] == "note"} == {
            author.own
        }
        found += Counter(
            (lesson_of[note["classroom"]], note["element"], note["text"]) for note in notes.values()
        )
    assert found == written
    assert sum(found.values()) == 4_492 + 2 * 774


def check_host(job: RealInput, tablets: Tablets) -> None:
    """The host holds the wall and no way from a card to a classroom (rule 15)."""
    host = tablets.again(job.hosts[0], "host0@example.org")
    kinds = Counter(row["kind"] for row in host.rows.values())
    hosted = [one for one in job.rounds if one.host is job.hosts[0]]

    assert kinds["card"] == sum(len(one.cards) for one in hosted)
    assert not {"note", "observation", "card_source"} & kinds.keys()
    cards = [row for row in host.rows.values() if row["kind"] == "card"]
    rooms = {room for one in job.rounds for room in one.rooms.values()}
    authors = {author.member for author in job.authors}
    assert not [row for row in cards if (rooms | authors) & set(_texts(row))]


def check_files(job: RealInput, tablets: Tablets) -> None:
    """The analyst's files say what the opened rounds agreed on, and only that."""
    analyst = tablets.sign_in("analyst")
    opened = [one for one in job.rounds if one.is_opened]
    posted = Counter(
        one.cards[card][1] for one in opened for cards in one.patterns.values() for card in cards
    )
    content = {form: take(analyst, form) for form in ("json", "csv", "xlsx")}
    found = json.loads(content["json"])

    evidence = Counter(e["text"] for f in found["findings"] for e in f["evidence"])
    assert found["not_released_count"] == len(job.rounds) - len(opened)
    assert not evidence - posted
    assert (posted - evidence).total() == found["held_back_count"] < 0.05 * posted.total()
    statements = {f["statement"] for f in found["findings"]}
    assert statements == {statement for one in opened for statement in one.patterns}
    assert len(found["next_level"]) == len(opened)
    rows = list(csv.DictReader(io.StringIO(content["csv"].decode("utf-8-sig"), newline="")))
    assert Counter(_own(row["evidence"]) for row in rows) == evidence
    sheet = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))["Evidence"]
    cells = [unescape(str(row[1])) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert Counter(cells) == evidence


def take(analyst: Device, form: str) -> bytes:
    path = f"/networks/{analyst.network}/patterns/export?format={form}&language=en"
    status, content = analyst.ask("GET", path)
    assert status == 200
    return content


def _own(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@"} else cell


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
