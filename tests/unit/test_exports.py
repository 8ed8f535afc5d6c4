"""Files of patterns, read back by other people's tools."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)
from server.domain.agreement import agreement_of
from server.domain.csv_files import ABOUT, read_csv
from server.domain.lasting_ids import lasting_pattern_id
from server.messages import catalogue, say
from server.services.exports.codebook import BY_NAME, codebook_lines
from server.services.exports.content import (
    Evidence,
    Figure,
    Filter,
    Finding,
    Found,
    NextLevel,
    Quarter,
    QuestionAsked,
    ReadAlike,
    Size,
    Statement,
    ThenAndNow,
)
from server.services.exports.csv_file import write_patterns_csv, write_table_csv
from server.services.exports.json_file import write_patterns_json
from server.services.exports.jsonl_file import table_schema, write_table_jsonl
from server.services.exports.parquet_file import write_table_parquet
from server.services.exports.pattern_tables import lasting_id_of
from server.services.exports.tables import EVIDENCE, TABLES, THEN_AND_NOW
from server.services.exports.xlsx_file import write_patterns_xlsx

VECTORS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "vectors"
COLUMNS = [*(column.key for column in EVIDENCE.columns), ABOUT]
LINE = (
    "Evidence about a school's practice, gathered by peers. "
    "Not for use in the evaluation of any educator."
)
SAID = Evidence(
    'S: "I did it another way: 58 ÷ 6"',
    CoreElement.STUDENT,
    GradeBand.GRADES_3_5,
    SchoolSubject.MATH,
    (ProgramContext.DUAL_LANGUAGE, ProgramContext.INCLUSION),
    ("q0123456789abcdef",),
)
ASKED = (
    QuestionAsked("q0123456789abcdef", "Who says why?", True),
    QuestionAsked("qfedcba9876543210", "Who decides?", False),
)


ALIKE = ReadAlike(None, 2, agreement_of([[[0, 0, 1], [1, 1, 1], [2, 2, 0], [3, 3, 3]]], 4))
PAIR = ThenAndNow(
    "9a1c6d5b-0f0e-4a43-9a0c-0d5a43b0a9d1",
    "Sample School",
    "2026-Q4",
    Statement("wait to be told", PatternSubject.STUDENTS, Quantifier.MOST),
    None,
    None,
    "We saw it anew.",
)
FEW = Figure(None, None)
ID = (
    "p"
    + hashlib.sha256(
        b'students\n2026-Q4\nExplain their own way when someone asks "how"'
    ).hexdigest()[:16]
)
CARD_ID = "c" + hashlib.sha256(f"2026-Q4\n{SAID.text}".encode()).hexdigest()[:16]
EVIDENCE_ID = "e" + hashlib.sha256(f"{ID}\n{SAID.text}".encode()).hexdigest()[:16]


def a_finding(*texts: str) -> Finding:
    return Finding(
        id="5d1d6d5b-0f0e-4a43-9a0c-0d5a43b0a9d1",
        statement='Explain their own way when someone asks "how"',
        subject=PatternSubject.STUDENTS,
        quantifier=Quantifier.MANY,
        element=CoreElement.STUDENT,
        visited_in="2026-Q4",
        problem="How do students come to explain their own way?",
        evidence=(SAID, *(Evidence(text, CoreElement.TASK) for text in texts)),
    )


class InHand(tuple[Finding, ...]):
    """Findings that are not read from a database."""

    def size(self) -> Size:
        return Size(len(self), sum(len(finding.evidence) for finding in self))

    def rounds_by_context(self) -> dict[ProgramContext, int]:
        said = {context for finding in self for one in finding.evidence for context in one.context}
        return {context: int(context in said) for context in ProgramContext}

    def in_context(self, context: ProgramContext) -> InHand:
        return InHand(
            replace(finding, evidence=tuple(e for e in finding.evidence if context in e.context))
            for finding in self
            if any(context in e.context for e in finding.evidence)
        )


NOT_NARROWED = (
    "Not in this file: Then and now, By focus question, How alike it was read. It is of a part of "
    "what may be read, and these cannot be told of a part: less would stand there than their names "
    "say. A file of everything has them, where there is anything in them."
)


def found(*findings: Finding, **changed: object) -> Found:
    item = NextLevel(
        "Try one open task a week",
        Horizon.NEXT_MONTH,
        Level.CLASSROOM,
        Taker.GRADE_TEAMS,
        "A shared hour",
        date(2026, 11, 12),
        CheckBack.DOING,
        "",
        True,
    )
    figures = (Figure(None, 24), Figure(GradeBand.GRADES_3_5, 13), Figure(GradeBand.K_2, None))
    whole = Found(
        network="Sample Network",
        made_on=date(2026, 11, 22),
        filter=Filter(element=CoreElement.STUDENT, begins_on=date(2026, 9, 1)),
        rounds_count=2,
        not_released_count=1,
        held_back_count=0,
        fewest=5,
        figures=figures,
        findings=InHand(findings or (a_finding("Page 12, task 3: one box for one number"),)),
        next_level=(item,),
        read_alike=(),
        quarters=(Quarter("2026-Q4", 2, 1, Figure(None, 24)), Quarter("2026-Q2", 0, 1, FEW)),
    )
    return replace(whole, **changed)


def written(write: Callable[..., None], *what: object, **how: object) -> bytes:
    out = io.BytesIO()
    write(out, *what, **how)
    return out.getvalue()


def in_csv(content: Found, language: str, **how: bool) -> bytes:
    return written(write_patterns_csv, content, language, **how)


def in_json(content: Found, language: str) -> bytes:
    return written(write_patterns_json, content, language)


def workbook(content: Found, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(write_patterns_xlsx, content, language)))


def cells(book: Workbook, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def naughty_texts() -> list[str]:
    if not VECTORS.exists():
        pytest.skip("skipped: no real data")
    hostile = (VECTORS / "csv_injection_payloadbox.txt").read_text().splitlines()
    return [text for text in [*hostile, *json.loads((VECTORS / "blns.json").read_text())] if text]


def test_the_workbook_opens_on_what_was_asked_and_on_what_base_in_words():
    book = workbook(found())
    rows = cells(book, "Read this first")

    assert book.active.title == book.sheetnames[0] == "Read this first"
    assert rows[0][0] == "Patterns of practice: what the network saw"
    assert rows[2:7] == [
        ["Network", "Sample Network"],
        ["Made on", "2026-11-22"],
        ["Asked for", "Asked for: Students; visits from the quarter July to September 2026 on."],
        [
            "On what base",
            "Base: 2 rounds, 24 classrooms visited; schools pooled. "
            "Classrooms, next steps and what there is evidence about are told of whole rounds, "
            "and of no part of them: numbers of a part could be subtracted until they speak "
            "of one classroom. "
            "Not yet released by its host: 1 round.",
        ],
        ["To be read with it", NOT_NARROWED],
    ]
    assert rows[8][0] == LINE


def test_the_page_to_read_leads_to_every_sheet_and_says_what_must_be_known_of_it():
    book = workbook(found())
    first = book.worksheets[0]

    ways = [row[0] for row in first.iter_rows() if row[0].hyperlink]

    assert [way.value for way in ways] == book.sheetnames[1:]
    assert [way.hyperlink.location for way in ways] == [f"'{way.value}'!A1" for way in ways]
    beside = {way.value: way.offset(0, 1).value or "" for way in ways}
    assert "Inclusion: Base: 1 round, in which three" in beside["By program context"]
    assert "belongs to no grade band, subject or program" in beside["Next level of work"]
    assert "what is missing here may well have been there" in beside["By program context"]
    assert "Figures come second" in beside["Classrooms visited"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_other_sheet_is_a_table_whose_first_row_are_its_headings(language):
    """Whatever reads, sorts, filters or pivots a sheet finds one table, and nothing else on it."""
    for sheet in workbook(found(), language).worksheets[1:]:
        headings, *rows = sheet.iter_rows(values_only=True)

        assert all(headings), sheet.title
        assert len({*headings}) == len(headings), sheet.title
        assert rows, sheet.title
        assert all(any(row) for row in rows), sheet.title
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_workbook_of_a_part_says_on_its_first_page_which_sheets_it_lacks_and_why(language):
    whole = found(filter=Filter(), read_alike=(ALIKE,), then_and_now=(PAIR,), questions=ASKED)
    of_a_time = replace(whole, filter=Filter(begins_on=date(2026, 9, 1)), then_and_now=())
    first = say("exports.sheet.read_first", language)

    def lacking(content: Found) -> set[str]:
        book = workbook(content, language)
        [*told] = [row[1] for row in cells(book, first) if row[1]]
        names = {say(f"exports.sheet.{each}", language) for each in BY_NAME}
        words = say("exports.not_narrowed", language, sheets="|").partition("|")[0]
        said = " ".join(each.partition(".")[0] for each in told if each.startswith(words))
        found_lacking = {name for name in names if name in said}
        assert not found_lacking & {*book.sheetnames}
        return found_lacking

    assert lacking(whole) == set()
    assert lacking(of_a_time) == {say("exports.sheet.then_and_now", language)}
    assert lacking(found()) == {
        say(f"exports.sheet.{each}", language)
        for each in ("then_and_now", "focus_questions", "read_alike")
    }


def test_people_read_first_and_ids_stand_last_in_every_table():
    for table in BY_NAME.values():
        ids = [each.key.endswith(("_id", "_ids", "_key")) for each in table.columns]
        assert not ids[0], table.name
        assert sorted(ids) == ids, table.name


def test_what_must_be_known_of_a_sheet_is_the_note_of_its_first_heading():
    for sheet in workbook(found()).worksheets[1:]:
        note = sheet["A1"].comment.text
        assert note.startswith("Base: 2 rounds, 24 classrooms visited; schools pooled."), sheet
        assert note.endswith(LINE)
    assert "what is missing here may well have been there" in (
        workbook(found())["By program context"]["A1"].comment.text
    )


def test_dates_are_dates():
    sheet = workbook(found())["Next level of work"]

    assert sheet["F2"].value.date() == date(2026, 11, 12)
    assert sheet["F2"].is_date
    assert workbook(found())["What was found"].column_dimensions["A"].width > 60


def test_the_codebook_is_the_first_table_and_explains_every_column_in_both_languages():
    for language in ("en", "es"):
        book = workbook(found(), language)
        codebook = book.worksheets[1]
        _, *about = cells(book, codebook.title)
        named = {(row[0], row[1]) for row in about if row[6]}
        headed = {(sheet.title, cell.value) for sheet in book.worksheets[1:] for cell in sheet[1]}
        assert {each for each in headed if each[0] != codebook.title} == named
        assert codebook.title == {"en": "Codebook", "es": "Libro de códigos"}[language]
        assert all(len(str(row[2])) > 5 for row in about)
        assert not [row for row in about if "exports." in "".join(map(str, row))]


def test_a_words_column_is_explained_by_every_word_as_a_file_has_it():
    (how_many,) = [
        row for row in cells(workbook(found()), "Codebook") if row[5:] == ["patterns", "how_many"]
    ]
    assert how_many[3:5] == [
        "one word of a list",
        "few = few; some = some; many = many; most = most",
    ]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_table_is_the_same_as_sheet_csv_json_lines_and_parquet(name):
    content = found(filter=Filter(), read_alike=(ALIKE,), then_and_now=(PAIR,), questions=ASKED)
    table = BY_NAME[name]
    in_rows = [
        *csv.DictReader(
            io.StringIO(
                written(write_table_csv, table, content, "en", bom=False).decode(), newline=""
            )
        )
    ]
    lines = [*map(json.loads, written(write_table_jsonl, table, content, "en").splitlines())]
    parquet = pq.read_table(io.BytesIO(written(write_table_parquet, table, content, "en")))
    sheet = workbook(content)[say(f"exports.sheet.{name}", "en")]
    validator = jsonschema_rs.validator_for(table_schema(table, "en"))

    assert in_rows
    assert [*in_rows[0]] == [*lines[0]] == [*parquet.column_names, ABOUT]
    assert len(in_rows) == len(lines) == parquet.num_rows
    assert not [error for line in lines for error in validator.iter_errors(line)]
    assert [
        {**row, ABOUT: LINE} for row in json.loads(json.dumps(parquet.to_pylist(), default=str))
    ] == lines
    assert [as_in_csv(line) for line in lines] == in_rows
    assert sheet.max_row - 1 == len(lines)


def as_in_csv(line: dict[str, Any]) -> dict[str, str]:
    def said(cell: object) -> str:
        if isinstance(cell, list):
            return "; ".join(cell)
        if isinstance(cell, float):
            return f"{cell:.15g}"
        return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)

    return {key: said(cell) for key, cell in line.items()}


def test_a_codebook_by_itself_says_what_was_asked_and_what_a_file_of_rows_lacks():
    content = found(held_back_count=3)
    rows = [
        *map(
            json.loads, written(write_table_jsonl, BY_NAME["codebook"], content, "en").splitlines()
        )
    ]

    told = {row["titled"]: row["meaning"] for row in rows if not row["in_table"]}
    assert told["Asked for"].startswith("Asked for: Students; visits from")
    assert "3 pieces of text wait for their rounds’ name check" in told["On what base"]
    assert "Not yet released by its host: 1 round." in told["On what base"]
    notes = {row["in_table"] for row in rows if row["titled"] == "To be read with it"}
    assert notes - {""} == {
        "evidence",
        "next_level",
        "contexts",
        "room_to_room",
        "quarters",
        "figures",
    }


def test_beside_evidence_stand_its_focus_questions_in_words_as_far_as_they_may_be_read():
    _, rows = read_csv(in_csv(found(a_finding("Page 12"), questions=ASKED), "en"))

    assert [row.cells["focus_questions"] for row in rows] == ["Who says why?", ""]
    whole = cells(workbook(found(filter=Filter(), questions=ASKED)), "By focus question")
    assert [row[:2] for row in whole[-2:]] == [["Who says why?", "yes"], ["Who decides?", "no"]]
    part = workbook(found(questions=ASKED)).sheetnames
    assert "By focus question" not in part, "of a part it is not said where nobody looked"


def test_a_pattern_goes_by_words_alone_whatever_else_changes_and_twins_are_told_apart():
    one = a_finding()
    rewritten = replace(one, id="other", quantifier=Quantifier.FEW, evidence=(), problem="")
    later = replace(one, visited_in="2027-Q1")

    assert lasting_id_of(one) == lasting_id_of(rewritten) == ID
    assert lasting_id_of(replace(one, twin=2)) == f"{ID}-2"
    assert lasting_id_of(later) != ID


def test_programs_stand_in_the_lists_order_with_evidence_from_their_classes_alone():
    book = workbook(found())
    _, *rows = cells(book, "By program context")

    shown = [(row[0], row[2]) for row in rows]
    assert shown == [("Inclusion", SAID.text), ("Dual language", SAID.text)] or shown == [
        ("Dual language", SAID.text),
        ("Inclusion", SAID.text),
    ]
    beside = book["By program context"]["A1"].comment.text
    assert "Nothing that may be read comes from classes of: " in beside


def test_a_quarter_has_its_base_and_a_small_one_is_words():
    rows = cells(workbook(found()), "Quarter by quarter")[-2:]

    assert rows == [
        ["2026-Q4", "October to December 2026", 2, 1, 24, 24],
        ["2026-Q2", "April to June 2026", 0, 1, "fewer than 5 or kept back", None],
    ]


def test_a_name_in_the_workbook_is_of_the_whole_long_table_to_pivot_by():
    book = workbook(found(a_finding("T: Why?", "=1+1")))
    sheet, cells_of = next(book.defined_names["table_evidence"].destinations)

    rows = book[sheet][cells_of.replace("$", "")]
    assert [cell.value for cell in rows[0]][:2] == ["In one sentence", "Evidence"]
    assert len(rows) == 1 + 3
    ids = [cell.value for cell in rows[0]].index("Pattern")
    assert {row[ids].value for row in rows[1:]} == {ID}


def test_every_sheet_carries_the_line_on_screen_and_on_paper():
    first, *tables = workbook(found()).worksheets
    assert LINE in [cell.value for cell in first["A"]]
    for sheet in tables:
        assert LINE in sheet["A1"].comment.text, sheet.title
    for sheet in (first, *tables):
        assert LINE in str(sheet.oddFooter.left.text)
        assert sheet.title in str(sheet.oddHeader.left.text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_file_for_programs_carries_the_line_in_the_readers_language(language):
    about = json.loads(in_json(found(), language))[ABOUT]

    assert about == say("exports.line", language)
    assert (about == LINE) == (language == "en")


def test_a_figure_about_too_few_reads_fewer_than_five():
    rows = cells(workbook(found()), "Classrooms visited")

    assert [row[:2] for row in rows[1:]] == [
        ["All classrooms that were visited", 24],
        ["Grades 3-5", 13],
        ["Grades K-2", "fewer than 5 or kept back"],
    ]
    figures = json.loads(in_json(found(), "en"))["figures"]
    assert figures[-1] == {"of": "k_2", "classrooms": "fewer than 5 or kept back"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "It may well have been there"), ("es", "Bien puede haber estado")],
)
def test_a_file_of_a_part_without_findings_does_not_say_that_nobody_saw_it(language, words):
    empty = replace(found(), findings=InHand())

    told = json.loads(in_json(empty, language))["nothing"]
    sheet = say("exports.sheet.read_first", language)

    assert words in told
    assert told in str(cells(workbook(empty, language), sheet))
    assert told in {line.meaning for line in codebook_lines(empty, language)}
    assert json.loads(in_json(found(), language))["nothing"] == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_in_a_small_figures_place_are_true_of_one_that_covers_another_too(language):
    words = say("exports.fewer_than", language, fewest=5)

    note = say("exports.figures_note", language, fewest=5)

    assert words == {"en": "fewer than 5 or kept back", "es": "menos de 5 o reservado"}[language]
    assert words.capitalize() in note, "the explanation explains the words that stand there"


def test_no_file_has_a_column_for_a_school_a_classroom_or_a_person():
    keys = {column.key for table in TABLES if table is not THEN_AND_NOW for column in table.columns}
    keys -= {"classrooms_visited"}

    words = {word for key in keys for word in key.split("_")}
    assert not words & {"school", "district", "classroom", "author", "member", "team", "minute"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_table_has_two_columns_of_one_name(language):
    for table in TABLES:
        titles = [say(f"exports.column.{column.key}", language) for column in table.columns]
        assert len({*titles}) == len(titles), table.name


def test_a_school_seen_twice_in_one_way_has_two_ids_and_neither_leads_to_a_pattern():
    rows = [*THEN_AND_NOW.lines(found(then_and_now=(PAIR, PAIR)), "en")]

    ids = [row.pair_id for row in rows]
    assert ids[1] == f"{ids[0]}-2"
    words = (PAIR.then.subject, PAIR.then_in, PAIR.then.statement)
    assert lasting_pattern_id(*words)[1:] not in repr(ids)


def test_csv_has_a_row_a_piece_of_evidence_and_reads_back():
    heading, rows = read_csv(in_csv(found(), "en"))

    assert heading == COLUMNS
    assert rows[0].cells == {
        "pattern_id": ID,
        "sentence": "In many of the classrooms, students explain their own way when someone "
        'asks "how"',
        "how_many": "many",
        "pattern_about": "students",
        "core_element": "student",
        "grade_bands": "3_5",
        "lesson_subjects": "math",
        "visited_in": "2026-Q4",
        "problem": "How do students come to explain their own way?",
        "evidence": 'S: "I did it another way: 58 ÷ 6"',
        "evidence_element": "student",
        "grade_band": "3_5",
        "lesson_subject": "math",
        "context": "dual_language; inclusion",
        "focus_questions": "",
        "focus_question_ids": "",
        "evidence_id": EVIDENCE_ID,
        "card_id": CARD_ID,
        ABOUT: LINE,
    }


def test_excel_sees_the_byte_order_mark_unless_told_otherwise():
    assert in_csv(found(), "en").startswith(b"\xef\xbb\xbfsentence,")
    assert in_csv(found(), "en", bom=False).startswith(b"sentence,")


def test_naughty_evidence_is_the_same_text_in_every_file_and_runs_in_none():
    texts = naughty_texts()
    content = found(a_finding(*texts))

    written = in_csv(content, "en")
    from_csv = [row.cells["evidence"] for row in read_csv(written)[1]]
    raw = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    book = workbook(content)
    sheet = book["Evidence"]
    from_xlsx = [unescape(str(row[1])) for row in cells(book, "Evidence")[1:]]
    from_json = json.loads(in_json(content, "en"))["findings"][0]["evidence"]

    assert from_csv[1:] == texts
    assert from_xlsx[1:] == texts
    assert [evidence["text"] for evidence in from_json][1:] == texts
    assert not [row for row in raw if row["evidence"][:1] in {*"=+-@\t\r"}]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row():
    text = "😀 one long line of evidence " * 2_300
    book = workbook(found(a_finding(text)))

    parts = [row[1] for row in cells(book, "Evidence")[2:]]

    assert len(parts) > 1
    assert "".join(map(str, parts)) == text


def test_no_words_are_missing_in_either_language():
    english = {key for key in catalogue("en") if key.startswith("exports.")}
    spanish = {key for key in catalogue("es") if key.startswith("exports.")}

    assert english == spanish
    for language in ("en", "es"):
        for sheet in workbook(found(), language).worksheets:
            for row in sheet.iter_rows(values_only=True):
                assert not [cell for cell in row if str(cell).startswith(("exports.", "vocab"))]
