"""A demo round's plan: the day, people, problem of practice, classrooms, teams, schedule."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.vocabulary import RoundRole, RoundStage
from server import clock
from server.domain.identifiers import derived_id, norms_agreement_id, participant_id
from server.services.demo.cast import PEOPLE
from server.services.demo.stage import Stage
from server.sync.protocol import Json

NORMS = (
    "We describe what we see and hear, not what we think of it.",
    "We are guests: we do not interrupt, and we talk with students only where they may.",
    "We write on a tablet, with sound and camera off. No other screens.",
    "We do not speak about a lesson in the hallway, and never about a teacher.",
    "What we write stays with us until we post it without names.",
)
TIMES = ("09:05", "09:35", "10:10", "10:40")
MINUTES = 20
SPARE_NUMBERS = 2


def round_and_people(stage: Stage) -> Iterator[Json]:
    script = stage.script
    standing = RoundStage.CLOSED if script.is_past else RoundStage.READY
    day = {
        "title": script.title,
        "host_school": stage.cast.schools[script.host],
        "visits_on": stage.day.isoformat(),
        "begins_at": "08:15",
        "ends_at": "15:15",
        "lunch_begins_at": "11:30",
        "lunch_ends_at": "12:15",
        "address": "1 Invented Street, Sampletown",
        "entrance": "Main door; the office has name tags. Bring your district badge.",
        "parking": "Behind the gym",
        "meeting_room": "Library",
        "phone": "555-0100",
        "day_notes": "Coffee from 8:00. Shoes for a wet playground.",
        "visit_minutes": MINUTES,
        "stage": standing,
    }
    yield stage.change("lead", "round", stage.round_id, day)
    for key in stage.cast.members:
        if roles := roles_of(stage, key):
            member = stage.cast.members[key]
            set_ = {"member": member, **{f"roles/{role}": True for role in roles}}
            record_id = participant_id(stage.round_id, member)
            yield stage.change("lead", "participant", record_id, set_)


def roles_of(stage: Stage, key: str) -> list[RoundRole]:
    person = next(person for person in PEOPLE if person.key == key)
    if key == stage.host:
        return [RoundRole.HOST]
    for team in stage.script.teams:
        if key in team:
            extra = (RoundRole.FACILITATOR, RoundRole.TIMEKEEPER, RoundRole.DOCUMENTER)
            return [RoundRole.VISITOR, *extra[team.index(key) : team.index(key) + 1]]
    return [RoundRole.GUEST] if person.school == stage.script.host else []


def plan(stage: Stage) -> Iterator[Json]:
    """Problem, theory, questions, norms, classrooms, teams and schedule."""
    script, host = stage.script, stage.host
    names = (
        "about_the_core",
        "observable",
        "actionable",
        "connected",
        "high_leverage",
        "not_yet_known",
    )
    problem = {"text": script.problem, **dict(zip(names, script.tests, strict=True))}
    problem_id = derived_id(stage.round_id, "problem_of_practice")
    yield stage.change(host, "problem_of_practice", problem_id, problem)
    theory = dict(zip(("if_text", "then_text", "so_that_text"), script.theory, strict=True))
    yield stage.new(host, "theory_of_action", {"version": 1, **theory})
    for order, text in enumerate(script.focus_questions):
        question = {"text": text, "order": order}
        yield stage.change(host, "focus_question", question_id(stage, order), question)
    for order, text in enumerate(NORMS):
        yield stage.new(host, "norm", {"text": text, "order": order})
    for room in script.rooms:
        stage.rooms[room.number] = _room_id(stage, room.number)
        context = {f"context/{word}": True for word in room.context}
        set_ = {"number": room.number, "grade_band": room.grade_band, "subject": room.subject}
        yield stage.change(host, "classroom", stage.rooms[room.number], set_ | context)
    yield from teams_and_slots(stage)


def question_id(stage: Stage, order: int) -> str:
    return derived_id(stage.round_id, f"focus_question:{order}")


def teams_and_slots(stage: Stage) -> Iterator[Json]:
    number = len(stage.script.rooms)
    for order, keys in enumerate(stage.script.teams):
        team = derived_id(stage.round_id, f"team:{order + 1}")
        stage.teams.append(team)
        members = [stage.cast.members[key] for key in keys]
        named = {"name": f"Team {'ABC'[order]}", "order": order, "facilitator": members[0]}
        tagged = {f"members/{member}": True for member in members}
        yield stage.change(stage.host, "team", team, named | tagged)
        for visit, begins_at in enumerate(TIMES, start=order * len(TIMES) + 1):
            slot = {"team": team, "classroom": stage.rooms[visit], "begins_at": begins_at}
            stage.slots[visit] = derived_id(stage.round_id, f"slot:{visit}")
            set_ = slot | {"minutes": MINUTES}
            yield stage.change(stage.host, "slot", stage.slots[visit], set_)
        for _ in range(SPARE_NUMBERS):
            number += 1
            spare = {"number": number, "spare_of": team}
            yield stage.change(stage.host, "classroom", _room_id(stage, number), spare)


def _room_id(stage: Stage, number: int) -> str:
    """Derived, as on tablets: a number that two people add is one classroom."""
    return derived_id(stage.round_id, f"classroom:{number}")


def norms_agreement(stage: Stage, key: str) -> Json:
    member = stage.cast.members[key]
    set_ = {"member": member, "agreed_at": clock.as_text(clock.now())}
    record_id = norms_agreement_id(stage.round_id, member)
    return stage.change(key, "norms_agreement", record_id, set_)
