"""CSV files: encodings, damaged rows, and what is written read back."""

import codecs
import csv
import gzip
import io
import json
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.csv_files import ABOUT, read_csv, write_csv
from server.errors import RuleBroken

VECTORS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "vectors"


def cells_of(content: bytes) -> list[list[str]]:
    return [list(row.cells.values()) for row in read_csv(content)[1]]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16", True), ("cp1252", True)],
)
def test_accents_arrive_in_every_encoding_that_people_save(encoding, packed):
    content = "id,name\r\n0010,Señora Peña’s école\r\n".encode(encoding)

    rows = cells_of(gzip.compress(content) if packed else content)

    assert rows == [["0010", "Señora Peña’s école"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_understood(delimiter):
    assert cells_of(f"a{delimiter}b\n1{delimiter}2,3\n".replace(",3", "").encode()) == [["1", "2"]]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("a,b\n1,2\n".encode("utf-32"), "import.encoding", 1),
        (
            codecs.BOM_UTF16_LE + "a,b\n1,2\n3,".encode("utf-16-le") + b"\x00\xd8",
            "import.encoding",
            3,
        ),
        (codecs.BOM_UTF16_BE + "a,b\n1,é\n".encode("utf-16-be")[:-1], "import.encoding", 2),
        (b"a,b\n1,2\n3,\x81\n", "import.encoding", 3),
        (b"a,b\n1,\0\n", "import.encoding", 1),
        (b'a,b\n1,"open\n', "import.quotes", 2),
        (b"a,b\n1,2\n3\n", "import.cell_count", 3),
        (b"a,b\n1,2,3\n", "import.cell_count", 2),
        (b"a,a\n1,2\n", "import.column_twice", 1),
        (b"", "import.empty", None),
        (b"\x1f\x8bbroken", "import.damaged", None),
    ],
)
def test_a_damaged_file_is_refused_with_the_row_that_is_wrong(content, code, row):
    with pytest.raises(RuleBroken) as broken:
        read_csv(content)

    assert (broken.value.code, broken.value.details.get("row")) == (code, row)


def test_a_row_that_spans_lines_is_numbered_as_a_spreadsheet_numbers_it():
    heading, rows = read_csv(b'a,b\n"one\ntwo",2\n3,4\n')

    assert heading == ["a", "b"]
    assert [(row.number, row.cells["a"]) for row in rows] == [(2, "one\ntwo"), (3, "3")]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5), st.booleans())
def test_what_is_written_reads_back_byte_for_byte(rows, bom):
    rows = [[text.replace("\0", "") for text in row] for row in rows]
    rows = [[text.encode(errors="replace").decode() for text in row] for row in rows]

    written = write_csv(["text", ABOUT], rows, bom=bom)

    assert cells_of(written) == rows


def test_cells_of_a_strangers_file_are_not_altered():
    assert cells_of(b"note_text\n'-3\n") == [["'-3"]]


def test_lines_end_as_rfc_4180_says_and_formulas_are_neutral():
    written = write_csv(["a", "b"], [["=1", 'say "x"']], bom=True)

    assert written == b'\xef\xbb\xbfa,b\r\n\'=1,"say ""x"""\r\n'


def test_odd_but_valid_files_are_read_as_their_authors_meant():
    archive = VECTORS / "csv_spectrum.tar.gz"
    if not archive.exists():
        pytest.skip("skipped: no real data")
    with tarfile.open(archive) as packed:
        files = {
            member.name: packed.extractfile(member).read()
            for member in packed.getmembers()
            if member.isfile()
        }
    names = [Path(name).stem for name in files if name.startswith("csvs/")]
    assert len(names) == 12

    for name in names:
        answer = json.loads(files[f"json/{name}.json"])
        expected = answer if isinstance(answer, list) else [answer]
        rows = [row.cells for row in read_csv(files[f"csvs/{name}.csv"])[1]]
        for row in (*rows, *expected):
            row.pop("Contact Phone Number", None)  # its answer holds another number
        assert rows == expected, name


def test_python_reads_our_files_too():
    written = write_csv(["a"], [["línea 1\nlínea 2"]], bom=False)

    assert list(csv.reader(io.StringIO(written.decode(), newline=""))) == [
        ["a"],
        ["línea 1\nlínea 2"],
    ]
