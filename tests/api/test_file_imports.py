"""Taking a file into a network: what is looked at is what happens, and families are forgotten."""

from __future__ import annotations

import logging
import tempfile
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, table, text

from server import clock
from server.db import reading
from server.domain.identifiers import derived_id
from server.errors import Forbidden
from server.services import file_imports
from server.services.sessions import Member
from server.sync.compose import compose
from server.sync.read import records_of
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.operating import operating
from tests.sync.talk import push, statuses
from tests.unit.test_case_files import a_framework, an_item, below
from tests.unit.test_files_read import (
    ASSIGNED,
    MAILS,
    OF_CHILDREN,
    ORGS,
    REAL_LISTS,
    SCHOOLS,
    STAFF,
    USERS_1_1,
    a_roster,
    zipped,
)

pytestmark = BOTH_DATABASES

LIST = (
    "type,district_id,campus_id,district_name,campus_name\n"
    "District,0010,,Sample Valley,\n"
    "Campus,0010,0187,Sample Valley,Invented Primary\n"
    "Campus,0010,0188,Sample Valley,Dune Sample School\n"
)


@pytest.fixture
def lead(app) -> Somebody:
    return a_member(app, a_network(), "lead")


def look(somebody: Somebody, content: bytes | str) -> Any:
    return somebody.post(f"/networks/{somebody.network_id}/imports/look", body_of(content))


def take(somebody: Somebody, content: bytes | str, **chosen: Any) -> Any:
    body = body_of(content) | {"digest": look(somebody, content).json["digest"]} | chosen
    return somebody.post(f"/networks/{somebody.network_id}/imports", body)


def body_of(content: bytes | str) -> dict[str, str]:
    plain = content.encode() if isinstance(content, str) else content
    return {"content": b64encode(plain).decode()}


def schools_of(somebody: Somebody) -> dict[str, str]:
    with reading(somebody.network_id) as tx:
        records = records_of(tx, somebody.network_id, kind="school")
    return {record.id: record.get("name") for record in records}


def outcomes(answer: Any, part: str = "places") -> list[tuple[str, str, str | None]]:
    return [(each["name"], each["outcome"], each["why"]) for each in answer.json[part]]


def save_school(lead: Somebody, **fields: Any) -> str:
    record = clock.new_id()
    scope = f"network:{lead.network_id}"
    change = compose("school", record, scope, fields, by=lead.member_id)
    body = {"network": lead.network_id, "head": 0, "chain": "", "changes": [change]}
    assert lead.post("/push", body).json["results"][0]["status"] == "applied"
    return record


def test_what_was_looked_at_is_what_happens_and_a_second_time_nothing_does(lead):
    seen = look(lead, LIST)
    before = schools_of(lead)
    taken = take(lead, LIST)

    assert [outcome for _, outcome, _ in outcomes(seen)] == ["new", "new", "new"]
    assert (before, taken.json["places"]) == ({}, 3)
    assert sorted(schools_of(lead).values()) == ["Dune Sample School", "Invented Primary"]
    assert derived_id(f"network:{lead.network_id}", "tn/0010/0187") in schools_of(lead)
    assert {outcome for _, outcome, _ in outcomes(look(lead, LIST))} == {"same"}
    assert take(lead, LIST).json["places"] == 0


def test_a_new_name_is_shown_beside_the_old_one_and_taken_over(lead):
    take(lead, LIST)
    renamed = LIST.replace("Dune Sample", "Shore Sample")

    [line] = [each for each in look(lead, renamed).json["places"] if each["outcome"] == "changed"]

    assert (line["before"], line["name"]) == ("Dune Sample School", "Shore Sample School")
    assert take(lead, renamed).json["places"] == 1
    assert "Shore Sample School" in schools_of(lead).values()


def test_a_school_that_was_typed_by_name_is_met_and_two_alike_are_left_out(lead):
    typed = save_school(lead, name="invented  primary")
    for _ in range(2):
        save_school(lead, name="Dune Sample School")

    seen = look(lead, LIST)
    take(lead, LIST)

    assert outcomes(seen)[1:] == [
        ("Invented Primary", "changed", None),
        ("Dune Sample School", "left_out", "name_twice"),
    ]
    assert schools_of(lead)[typed] == "Invented Primary"
    assert len(schools_of(lead)) == 3


def test_two_districts_of_one_name_stay_two_where_one_is_here_already(lead):
    two = LIST + "District,0020,,Sample Valley,\nCampus,0020,0001,Sample Valley,Far School\n"
    scope = f"network:{lead.network_id}"
    first, second = derived_id(scope, "tn/0010"), derived_id(scope, "tn/0020")
    take(lead, two, districts=[first])

    places = look(lead, two).json["places"]

    seen = [(each["record"], each["outcome"]) for each in places if each["kind"] == "district"]
    assert seen == [(first, "same"), (second, "new")]
    assert next(each for each in places if each["name"] == "Far School")["district"] == second


def test_only_the_districts_that_were_chosen_come(lead):
    two = LIST + "District,0020,,Far Valley,\nCampus,0020,0001,Far Valley,Far School\n"
    chosen = derived_id(f"network:{lead.network_id}", "tn/0020")

    taken = take(lead, two, districts=[chosen])

    assert (taken.json["places"], [*schools_of(lead).values()]) == (2, ["Far School"])


def test_a_network_that_changed_since_the_look_takes_nothing_in(lead):
    digest = look(lead, LIST).json["digest"]
    save_school(lead, name="Invented Primary")

    refused = take(lead, LIST, digest=digest)

    assert (refused.status_code, refused.json["error"]["code"]) == (409, "import.changed_meanwhile")
    assert len(schools_of(lead)) == 1


def test_only_people_who_are_ticked_are_invited_and_once(lead):
    people = (
        "name,email,role,school\n"
        "Kim Sample,kim@example.org,member,Invented Primary\n"
        "Lee Sample,lee@example.org,lead,Nowhere\n"
    )
    take(lead, LIST)

    seen = look(lead, people)
    taken = take(lead, people, people=[2])

    assert outcomes(seen, "people") == [
        ("Kim Sample", "new", None),
        ("Lee Sample", "new", "place_unknown"),
    ]
    [way] = taken.json["ways_in"]
    school = derived_id(f"network:{lead.network_id}", "tn/0010/0187")
    assert (way["invitation"]["name"], way["invitation"]["school_id"]) == ("Kim Sample", school)
    assert "/join/" in way["link"]
    assert outcomes(look(lead, people), "people")[0] == ("Kim Sample", "same", "invited")
    assert take(lead, people, people=[2]).json["ways_in"] == []


def test_a_lead_makes_no_admin_by_a_file_and_then_nobody_is_invited(lead):
    people = "name,role\nKim Sample,member\nLee Sample,admin\n"

    refused = take(lead, people, people=[2, 3])

    assert (refused.status_code, refused.json["error"]["code"]) == (403, "members.admin_only")
    assert lead.get(f"/networks/{lead.network_id}/invitations").json["invitations"] == []


def test_what_is_wrong_is_said_by_row_and_column(lead):
    refused = look(lead, LIST + "Campus,0010,4.8E+11,Sample Valley,Lost Zeros\n")

    assert refused.status_code == 422
    error = refused.json["error"]
    assert (error["code"], error["row"], error["column"]) == ("import.id_rounded", 5, "campus_id")
    assert "Row 5" in error["message"]


WORD = "zqxmarker"
"""Stands in every row of a student or a family, and nowhere else."""

OF_STUDENTS = USERS_1_1.replace("marker", WORD).replace("Marker", WORD.capitalize())


@pytest.fixture
def temp(tmp_path, monkeypatch) -> Path:
    """A folder for temporary files, to be looked through; Python itself can make none at all,
    so that not even one that is gone again was written."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "is not there"))
    return folder


def test_no_word_of_a_student_or_family_stays_anywhere(lead, settings, caplog, temp):
    caplog.set_level(logging.DEBUG)
    roster = a_roster(users_csv=OF_STUDENTS)

    seen = look(lead, roster)
    taken = take(lead, roster, people=[2])
    refused = take_refused(lead, a_roster(users_csv=OF_STUDENTS + f"u4,{WORD}\nu5,,,,aide,,,,\n"))

    assert seen.json["forgotten"] == {"students": 1, "families": 1}
    assert [way["invitation"]["name"] for way in taken.json["ways_in"]] == ["Robin Sample"]
    assert [each["row"] for each in refused.json["error"]["faults"]] == [5, 6, 6]
    _said_nowhere(lead, [settings.folder, temp], seen.text, taken.text, refused.text, caplog.text)


def test_staff_of_edfi_is_placed_by_its_code_alone_and_nothing_of_children_or_sign_in_stays(
    lead, settings, caplog, temp
):
    """The assignment names a school by one code; the network has it under state and district."""
    caplog.set_level(logging.DEBUG)
    take(lead, LIST)
    packed = zipped(
        Staff_csv=STAFF.replace("marker", WORD),
        StaffEducationOrganizationAssignmentAssociation_csv=ASSIGNED.replace(
            "255901001,uri", "0187,uri"
        ),
        StaffElectronicMail_csv=MAILS,
        Students_csv=OF_CHILDREN.replace("Marker", WORD),
    )

    seen = look(lead, packed)
    taken = take(lead, packed, people=[2])

    school = derived_id(f"network:{lead.network_id}", "tn/0010/0187")
    told = {each["name"]: (each["school"], each["why"]) for each in seen.json["people"]}
    assert told == {"Robin Sample": (school, None), "Kim Peña": (None, "place_unknown")}
    assert seen.json["forgotten"] == {"students": 2}
    assert [way["invitation"]["school_id"] for way in taken.json["ways_in"]] == [school]
    _said_nowhere(lead, [settings.folder, temp], seen.text, taken.text, caplog.text)


def test_files_of_a_zip_that_are_not_read_are_named_with_the_reason(lead):
    edfi = zipped(
        Staff_csv=STAFF,
        Students_csv=OF_CHILDREN,
        Schools_csv="SchoolId,NameOfInstitution\n1,A school\n",
        Calendars_csv="CalendarCode\n1\n",
        **{"Read me.txt": "Fetched on Monday", ".DS_Store": "-"},
    )
    roster = a_roster(users_csv=USERS_1_1, classes_csv="sourcedId\nc1\n", schools_csv="a\n1\n")

    assert look(lead, edfi).json["not_read"] == [
        {"name": "calendars.csv", "why": "not_needed"},
        {"name": "read me.txt", "why": "no_table"},
        {"name": "schools.csv", "why": "places"},
    ]
    assert look(lead, roster).json["not_read"] == [
        {"name": "classes.csv", "why": "not_needed"},
        {"name": "schools.csv", "why": "not_needed"},
    ]
    assert look(lead, LIST).json["not_read"] == []


def test_the_command_line_says_and_keeps_no_word_of_a_student_or_family(
    lead, settings, caplog, temp, tmp_path, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    rounds = operating(settings, monkeypatch)
    own = ("--network", lead.network_id, "--by", lead.member_id)
    good, wrong = tmp_path / "roster.zip", tmp_path / "wrong.zip"
    good.write_bytes(a_roster(users_csv=OF_STUDENTS))
    wrong.write_bytes(a_roster(users_csv=OF_STUDENTS + f"u4,{WORD}\nu5,,,,aide,,,,\n"))

    ran = [
        rounds("import", "file", str(good), *own, "--dry-run"),
        rounds("import", "file", str(good), *own, "--list"),
        rounds("import", "file", str(good), *own, "--invite"),
        rounds("import", "file", str(wrong), *own),
        rounds("import", "schools", str(good), "--state", "TX", "--dry-run"),
        rounds("import", "schools", str(good), "--state", "TX"),
        rounds("import", "schools", str(wrong), "--state", "TX"),
    ]

    assert [each.returncode for each in ran] == [0, 0, 0, 1, 0, 0, 1]
    assert "1 students, 1 families" in ran[0].stdout
    assert "Robin Sample: " in ran[2].stdout
    said = [words for each in ran for words in (each.stdout, each.stderr)]
    _said_nowhere(lead, [settings.folder, temp], *said, caplog.text)


def _said_nowhere(somebody: Somebody, folders: Iterable[Path], *said: str) -> None:
    """In no answer, log, table and file. A word that may be kept is found, so this one would be."""
    everything = [*said, *_all_cells(somebody.network_id)]
    assert any("robin@example.org" in one for one in everything)
    assert not [one for one in everything if WORD in one.lower()]
    for folder in folders:
        for file in folder.rglob("*"):
            assert not file.is_file() or WORD[1:].encode() not in file.read_bytes(), file


def _all_cells(network_id: str) -> list[str]:
    with reading(network_id) as tx:
        tables = [table(name) for name in inspect(tx).get_table_names()]
        rows = [tx.execute(select(text("*")).select_from(each)) for each in tables]
        return [str(row) for found in rows for row in found]


def test_who_may_no_more_while_the_file_is_read_takes_nothing_in(lead):
    chosen = file_imports.Chosen(look(lead, LIST).json["digest"])

    def refuse(tx: Connection, network_id: str) -> Member:
        raise Forbidden("access.refused")

    with pytest.raises(Forbidden):
        file_imports.take_in(lead.network_id, refuse, LIST.encode(), chosen, timedelta(days=1))

    assert schools_of(lead) == {}


def test_members_and_strangers_take_nothing_in(app, lead):
    member = a_member(app, lead.network_id, "member")

    assert look(member, ORGS).status_code == 403
    assert lead.post(f"/networks/{a_network()}/imports/look", body_of(ORGS)).status_code == 404


@pytest.mark.parametrize("content", ["not base64!", "", "=" * 8])
def test_a_body_that_holds_no_file_is_refused(lead, content):
    path = f"/networks/{lead.network_id}/imports/look"

    assert lead.post(path, {"content": content}).status_code == 422


FRAMEWORK = a_framework(
    an_item("q", "Our questions"),
    an_item("q1", "Who does the thinking?"),
    an_item("m", "Mathematics"),
    an_item("m1", "Students explain.", humanCodingScheme="M.1"),
    links=[below("q1", "q"), below("m1", "m")],
)


def standards_of(somebody: Somebody) -> dict[str, bool]:
    with reading(somebody.network_id) as tx:
        records = records_of(tx, somebody.network_id, kind="standard")
    return {record.get("text"): record.get("asks") for record in records}


def test_the_parts_of_a_framework_that_were_chosen_come_and_a_new_edition_changes_them(lead):
    seen = look(lead, FRAMEWORK).json
    part = next(each["record"] for each in seen["standards"] if each["text"] == "Our questions")

    taken = take(lead, FRAMEWORK, parts=[part])

    assert (seen["framework"]["title"], taken.json["standards"]) == ("What we look for", 2)
    assert standards_of(lead) == {"Our questions": False, "Who does the thinking?": True}
    again = FRAMEWORK.replace(b"Who does", b"In this room, who does")
    outcomes_again = Counter(each["outcome"] for each in look(lead, again).json["standards"])
    assert outcomes_again == {"changed": 1, "same": 1, "new": 2}
    assert take(lead, again).json["standards"] == 3
    assert {each["outcome"] for each in look(lead, again).json["standards"]} == {"same"}


def offered(somebody: Somebody) -> set[str]:
    with reading(somebody.network_id) as tx:
        records = records_of(tx, somebody.network_id, kind="standard")
    return {record.get("text") for record in records if not record.get("dropped")}


def test_what_a_newer_edition_has_no_more_stays_and_is_dropped_until_one_has_it_again(lead):
    take(lead, FRAMEWORK)
    newer = a_framework(
        an_item("q", "Our questions"),
        an_item("m", "Mathematics"),
        an_item("m1", "Students explain.", humanCodingScheme="M.1"),
        links=[below("m1", "m")],
    )
    seen = look(lead, newer).json

    [gone] = [each for each in seen["standards"] if each["outcome"] == "dropped"]
    taken = take(lead, newer, parts=[])

    assert (gone["text"], gone["row"], gone["part"]) == ("Who does the thinking?", None, None)
    assert taken.json["standards"] == 0, "nothing was taken in, and one was dropped"
    assert standards_of(lead).keys() - offered(lead) == {"Who does the thinking?"}
    assert {each["outcome"] for each in look(lead, newer).json["standards"]} == {"same"}
    again = Counter(each["outcome"] for each in look(lead, FRAMEWORK).json["standards"])
    assert again == {"same": 3, "changed": 1}
    take(lead, FRAMEWORK)
    assert offered(lead) == {*standards_of(lead)}


def test_a_newer_edition_drops_nothing_of_another_framework_nor_what_the_network_removed(lead):
    take(lead, FRAMEWORK)
    with reading(lead.network_id) as tx:
        records = records_of(tx, lead.network_id, kind="standard")
    removed = next(each for each in records if each.get("text") == "Students explain.")
    scope = f"network:{lead.network_id}"
    gone = {"deleted": True}
    change = compose("standard", removed.id, scope, gone, by=lead.member_id, heads=removed)
    assert statuses(push(lead, change)) == ["applied"]
    one = a_framework(an_item("q", "Our questions"), identifier="another-list")
    newer = a_framework(an_item("q", "Our questions"), an_item("m", "Mathematics"))

    assert [each["outcome"] for each in look(lead, one).json["standards"]] == ["new"]
    told = Counter(each["outcome"] for each in look(lead, newer).json["standards"])
    assert told == {"same": 2, "dropped": 1}


def test_everything_that_is_wrong_with_a_file_is_said_and_nothing_comes(lead):
    error = take_refused(lead, a_framework(an_item("a", ""), an_item("a"))).json["error"]

    assert [(each["code"], each["item"], each["column"]) for each in error["faults"]] == [
        ("import.item_empty", 1, "fullStatement"),
        ("import.item_twice", 2, "identifier"),
    ]
    assert (error["code"], error["more"]) == ("import.item_empty", 0)
    assert "Item 2" in error["faults"][1]["message"]
    assert standards_of(lead) == {}


def test_a_fault_of_a_packed_file_says_in_which_one_and_row_it_is(lead):
    wrong = a_roster(orgs_csv=ORGS.replace("Sample Valley", ""), users_csv=USERS_1_1 + "u4\n")

    error = take_refused(lead, wrong).json["error"]
    alone = take_refused(lead, a_roster(users_csv=USERS_1_1 + "u4\n")).json["error"]

    assert [each["message"].partition(":")[0] for each in error["faults"]] == [
        *("orgs.csv", "users.csv"),
    ]
    assert (alone["file"], alone["row"]) == ("users.csv", 5)
    assert alone["message"].startswith("users.csv: Row 5")


AT_ONCE = 2_000


@pytest.mark.parametrize(
    "files",
    [
        [each]
        for each in REAL_LISTS
        if not each[0].startswith(("nj_", "tx_"))  # Without names, and in two files: see below.
    ]
    + [[each for each in REAL_LISTS if each[0].startswith("tx_")]],
    ids=lambda files: files[0][0].partition(".")[0],
)
def test_every_real_list_comes_whole_and_a_second_time_nothing_does(lead, files):
    """A large one some districts at a time, as the sheet asks for it."""
    for name, _, _ in files:
        for chosen in in_parts(look(lead, real_list(name)).json["places"]):
            assert take(lead, real_list(name), districts=chosen).status_code == 200

    with reading(lead.network_id) as tx:
        held = records_of(tx, lead.network_id, kind="district")
    districts, schools = (sum(each[at] for each in files) for at in (1, 2))
    assert (len(held), len(schools_of(lead))) == (districts, schools)
    again = outcomes(look(lead, real_list(files[-1][0])))
    assert {outcome for _, outcome, _ in again} == {"same"}


def test_a_real_list_without_names_makes_nothing_and_says_so_of_each_row(lead):
    seen = look(lead, real_list("nj_cds_nces_crosswalk.csv"))

    assert Counter(each[1:] for each in outcomes(seen)) == {("left_out", "no_name"): 648 + 2460}


def real_list(name: str) -> bytes:
    if not (SCHOOLS / name).exists():
        pytest.skip("skipped: no real data")
    return (SCHOOLS / name).read_bytes()


def in_parts(places: list[Any]) -> list[list[str]]:
    """Districts' records, as many together as may come at once."""
    sizes = Counter(each["district"] or each["record"] for each in places)
    parts, room = [[]], AT_ONCE
    for district, size in sizes.items():
        if size > room:
            parts.append([])
            room = AT_ONCE
        parts[-1].append(district)
        room -= size
    return parts


def take_refused(somebody: Somebody, content: bytes) -> Any:
    body = body_of(content) | {"digest": "0" * 64}
    answer = somebody.post(f"/networks/{somebody.network_id}/imports", body)
    assert answer.status_code == 422
    return answer
