"""Do our observers agree? Asked by an analyst, on screen and in the workbook; and what stays in."""

import io
import json
import random
from typing import Any

import openpyxl
import pytest

from server import clock
from server.db import reading
from server.domain.identifiers import derived_id
from server.services.writing_records import send_all
from server.sync.compose import compose
from server.sync.read import records_of
from tests.api.test_patterns import Demo, demo, played, settings

__all__ = ["demo", "played", "settings"]

DEMAND = "What does the task demand of students?"
BEARINGS = ("bears_not", "bears_partly", "bears")
ELEMENTS = ("teacher", "student", "task", "relation")


def save(demo: Demo, kind: str, record: str, scope: str, **set_: Any) -> None:
    """A record that the lead's tablet sends."""
    lead = demo.member("lead")
    change = compose(kind, record, scope, set_, by=lead, heads=None)
    send_all(demo.network_id, lead, [change])


def ask_in(demo: Demo, place: int, text: str) -> str:
    """A focus question of a round; its id."""
    question = clock.new_id()
    scope = f"round:{demo.told['rounds'][place]['id']}"
    save(demo, "focus_question", question, scope, text=text, order=9)
    return question


def read_apart(demo: Demo, place: int, readers: int, question: str) -> list[str]:
    """So many people read eight cards of a round, mostly alike; their readers' ids."""
    dice = random.Random(place)
    ids = [clock.new_id() for _ in range(readers)]
    scope = f"visitors:{demo.told['rounds'][place]['id']}"
    for card in demo.records("card", place)[:8]:
        usual = dice.randrange(3)
        for reader in ids:
            word = usual if dice.random() < 0.7 else dice.randrange(3)
            record = derived_id(card.id, f"reading:{reader}")
            said = {"element": ELEMENTS[word], f"{BEARINGS[word]}/{question}": True}
            save(demo, "reading", record, scope, card=card.id, reader=reader, **said)
    return ids


def of_question(found: dict[str, Any], question: str | None) -> dict[str, Any] | None:
    return next((one for one in found["read_alike"] if one["question"] == question), None)


def test_an_analyst_gets_one_answer_from_the_screen_and_from_the_workbook(demo: Demo):
    read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))
    read_apart(demo, 1, 5, ask_in(demo, 1, f" {DEMAND.upper()}"))

    found = demo.ask("analyst")
    file = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx&language=en").data
    sheet = openpyxl.load_workbook(io.BytesIO(file))["How alike it was read"]

    demand = of_question(found, DEMAND) or of_question(found, DEMAND.upper())
    assert demand
    assert (demand["rounds"], demand["agreement"]["readers"]) == (2, 11)
    assert demand["agreement"]["band"] == "beyond_chance"
    assert "cohen_kappa" not in demand["agreement"]["coefficients"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == demand["question"]]
    values = {row[2]: row[3] for row in rows}
    alpha = demand["agreement"]["coefficients"]["krippendorff_alpha_ordinal"]["value"]
    assert values["Krippendorff’s alpha, ordinal"] == pytest.approx(alpha, abs=1e-12)
    assert rows[0][1].startswith("If two people read a card, they answer the same ")
    assert {row[6:9] for row in rows} == {(demand["agreement"]["cards"], 11, 2)}
    about = of_question(found, None)
    assert about
    task = [
        row
        for row in sheet.iter_rows(values_only=True)
        if row[2] == "Where one said Task, another did too"
    ]
    assert [row[3] for row in task] == [pytest.approx(about["agreement"]["by_word"][2], abs=1e-12)]


def test_a_round_that_fewer_than_five_read_is_in_no_figure(demo: Demo):
    read_apart(demo, 0, 5, ask_in(demo, 0, DEMAND))
    before = of_question(demo.ask("analyst"), DEMAND)
    assert before

    read_apart(demo, 1, 4, ask_in(demo, 1, DEMAND))

    assert of_question(demo.ask("analyst"), DEMAND) == before
    assert (before["rounds"], before["agreement"]["readers"]) == (1, 5)


def test_what_its_host_has_not_opened_is_in_no_figure(demo: Demo):
    read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))
    opened = demo.ask("analyst")
    assert of_question(opened, DEMAND)

    demo.close(0, "district", "network")

    closed = demo.ask("analyst")
    assert of_question(closed, DEMAND) is None
    assert [of_question(found, None)["rounds"] for found in (opened, closed)] == [2, 1]


def test_a_question_in_which_somebody_may_be_named_stays_in_its_round(demo: Demo):
    named = "What does Mrs. Albright ask of students?"
    read_apart(demo, 0, 6, ask_in(demo, 0, named))

    found = demo.ask("analyst")

    assert of_question(found, None)
    assert "Albright" not in json.dumps(found)


def test_a_part_of_the_cards_is_not_told_apart_by_its_grades(demo: Demo):
    read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))

    assert demo.ask("analyst", "&grade_band=6_8")["read_alike"] == []


def test_no_reading_no_reader_and_no_card_is_in_what_is_said(demo: Demo):
    readers = read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))

    text = json.dumps(demo.ask("analyst")["read_alike"])

    with reading() as tx:
        inner = [
            record.id
            for kind in ("reading", "card", "round", "focus_question", "team")
            for record in records_of(tx, demo.network_id, kind=kind)
        ]
    members = [account["member_id"] for account in demo.told["accounts"]]
    assert not [secret for secret in [*readers, *inner, *members] if secret in text]
