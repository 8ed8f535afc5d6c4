"""Measures as files: the figures of the reference, opened by other programs, and what stays."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.db import reading
from server.domain.csv_files import ABOUT
from server.domain.names_check import word_slug
from server.messages import say
from server.models.exports import Export
from server.services.audit import broken_audit
from server.sync.compose import compose
from server.sync.read import record_of, records_of
from tests.api.test_who_agreed import words_in
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.sync.talk import a_change, a_measure, a_round, push, statuses

REFERENCE = (
    Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data"))
    / "runcharts"
    / "qicharts2_cases_dev.json"
)
LINE = (
    "Evidence about a school's practice, gathered by peers. "
    "Not for use in the evaluation of any educator."
)


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead")


def days(count: int) -> list[str]:
    return [(date(2026, 1, 5) + timedelta(weeks=place)).isoformat() for place in range(count)]


def points(values: list[Any], out_of: list[Any] | None = None) -> list[dict[str, str]]:
    made = [
        {"measured_on": on, "value": str(value)}
        for on, value in zip(days(len(values)), values, strict=True)
    ]
    for point, size in zip(made, out_of or [], strict=False):
        point["out_of"] = str(size)
    return made


def fetch(somebody: Somebody, measure_id: str, query: str) -> bytes:
    path = f"/networks/{somebody.network_id}/measures/{measure_id}/export?language=en&{query}"
    answer = somebody.get(path)
    assert answer.status_code == 200, answer.json
    return answer.data


def as_csv(somebody: Somebody, measure_id: str) -> list[dict[str, str]]:
    text = fetch(somebody, measure_id, "format=csv").decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text, newline=""))]


def as_book(somebody: Somebody, measure_id: str, language: str = "en") -> openpyxl.Workbook:
    path = f"/networks/{somebody.network_id}/measures/{measure_id}/export"
    answer = somebody.get(f"{path}?format=xlsx&language={language}")
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def words_of(book: openpyxl.Workbook) -> list[str]:
    """The measure's title, and what the chart says, on the page to read."""
    sheet = book.worksheets[0]
    says = [str(row[1].value) for row in sheet.iter_rows() if row[0].value == "What the chart says"]
    return [str(sheet["A1"].value), *says]


@BOTH_DATABASES
def test_a_reference_chart_leaves_with_every_figure(lead):
    if not REFERENCE.exists():
        pytest.skip("skipped: no real data")
    cases = json.loads(REFERENCE.read_text())["cases"]
    case = next(each for each in cases if each["id"] == "montgomery_tbl_7.4_p")
    measure_id = a_measure(
        lead,
        *points(case["y"], case["n"]),
        **{"numbers": "share", "base": "something_else", "form": "control"},
    )

    rows = as_csv(lead, measure_id)
    sheet = as_book(lead, measure_id).worksheets[2]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    expected = case["expected"]
    wanted = zip(case["plotted"], expected["lcl"], expected["ucl"], strict=True)

    assert len(rows) == len(cells) == 25
    for row, line, (plotted, low, high) in zip(rows, cells, wanted, strict=True):
        figures = [plotted, expected["centre"], low, high]
        named = [float(row[name]) for name in ("drawn", "centre", "lower", "upper")]
        assert named == pytest.approx(figures, rel=1e-9)
        assert line[3:7] == pytest.approx(figures, rel=1e-9)
    marked = [place for place, row in enumerate(rows, start=1) if row["signal"]]
    assert marked == expected["sigma_signal_points"]


def test_the_workbook_says_in_words_what_its_chart_says_and_by_which_rules(lead):
    values = [11, 14, 9, 12, 13, 10, 12, 15, 11, 10, 13, 12] + [19, 17, 21, 18, 22, 20] * 2
    measure_id = a_measure(lead, *points(values), about="Counted on Fridays.", aim="20")

    words = words_of(as_book(lead, measure_id))

    assert words == [
        "An invented measure",
        "Counted on Fridays.",
        "Something changed: 12 points in a row lie on one side of the middle line. "
        "Chance alone seldom gives more than 8.",
        "Something changed: the line crosses the middle once. "
        "Chance alone would seldom cross it fewer than 8 times.",
        "Run chart, read by Anhøj’s rules for runs and crossings of the median. "
        "A chart tells that something moved, not why and not whether it is good.",
    ]


def test_the_workbook_holds_a_chart_of_its_own_drawn_from_its_cells(lead):
    measure_id = a_measure(lead, *points([3, 4, 5, 4]), form="plot_the_dots", aim="6")

    content = fetch(lead, measure_id, "format=xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        chart = files.read("xl/charts/chart1.xml").decode()

    assert chart.count("<c:ser>") == 5
    assert "<c:f>Numbers!$D$2:$D$5</c:f>" in chart
    assert "<c:dateAx>" in chart


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_column_is_explained_and_every_sheet_carries_the_line(lead, language):
    book = as_book(lead, a_measure(lead, *points([3, 4])), language)
    _, codebook, points_sheet = book.worksheets

    headed = [cell.value for cell in points_sheet[1]]
    explained = [row[1].value for row in codebook.iter_rows(min_row=2)]
    everything = [
        str(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert headed == explained
    line = say("exports.line", language)
    assert {sheet.oddFooter.left.text for sheet in book.worksheets} == {line}
    assert line in [row[0].value for row in book.worksheets[0].iter_rows()]
    assert all(line in sheet["A1"].comment.text for sheet in book.worksheets[1:])
    assert "table_measure" in book.defined_names
    assert not [cell for cell in everything if cell.startswith(("measures.", "exports."))]


def test_days_about_fewer_than_ten_students_leave_without_a_figure(lead):
    """Rule 9: neither their number nor their size, and no other figure is made of them."""
    with_few = a_measure(
        lead,
        *points([8, 3, 7, 9], [12, 9, 11, 13]),
        **{"numbers": "share", "base": "students", "form": "control"},
    )
    without = a_measure(
        lead,
        *points([8, 7, 9], [12, 11, 13]),
        **{"numbers": "share", "base": "students", "form": "control"},
    )

    rows = as_csv(lead, with_few)
    hidden = {name: cell for name, cell in rows[1].items() if cell}
    named = {"measure": "An invented measure", "measure_day_id": hidden["measure_day_id"]}
    assert hidden == {
        **{"date": days(4)[1], "value": "of fewer than 10", "out_of": "fewer than 10"},
        **{"drawn": "of fewer than 10", "held_back": "of fewer than 10", **named, ABOUT: LINE},
    }
    of_its_day = {"date": "", "measure_day_id": ""}
    figures = [{**row, **of_its_day} for row in as_csv(lead, without)]
    assert [{**row, **of_its_day} for row in (rows[0], *rows[2:])] == figures
    assert "One point is about fewer than 10" in " ".join(words_of(as_book(lead, with_few)))


def test_a_count_of_fewer_than_ten_students_leaves_without_a_figure(lead):
    """Rule 9: three students are three students, whether or not somebody said out of how many."""
    few = {"value": "fewer than 10", "drawn": "fewer than 10"}
    counted = [*points([12, 3]), *points([0, 0, 4, 5], [0, 0, 9, 30])[2:]]
    of_students = a_measure(lead, *counted, numbers="count", base="students")
    of_lessons = a_measure(lead, *counted, numbers="count", base="something_else")

    rows = as_csv(lead, of_students)
    book = as_book(lead, of_students)
    cells = [str(cell) for row in book.worksheets[2].iter_rows(values_only=True) for cell in row]

    figures = [
        {name: row[name] for name in ("value", "out_of", "drawn") if row[name]} for row in rows
    ]
    assert figures == [
        {"value": "12", "drawn": "12"},
        few,
        {**few, "out_of": "fewer than 10"},
        {"value": "5", "drawn": "5", "out_of": "30"},
    ]
    assert {row["centre"] for row in (rows[0], rows[3])} == {"8.5"}
    assert not {"3", "4", "9"} & {*cells}
    assert "2 points are about fewer than 10" in " ".join(words_of(book))
    assert [row["value"] for row in as_csv(lead, of_lessons)] == ["12", "3", "4", "5"]


def test_a_workbook_draws_no_day_about_too_few_and_says_in_its_cells_why(lead):
    """A spreadsheet draws words as zero, so they stand below what its chart is drawn from."""
    measure_id = a_measure(
        lead,
        *points([8, 3, 7], [12, 9, 11]),
        **{"numbers": "share", "base": "students", "form": "control"},
    )

    content = fetch(lead, measure_id, "format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[2]
    cells = [[cell.value for cell in row][:4] for row in sheet.iter_rows(min_row=2)]
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        chart = files.read("xl/charts/chart1.xml").decode()

    assert [isinstance(row[3], float) for row in cells] == [True, True, False]
    assert cells[2][1:] == ["of fewer than 10", "fewer than 10", "of fewer than 10"]
    assert "<c:f>Numbers!$D$2:$D$3</c:f>" in chart


def test_the_day_of_a_round_leaves_with_a_number_for_those_who_hold_the_round(app, lead):
    """Who takes no part in it is told neither its day nor that there is one; nobody its title."""
    visitor, member = (a_member(app, lead.network_id) for _ in range(2))
    held = a_round(lead, visitor, title="At Hidden Elementary", visits_on="2026-01-08")
    nowhere = clock.new_id()
    named = [dict(point) for point in points([3, 4, 5])]
    named[0]["round"], named[1]["round"] = held, nowhere
    measure_id = a_measure(lead, *named)

    for somebody, expected in ((lead, "2026-01-08"), (visitor, "2026-01-08"), (member, "")):
        rows = as_csv(somebody, measure_id)
        assert [row["round"] for row in rows] == [expected, "", ""]
        for form in ("csv", "jsonl"):
            content = fetch(somebody, measure_id, f"format={form}").decode()
            assert not any(word in content for word in ("Hidden", held, nowhere))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "pdf"])
def test_no_file_of_a_measure_says_who_typed_a_number(app, form):
    """Rule 8: neither beside the number nor in what the file says of itself."""
    somebody = a_member(app, a_network("Sample Network"), "lead", name="Typist Specimen")
    measure_id = a_measure(somebody, *points([3, 4, 5]))

    words = words_in(form, fetch(somebody, measure_id, f"format={form}"))

    told = [somebody.member_id, somebody.person_id, somebody.email, "Typist", "Specimen"]
    assert "2026" in words
    assert not [each for each in told if each in words]


def test_words_that_nobody_has_looked_at_stay(lead):
    noted = {"measured_on": "2026-01-05", "value": "3", "note": "Ms. Sample was away"}
    measure_id = a_measure(lead, noted, title="What Ms. Sample counts")

    assert "Sample" not in fetch(lead, measure_id, "format=csv").decode()
    kept_back = as_book(lead, measure_id)
    assert words_of(kept_back)[0].startswith("[kept back")

    scope = f"network:{lead.network_id}"
    looked_at = {f"not_a_person/{word_slug('Ms. Sample')}": True}
    push(lead, a_change(lead, kind="measure", record=measure_id, scope=scope, set=looked_at))
    assert as_csv(lead, measure_id)[0]["note"] == "Ms. Sample was away"
    assert words_of(as_book(lead, measure_id))[0] == "What Ms. Sample counts"


def test_json_lines_are_what_their_schema_says_in_both_languages(lead):
    measure_id = a_measure(
        lead,
        *points([8, 3, 7], [12, 9, 11]),
        **{"numbers": "share", "base": "students", "form": "control", "aim": "60"},
    )
    path = f"/networks/{lead.network_id}/measures"
    for language in ("en", "es"):
        schema = lead.get(f"{path}/export/schema?language={language}").json
        validator = jsonschema_rs.validator_for(schema)
        content = lead.get(f"{path}/{measure_id}/export?format=jsonl&language={language}").data
        lines = [*map(json.loads, content.splitlines())]

        assert len(lines) == 3
        assert [*lines[0]] == [*schema["properties"]]
        assert not [error for line in lines for error in validator.iter_errors(line)]
        assert not validator.is_valid({**lines[0], "value": "8"})
        told = [words for each in schema["properties"].values() for words in each.values()]
        assert not [words for words in told if str(words).startswith("exports.")]


def day_ids(lead, measure_id):
    return [row["measure_day_id"] for row in as_csv(lead, measure_id)]


def test_a_day_goes_by_one_id_in_every_file_whatever_is_mended_of_its_number(lead):
    planned = a_measure(lead, *points([8, 7]), title="Lessons planned together")
    other = a_measure(lead, *points([8, 7]), title="Visits to each other")
    before = day_ids(lead, planned)

    scope = f"network:{lead.network_id}"
    with reading(lead.network_id) as tx:
        found = records_of(tx, lead.network_id, scope=scope, kind="measure_point")
        (point,) = [
            each for each in found if each.get("measure") == planned and each.get("value") == "8"
        ]
        mended = compose(
            "measure_point", point.id, scope, {"value": "9"}, by=lead.member_id, heads=point
        )
    assert statuses(push(lead, mended)) == ["applied"]

    assert day_ids(lead, planned) == before
    assert len({*before, *day_ids(lead, other)}) == 4


def test_two_measures_of_one_title_share_no_id_of_a_day(lead):
    both = [a_measure(lead, *points([8, 7]), title="Visits") for _ in range(2)]

    assert len({*day_ids(lead, both[0]), *day_ids(lead, both[1])}) == 4


def test_what_would_run_in_a_spreadsheet_is_text_and_numbers_stay_numbers(lead):
    noted = {"measured_on": "2026-01-05", "value": "-3.50", "note": "=HYPERLINK(0)"}
    measure_id = a_measure(lead, noted, title="+1", unit="=2")

    (row,) = as_csv(lead, measure_id)
    sheet = as_book(lead, measure_id).worksheets[2]

    assert (row["value"], row["note"]) == ("-3.5", "'=HYPERLINK(0)")
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}


def test_a_file_stands_in_the_register_with_its_hash_and_the_audit_log_points_to_it(lead):
    measure_id = a_measure(lead, *points([3, 4, 5]))

    content = fetch(lead, measure_id, "format=csv&bom=false")

    (made,) = lead.get(f"/networks/{lead.network_id}/exports").json["exports"]
    assert made["sha256"] == hashlib.sha256(content).hexdigest()
    assert made["filter"] == {"measure": measure_id}
    assert made["counts"] == {"days": 3, "days_held_back": 0}
    with reading(lead.network_id) as tx:
        assert broken_audit(tx, lead.network_id) is None
        assert len(tx.execute(select(Export.id)).all()) == 1


@pytest.mark.parametrize("role", ["member", "lead", "analyst", "admin"])
def test_leads_and_analysts_keep_measures_and_members_read_them(app, role):
    somebody = a_member(app, a_network(), role)
    scope = f"network:{somebody.network_id}"
    change = a_change(somebody, kind="measure", scope=scope, set={"title": "Attendance"})

    kept = "applied" if role in ("lead", "analyst") else "set_aside"
    assert statuses(push(somebody, change)) == [kept]


@pytest.mark.parametrize("value", ["1e5", "1,5", "01", "", "NaN", "1234567890123", 3])
def test_what_is_no_plain_number_is_no_number_of_a_measure(lead, value):
    scope = f"network:{lead.network_id}"
    change = a_change(lead, kind="measure_point", scope=scope, set={"value": value})

    assert statuses(push(lead, change)) != ["applied"]


def test_a_measure_that_was_removed_or_never_was_is_not_found(lead):
    measure_id = a_measure(lead)
    with reading(lead.network_id) as tx:
        held = record_of(tx, lead.network_id, measure_id)
    scope, gone = f"network:{lead.network_id}", {"deleted": True}
    push(lead, compose("measure", measure_id, scope, gone, by=lead.member_id, heads=held))

    for wanted in (measure_id, lead.member_id):
        path = f"/networks/{lead.network_id}/measures/{wanted}/export?format=csv"
        assert lead.get(path).status_code == 404
