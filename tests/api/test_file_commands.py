"""The commands that take files in and out: what they say and what they do."""

import json

import pytest

from server.config import Settings
from server.db import reading
from server.services.exports.making import MIMETYPES, list_exports
from server.services.standings import standing_of
from server.sync.read import records_of
from tests.api.test_file_imports import FRAMEWORK, LIST, schools_of, standards_of
from tests.api.test_patterns import Demo
from tests.api.test_who_agreed import words_in
from tests.make import a_member, a_network
from tests.operating import operating

NETWORK = "Demo Network of Invented Schools"
NOTES = 'classroom_ref,seq,actor,note_text\nLesson A,1,student,"S: ""¿Por qué?"""\n'


@pytest.fixture
def rounds(app, settings: Settings, monkeypatch):
    """Runs `rounds ...` on the test's own database."""
    return operating(settings, monkeypatch)


def test_an_operator_takes_notes_in_once_and_patterns_out(rounds, tmp_path):
    demo = json.loads(rounds("demo", "--json").stdout)
    file, out = tmp_path / "notes.csv", tmp_path / "patterns.csv"
    file.write_text(NOTES, encoding="utf-8")
    today = demo["rounds"][-1]["id"]
    taking = ("import", "notes", str(file), "--network", NETWORK, "--round", today)

    first = rounds(*taking, "--author", "lead@demo.example")
    again = rounds(*taking, "--author", "lead@demo.example")
    taken = rounds("export", "patterns", "--network", NETWORK, "--format", "csv", "-o", str(out))

    assert first.stdout == "1 notes of 1 visits taken in; 0 were there already.\n"
    assert again.stdout == "0 notes of 0 visits taken in; 1 were there already.\n"
    with reading() as tx:
        lead = next(a["member_id"] for a in demo["accounts"] if a["role"] == "lead")
        notes = records_of(tx, demo["network_id"], scope=f"own:{lead}", kind="note")
        register = list_exports(tx, standing_of(tx, demo["network_id"], lead))
    assert [note.get("text") for note in notes] == ['S: "¿Por qué?"']
    assert "8 patterns of 2 rounds." in taken.stdout
    assert "tasks say which steps to take" in out.read_text(encoding="utf-8-sig")
    assert [(made["format"], made["member_id"]) for made in register] == [("csv", None)]


@pytest.mark.parametrize("form", MIMETYPES)
def test_an_operators_file_holds_what_a_district_may_read_and_leads_to_nobody(
    rounds, app, tmp_path, form
):
    """Rules 8, 10, 13 and 15: who runs the server takes out no more than an analyst."""
    demo, out = Demo(app, json.loads(rounds("demo", "--json").stdout)), tmp_path / "file"
    demo.close(0, "district")
    assert demo.records("return_summary", 0)[0].tagged("opened") == {"network", "school"}
    inner = [
        each.id
        for place in (0, 1, 2)
        for kind in ("classroom", "team", "slot", "card", "pattern")
        for each in demo.records(kind, place)
    ]
    people = [each[name] for each in demo.told["accounts"] for name in ("member_id", "name")]

    taken = rounds("export", "patterns", "--network", NETWORK, "--format", form, "-o", str(out))

    words = words_in(form, out.read_bytes())
    assert "of 1 rounds." in taken.stdout
    assert "Not for use in the evaluation of any educator" in words
    closed = [each.get("statement") for each in demo.records("pattern", 0)]
    opened = [each.get("statement") for each in demo.records("pattern", 1)]
    assert any(each in words for each in opened)
    assert not [each for each in closed if each and each in words]
    assert not [each for each in (*inner, *people) if each in words]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"type,district_id,district_name,campus_name\nX,1,A,\n",
            "the column \u201ccampus_id\u201d is missing",
        ),
        (
            b"type,district_id,campus_id,district_name,campus_name\nX,1,,A,\n",
            "Row 2: \u201ctype\u201d",
        ),
        (b"type,district_id\nX,\x81\n", "Row 2 cannot be read as text"),
    ],
)
def test_a_wrong_list_is_refused_in_a_sentence_that_names_the_place(
    rounds, tmp_path, content, said
):
    file = tmp_path / "list.csv"
    file.write_bytes(content)

    refused = rounds("import", "schools", str(file))

    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_notes_of_nobody_are_refused(rounds, tmp_path):
    demo = json.loads(rounds("demo", "--json").stdout)
    file = tmp_path / "notes.csv"
    file.write_text(NOTES, encoding="utf-8")
    place = ("--network", NETWORK, "--round", demo["rounds"][0]["id"])

    refused = rounds("import", "notes", str(file), *place, "--author", "nobody@demo.example")

    assert (refused.returncode, "Nobody with that" in refused.stderr) == (1, True)


def test_a_networks_own_schools_and_people_are_seen_first_and_then_taken_in(app, rounds, tmp_path):
    lead = a_member(app, a_network(), "lead")
    visitor = a_member(app, lead.network_id, "member")
    places, people = tmp_path / "places.csv", tmp_path / "people.csv"
    places.write_text(LIST, encoding="utf-8")
    people.write_text("name,school\nKim Sample,Invented Primary\n", encoding="utf-8")
    own = ("--network", lead.network_id, "--by", lead.member_id)

    seen = rounds("import", "file", str(places), *own, "--dry-run")
    before = schools_of(lead)
    taken = rounds("import", "file", str(places), *own)
    invited = rounds("import", "file", str(people), *own, "--invite")
    refused = rounds("import", "file", str(places), *own[:3], visitor.member_id)

    assert seen.stdout.splitlines()[0] == "2\tnew\tSample Valley"
    assert seen.stdout.splitlines()[-1] == "3 new."
    assert before == {}
    assert taken.stdout == "3 places and 0 standards taken in.\n"
    assert sorted(schools_of(lead).values()) == ["Dune Sample School", "Invented Primary"]
    assert "Kim Sample: " in invited.stdout
    assert "/join/" in invited.stdout
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


COUNTY = "type,district_id,campus_id,district_name,campus_name\n" + "".join(
    f"District,00{number},,Sample {name},\n"
    + "".join(f"Campus,00{number},{at:04},x,{name} {at}\n" for at in range(count))
    for number, name, count in ((1, "Valley", 1), (2, "Valley North", 2), (3, "Dune", 2_000))
)


def test_of_a_large_list_districts_are_chosen_by_name_or_code(app, rounds, tmp_path):
    lead = a_member(app, a_network(), "lead")
    places = tmp_path / "county.csv"
    places.write_text(COUNTY, encoding="utf-8")
    taking = ("import", "file", str(places), "--network", lead.network_id, "--by", lead.member_id)

    refused = rounds(*taking)
    listed = rounds(*taking, "--list")
    seen = rounds(*taking, "--district", "sample valley", "--dry-run")
    unclear = rounds(*taking, "--district", "Sample V")
    unknown = rounds(*taking, "--district", "Meadow")
    before = schools_of(lead)
    taken = rounds(*taking, "--district", "Sample Valley", "--district", "002")

    assert refused.returncode == 1
    assert "at most 2000 can be taken in at once" in refused.stderr
    assert "--district NAME" in refused.stderr
    assert listed.stdout.splitlines()[0].split("\t") == ["Sample Valley", "tn/001", "1"]
    assert seen.stdout.splitlines()[-1] == "2 new."
    assert (unclear.returncode, unknown.returncode) == (2, 2)
    assert "means several" in unclear.stderr
    assert "Sample Valley North" in unclear.stderr
    assert "nothing called “Meadow”" in unknown.stderr
    assert before == {}
    assert taken.stdout == "5 places and 0 standards taken in.\n"
    assert sorted(schools_of(lead).values()) == ["Valley 0", "Valley North 0", "Valley North 1"]


def test_of_a_framework_parts_are_chosen_by_code_or_words(app, rounds, tmp_path):
    lead = a_member(app, a_network(), "lead")
    file = tmp_path / "framework.json"
    file.write_bytes(FRAMEWORK)
    taking = ("import", "file", str(file), "--network", lead.network_id, "--by", lead.member_id)

    listed = rounds(*taking, "--list")
    seen = rounds(*taking, "--part", "Our questions", "--dry-run")
    taken = rounds(*taking, "--part", "our q")

    assert "Our questions\t\t2" in listed.stdout.splitlines()
    assert seen.stdout.splitlines()[-1] == "2 new."
    assert taken.stdout == "0 places and 2 standards taken in.\n"
    assert standards_of(lead) == {"Our questions": False, "Who does the thinking?": True}
