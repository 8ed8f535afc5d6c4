"""Patterns as a report and as Parquet, opened by programs that are not ours."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pypdf
import pytest

from schemas.vocabulary import CoreElement, PatternSubject, Quantifier
from server.errors import RuleBroken
from server.services.exports import parquet_file
from server.services.exports.content import Evidence, Filter, Finding, Found, Statement
from server.services.exports.parquet_file import write_patterns_parquet
from server.services.exports.pdf_file import (
    EVIDENCE_OF_EACH,
    PATTERNS_IN_FULL,
    write_patterns_pdf,
)
from tests.unit.test_exports import (
    ASKED,
    COLUMNS,
    LINE,
    PAIR,
    SAID,
    VECTORS,
    InHand,
    a_finding,
    found,
    written,
)

MANY = "In many of the classrooms, students explain their own way"
FEW = "In few of the classrooms, students wait to be told"
MARKUP = '#panic("x") *not bold* $x^2$ @nobody <label> [a](b) = Title'


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def patterns_pdf(content: Found, language: str) -> bytes:
    return written(write_patterns_pdf, content, language)


def patterns_parquet(content: Found, language: str) -> bytes:
    return written(write_patterns_parquet, content, language)


def flat(text: str) -> str:
    return "".join(text.split())


def naughty() -> Iterator[str]:
    if not (VECTORS / "blns.json").exists():
        pytest.skip("skipped: no real data")
    for text in json.loads((VECTORS / "blns.json").read_text()):
        yield text.replace("\x00", "")


def test_a_report_says_in_words_what_was_found_and_its_line_stands_on_every_page():
    pages = pages_of(patterns_pdf(found(*[a_finding() for _ in range(20)]), "en"))

    assert "Patterns of practice: what the network saw" in pages[0]
    assert "Base: 2 rounds, 24 classrooms visited" in pages[0]
    assert len(pages) > 1
    assert all(flat(LINE) in flat(page) for page in pages)
    assert "fewer than 5 or kept back" in pages[-1]


def test_a_report_is_tagged_and_says_its_title_and_its_language():
    reader = pypdf.PdfReader(io.BytesIO(patterns_pdf(found(a_finding()), "es")))
    root = reader.root_object

    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "es"
    assert reader.metadata.title == "Patrones de la práctica: lo que vio la red"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()


def test_a_report_says_of_schools_opened_by_name_what_was_agreed_then_and_what_is_said_now():
    """A school's own stands below its name; without such a school there is no word of it."""
    agreed = Statement("explain their own way", PatternSubject.STUDENTS, Quantifier.MANY)
    pairs = (PAIR, replace(PAIR, now_in="2027-Q2", now=agreed, words=""))
    other = replace(PAIR, school="Other School", words="Nothing moved.")

    said = " ".join(
        " ".join(
            pages_of(patterns_pdf(replace(found(), then_and_now=(other, *pairs)), "en"))
        ).split()
    )

    told = said[said.index("Then and now") :]
    at = [told.index(words) for words in ("Other School", "Nothing moved.", "Sample School")]
    assert at == sorted(at)
    assert told.count("Sample School") == 1
    assert "What was agreed then October to December 2026 In most of the classrooms" in told
    assert f"What was agreed now April to June 2027 {MANY}" in told
    assert "What is said now We saw it anew." in told
    assert told.count("What is said now") == 2
    assert "Then and now" not in "".join(pages_of(patterns_pdf(found(), "en")))


def test_what_a_person_wrote_is_never_read_as_markup():
    said = "".join(pages_of(patterns_pdf(found(a_finding(MARKUP)), "en")))

    assert flat(MARKUP) in flat(said)


def test_a_sign_that_no_font_has_costs_neither_the_report_nor_the_rest_of_the_line():
    said = "".join(pages_of(patterns_pdf(found(a_finding("S: \U00013080 is a sign")), "en")))

    assert "is a sign" in said
    assert "Some signs cannot be printed on this server." in said


def test_every_naughty_string_can_be_reported():
    texts = [*naughty()]
    findings = [
        a_finding(*texts[start : start + EVIDENCE_OF_EACH - 1])
        for start in range(0, len(texts), EVIDENCE_OF_EACH - 1)
    ]

    assert len(pages_of(patterns_pdf(found(*findings), "en"))) > 10


def test_a_report_shows_some_evidence_and_says_where_the_rest_is():
    many = a_finding(*(f"T: line {number}." for number in range(40)))
    said = "".join(pages_of(patterns_pdf(found(many), "en")))

    assert "T: line 10." in said
    assert "T: line 11." not in said
    assert "More evidence stands in the spreadsheet." in said


def test_a_report_of_many_patterns_says_less_evidence_with_each_and_says_so():
    lines = [f"T: line {number}." for number in range(4)]
    full, short = (
        "".join(pages_of(patterns_pdf(found(*[a_finding(*lines)] * count), "en")))
        for count in (PATTERNS_IN_FULL, PATTERNS_IN_FULL + 1)
    )

    assert full.count("T: line 3.") == PATTERNS_IN_FULL
    assert short.count("T: line 1.") == PATTERNS_IN_FULL + 1
    assert "T: line 2." not in short
    assert "More evidence stands in the spreadsheet." in short


def test_a_report_says_on_which_questions_there_is_evidence_and_what_it_carries():
    whole = replace(found(a_finding(), seldom()), questions=ASKED)

    said = after(whole, "By focus question")

    seen, unseen = said.split(flat("Nobody has evidence yet on"))
    assert seen.index(flat("Who says why?")) < seen.index(flat(MANY))
    assert flat(FEW) not in seen, "its evidence bears on no question"
    assert unseen.startswith(flat("Who decides?"))
    of_a_part = replace(whole, questions=tuple(replace(each, seen=None) for each in ASKED))
    assert flat("By focus question") not in flat("".join(pages_of(patterns_pdf(of_a_part, "en"))))


def test_a_report_sorts_sentences_from_room_to_room_by_how_many_was_said_and_by_element():
    said = after(found(a_finding(), seldom()), "From room to room")

    alike, different = said.split(flat("Different from room to room"))
    assert alike.startswith(flat("Sorted by the network’s own words"))
    students, task = flat("Students" + MANY), flat("Task" + FEW)
    assert students in alike
    assert task not in alike
    assert task in different
    assert students not in different


def seldom() -> Finding:
    few = replace(a_finding(), statement="wait to be told", quantifier=Quantifier.FEW)
    bare = (Evidence("T: Why?", CoreElement.TASK),)
    return replace(few, id="another", element=CoreElement.TASK, evidence=bare)


def after(content: Found, heading: str) -> str:
    """What stands in the report behind a heading, without spaces."""
    return flat("".join(pages_of(patterns_pdf(content, "en")))).split(flat(heading), 1)[1]


def test_parquet_holds_the_same_rows_as_the_csv_with_types_and_explanations():
    texts = ("T: Why?", "=1+1", "S: \U0001f600")
    table = pq.read_table(io.BytesIO(patterns_parquet(found(a_finding(*texts)), "en")))

    assert table.column_names == COLUMNS[:-1]
    assert table["evidence"].to_pylist() == [SAID.text, *texts]
    assert table["context"].to_pylist()[0] == ["dual_language", "inclusion"]
    assert table.schema.field("how_many").type == pa.dictionary(pa.int8(), pa.string())
    assert table.schema.metadata[b"about_this_evidence"].decode() == LINE
    explained = [field.metadata[b"explanation"].decode() for field in table.schema]
    assert all(words and "exports." not in words for words in explained)


def test_parquet_is_written_in_groups_of_rows(monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS_A_GROUP", 7)
    many = a_finding(*(f"T: {number}" for number in range(29)))

    file = pq.ParquetFile(io.BytesIO(patterns_parquet(found(many), "en")))

    assert file.metadata.num_rows == 30
    assert file.num_row_groups == 5


def test_a_server_without_pyarrow_says_so_and_offers_no_parquet(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(parquet_file, "find_spec", lambda name: None)

    with pytest.raises(RuleBroken) as refused:
        patterns_parquet(found(a_finding()), "en")
    assert refused.value.code == "exports.no_parquet"


def test_an_empty_answer_is_a_report_and_a_table_without_rows():
    nothing = replace(found(), findings=InHand(), filter=Filter())

    assert "Nothing to read here yet." in "".join(pages_of(patterns_pdf(nothing, "en")))
    assert pq.read_table(io.BytesIO(patterns_parquet(nothing, "en"))).num_rows == 0


def test_evidence_without_an_element_is_reported():
    bare = replace(a_finding(), evidence=(Evidence("T: Why?", None),))

    assert "T: Why?" in "".join(pages_of(patterns_pdf(found(bare), "en")))
