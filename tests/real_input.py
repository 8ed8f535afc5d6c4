"""The main job on real input: from 774 real lessons to a file that says what was found.

A directory from a state's list; one round per 25 lessons, a lesson a classroom; every note
written by its author's own device, forty a push, over real HTTP; cards posted and agreed,
groups, patterns, predictions, next-level items; summaries opened by their hosts. What reads
it all back and compares is tests/api/test_real_input.py; `make main-job` lets a person watch.
"""

from __future__ import annotations

import csv
import os
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.domain.identifiers import (
    debrief_id,
    derived_id,
    participant_id,
    return_summary_id,
)
from tests.device import Device

DATA = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data"))
NOTES = DATA / "notes" / "uptake_notes_import.csv"
SCHOOLS = DATA / "schools" / "co_2024_districts_schools.csv"

LESSONS_A_ROUND = 25
AUTHORS = 6
HOSTS = 4
OPENED_OF_EVERY = 8
SEALED_AT = "2026-11-22T15:10:00Z"
"""Of so many rounds one is not opened by its host."""

ELEMENTS = ("teacher", "student", "task", "relation")
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Lesson:
    """One real lesson: what was said in it, in order, as `(seq, actor, text)`."""

    ref: str
    lines: tuple[tuple[int, str, str], ...]

    @property
    def beside(self) -> list[tuple[str, str]]:
        """Notes of our own for what the transcript has not: the task, and the relation."""
        said = len(self.lines)
        return [
            ("task", f"On the board: one problem; {said} lines of talk belong to it. ({self.ref})"),
            ("relation", f"Teacher and students speak by turns, {said} times. ({self.ref})"),
        ]


@dataclass
class Round:
    """One round while it is run; `rooms`: lesson to classroom, `cards`: card to text."""

    number: int
    lessons: list[Lesson]
    host: Device
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    rooms: dict[str, str] = field(default_factory=dict)
    cards: dict[str, tuple[str, str]] = field(default_factory=dict)
    patterns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        return f"round:{self.id}"

    @property
    def is_opened(self) -> bool:
        return self.number % OPENED_OF_EVERY != 0

    def author_of(self, lesson: Lesson, authors: list[Device]) -> Device:
        return authors[self.lessons.index(lesson) % len(authors)]


def read_lessons() -> list[Lesson]:
    """The file as it is, read by Python alone."""
    lines: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    with NOTES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            line = (int(row["seq"]), row["actor"], row["note_text"])
            lines[row["classroom_ref"]].append(line)
    return [Lesson(ref, tuple(sorted(said))) for ref, said in lines.items()]


@dataclass
class RealInput:
    """The whole job. People are signed in; `schools`: directory entries for the hosts."""

    lead: Device
    hosts: list[Device]
    authors: list[Device]
    schools: list[dict[str, Any]]
    tell: Tell
    rounds: list[Round] = field(default_factory=list)
    requests: int = 0

    def run(self) -> None:
        """Every step, in the order in which a network would do it."""
        lessons = read_lessons()
        parts = range(0, len(lessons), LESSONS_A_ROUND)
        self.rounds = [
            Round(number, lessons[start : start + LESSONS_A_ROUND], self.hosts[number % HOSTS])
            for number, start in enumerate(parts)
        ]
        host_schools = self.add_schools()
        steps = (self.plan, self.visit, self.post, self.agree, self.debrief, self.open)
        for step in steps:
            for done, one in enumerate(self.rounds, start=1):
                if step == self.plan:
                    self.plan(one, host_schools[one.number % HOSTS])
                else:
                    step(one)  # type: ignore[operator]
                self.tell(step.__name__, done, len(self.rounds))

    def send(self, device: Device) -> None:
        self.requests += device.push()

    def add_schools(self) -> list[str]:
        """The network's own district and schools, picked from the directory."""
        scope = f"network:{self.lead.network}"
        ids = []
        for entry in self.schools:
            district = derived_id(self.lead.network, entry["district_id"])
            named = {"name": entry["district_name"], "state": entry["state"]}
            self.lead.save("district", district, scope, named)
            school = {"name": entry["name"], "district": district, "directory_id": entry["id"]}
            ids.append(self.lead.save("school", str(uuid.uuid4()), scope, school))
        self.send(self.lead)
        return ids

    def plan(self, one: Round, host_school: str) -> None:
        day = f"2026-{9 + one.number // 28:02}-{one.number % 28 + 1:02}"
        said = {"title": f"Round {one.number + 1}", "host_school": host_school, "visits_on": day}
        self.lead.save("round", one.id, one.scope, said | {"stage": "ready"})
        for device, role in [(one.host, "host"), *((each, "visitor") for each in self.authors)]:
            record = participant_id(one.id, device.member)
            part = {"member": device.member, f"roles/{role}": True}
            self.lead.save("participant", record, one.scope, part)
        for number, lesson in enumerate(one.lessons, start=1):
            room = {"number": number, "grade_band": "3_5", "subject": "math"}
            record = self.lead.save("classroom", str(uuid.uuid4()), one.scope, room)
            one.rooms[lesson.ref] = record
        self.send(self.lead)

    def visit(self, one: Round) -> None:
        """Each lesson is one visit of one author, who writes what was said in it."""
        for lesson in one.lessons:
            author = one.author_of(lesson, self.authors)
            about = {"round": one.id, "classroom": one.rooms[lesson.ref]}
            visit = author.save("observation", str(uuid.uuid4()), author.own, about)
            for order, element, text in [*lesson.lines, *self.numbered(lesson)]:
                note = {"observation": visit, "text": text, "element": element, "order": order}
                author.save("note", str(uuid.uuid4()), author.own, about | note)
        for author in self.authors:
            self.send(author)

    def numbered(self, lesson: Lesson) -> Iterator[tuple[int, str, str]]:
        last = lesson.lines[-1][0]
        for place, (element, text) in enumerate(lesson.beside, start=1):
            yield last + place, element, text

    def post(self, one: Round) -> None:
        """From each lesson one card: in turn what the teacher, a student, task, relation."""
        for place, lesson in enumerate(one.lessons):
            author = one.author_of(lesson, self.authors)
            element = ELEMENTS[place % len(ELEMENTS)]
            lines = [(said[1], said[2]) for said in lesson.lines] + lesson.beside
            text = next(text for actor, text in lines if actor == element)
            card = {
                "text": text,
                "element": element,
                "standing": "posted",
                "grade_band": "3_5",
                "subject": "math",
            }
            record = author.save("card", str(uuid.uuid4()), one.scope, card)
            one.cards[record] = (element, text)
            source = {"card": record, "classroom": one.rooms[lesson.ref], "member": author.member}
            author.save("card_source", str(uuid.uuid4()), f"visitors:{one.id}", source)
        for author in self.authors:
            self.send(author)

    def agree(self, one: Round) -> None:
        """The lead's tablet agrees with the team, and lays each card into its group."""
        self.lead.pull()
        self.lead.save("debrief", debrief_id(one.id), one.scope, {"phase": "describe"})
        for order, element in enumerate(ELEMENTS):
            group = {"name": f"What we saw: {element}", "order": order}
            self.lead.save("group", derived_id(one.id, element), one.scope, group)
        for record, (element, _) in one.cards.items():
            position = {"group": derived_id(one.id, element), "order": f"a{record[:8]}V"}
            agreed = {"standing": "agreed", "position": position}
            self.lead.save("card", record, one.scope, agreed)
        self.send(self.lead)
        self.lead.pull()

    def debrief(self, one: Round) -> None:
        """Analyze, predict, next level: one phase after the other."""
        for subject, element in (("teachers", "teacher"), ("students", "student")):
            statement = f"say what stands on the {element} wall of round {one.number + 1}"
            cards = [record for record, (kind, _) in one.cards.items() if kind == element]
            one.patterns[statement] = cards
            said = {
                "form": "pattern",
                "subject": subject,
                "element": element,
                "statement": statement,
                "quantifier": "many",
                "consensus": "agree",
                f"groups/{derived_id(one.id, element)}": True,
            }
            self.lead.save("pattern", str(uuid.uuid4()), one.scope, said)
        text = "I would know how to answer when I am asked."
        self.authors[0].save(
            "prediction", str(uuid.uuid4()), one.scope, {"text": text, "agreed": True}
        )
        self.send(self.authors[0])
        sealed = {"phase": "next_level", "sealed_at": SEALED_AT}
        for phase in ({"phase": "analyze"}, {"phase": "predict"}, sealed):
            self.lead.save("debrief", debrief_id(one.id), one.scope, phase)
            self.send(self.lead)
            self.lead.pull()
        item = {
            "text": f"Plan one open question a week ({one.number + 1})",
            "horizon": "next_week",
            "level": "school",
            "taken_on_by": "grade_teams",
            "check_back_on": "2026-12-18",
        }
        one.host.save("next_level_item", str(uuid.uuid4()), one.scope, item)
        self.send(one.host)

    def open(self, one: Round) -> None:
        """The host opens the summary to the district; of every eighth round not yet."""
        words = {"host_words": "We begin with one question a week."}
        opened = {f"opened/{word}": True for word in ("school", "network", "district")}
        summary = words | (opened if one.is_opened else {})
        one.host.save("return_summary", return_summary_id(one.id), one.scope, summary)
        self.send(one.host)
