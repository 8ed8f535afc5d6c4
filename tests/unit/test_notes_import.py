"""Notes from a file become one member's own notes, once."""

import pytest
from flask import Flask

from server import clock
from server.db import reading
from server.errors import NotFound, RuleBroken
from server.services.imports import Place, TakenIn, import_notes, read_notes
from server.services.writing_records import send_all
from server.sync.compose import compose
from server.sync.read import records_of
from tests.make import a_membership, a_network, a_person

HEADING = "classroom_ref,seq,actor,note_text\n"
NOTES = HEADING + (
    'Lesson A,1,student,"S: ""¿Por qué?"""\n'
    'Lesson A,2,teacher,"T: ""Who can say it?"""\n'
    "Lesson B,1,,- two columns on the board\n"
)


@pytest.fixture
def place(app: Flask) -> Place:
    """A lead's round, without classrooms."""
    network_id = a_network()
    lead = a_membership(network_id, a_person(), "lead")
    place = Place(network_id, clock.new_id(), lead)
    round_ = compose("round", place.round_id, place.round, {"title": "Invented"}, by=lead)
    send_all(network_id, lead, [round_])
    return place


def take(place: Place, text: str = NOTES) -> TakenIn:
    return import_notes(text.encode(), place, lambda done, total: None)


def notes_of(place: Place) -> dict[tuple[str, int], tuple[str, str | None]]:
    with reading() as tx:
        found = records_of(tx, place.network_id, scope=place.own, kind="note")
        rooms = records_of(tx, place.network_id, scope=place.round, kind="classroom")
    number = {room.id: f"V{room.get('number')}" for room in rooms}
    return {
        (number[note.get("classroom")], note.get("order")): (note.get("text"), note.get("element"))
        for note in found
    }


def test_each_row_becomes_a_note_in_its_classroom_word_for_word(place):
    made = take(place)

    assert made == TakenIn(classrooms=2, visits=2, notes=3, already_there=0)
    assert notes_of(place) == {
        ("V1", 1): ('S: "¿Por qué?"', "student"),
        ("V1", 2): ('T: "Who can say it?"', "teacher"),
        ("V2", 1): ("- two columns on the board", None),
    }


def test_a_second_run_makes_nothing_twice_and_goes_on_where_it_was_cut(place):
    take(place, NOTES.rsplit("Lesson B", 1)[0])

    made = take(place)

    assert made == TakenIn(classrooms=1, visits=1, notes=1, already_there=2)
    assert take(place) == TakenIn(0, 0, 0, 3)
    assert len(notes_of(place)) == 3


def test_a_note_that_was_edited_or_taken_away_since_stays_so(place):
    take(place)
    with reading() as tx:
        first, second, *_ = records_of(tx, place.network_id, scope=place.own, kind="note")
    for note, set_ in ((first, {"text": "edited"}), (second, {"deleted": True})):
        change = compose("note", note.id, place.own, set_, by=place.author, heads=note)
        send_all(place.network_id, place.author, [change])

    take(place)

    assert len(notes_of(place)) == 2
    assert "edited" in [text for text, _ in notes_of(place).values()]


def test_nobody_but_the_author_has_them(place):
    take(place)

    with reading() as tx:
        found = records_of(tx, place.network_id, kind="note")
    assert {note.scope for note in found} == {f"own:{place.author}"}


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("Lesson C,x,student,text", "import.cell_number", "seq"),
        ("Lesson C,²,student,text", "import.cell_number", "seq"),
        ("Lesson C,99999999999999999999999999,student,text", "import.cell_number", "seq"),
        ("Lesson C,1,principal,text", "import.cell_word", "actor"),
        (",1,student,text", "import.cell_empty", "classroom_ref"),
        ("Lesson A,1,student,text", "import.id_twice", "seq"),
        (f"Lesson C,1,student,{'ñ' * 40_000}", "import.cell_text", "note_text"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(place, row, code, column):
    with pytest.raises(RuleBroken) as broken:
        take(place, NOTES + row + "\n")

    details = broken.value.details
    assert (broken.value.code, details["row"], details["column"]) == (code, 5, column)
    assert notes_of(place) == {}


def test_a_file_without_the_columns_is_refused():
    with pytest.raises(RuleBroken) as broken:
        read_notes(b"classroom_ref,seq,note_text\nA,1,x\n")

    assert broken.value.details["column"] == "actor"


def test_a_visitor_who_may_not_add_classrooms_is_told_so_before_anything(place):
    guest = a_membership(place.network_id, a_person("Sam Specimen"))

    with pytest.raises(RuleBroken, match="import.no_classroom"):
        take(Place(place.network_id, place.round_id, guest))


def test_a_round_that_is_not_there_is_not_found(place):
    with pytest.raises(NotFound):
        take(Place(place.network_id, clock.new_id(), place.author))
