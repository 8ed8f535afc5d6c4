"""The directory: published lists become entries, whole or not at all."""

import os
from collections import Counter
from pathlib import Path

import pytest

from schemas.directory import DirectoryKind
from server.domain.directory import Entry, united
from server.domain.imports.reading import read_file
from server.errors import RuleBroken

SCHOOLS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "schools"
COLORADO = "district_id,district_name,campus_id,campus_name,is_district,is_charter"


def entries_in(name: str) -> dict[str, Entry]:
    file = SCHOOLS / name
    if not file.exists():
        pytest.skip("skipped: no real data")
    return {place.entry.id: place.entry for place in read_file(file.read_bytes()).places}


def entries_from(text: str, state: str | None = None) -> list[Entry]:
    return [place.entry for place in read_file(text.encode(), state).places]


def test_colorado_keeps_leading_zeros_and_repeated_names():
    entries = entries_in("co_2024_districts_schools.csv")

    kinds = Counter(entry.kind for entry in entries.values())
    assert kinds == {DirectoryKind.DISTRICT: 186, DirectoryKind.SCHOOL: 1907}
    assert entries["co/0880"].name == "Denver County 1"
    assert entries["co/0010/0187"].district_id == "co/0010"
    columbines = [e for e in entries.values() if e.name == "Columbine Elementary School"]
    assert len({entry.district_id for entry in columbines}) == len(columbines) > 2


def test_tennessee_is_known_by_its_heading():
    entries = entries_in("tn_2024_districts_schools.csv")

    assert len(entries) == 148 + 1828
    assert entries["tn/0010/00100002"].name == "Anderson County High School"


def test_the_federal_list_comes_packed_and_tells_its_own_state():
    districts = entries_in("tx_ccd2013_districts.csv.gz")
    schools = entries_in("tx_ccd2013_campuses.csv.gz")

    assert (len(districts), len(schools)) == (1265, 9336)
    assert districts["tx/054901"].nces_id == "4800001"
    assert {entry.district_id for entry in schools.values()} <= districts.keys()
    assert sum(entry.charter is True for entry in schools.values()) == 697


def test_the_new_jersey_crosswalk_brings_ids_without_names():
    entries = entries_in("nj_cds_nces_crosswalk.csv")

    assert len(entries) == 3108
    assert entries["nj/01-0010/050"].nces_id == "340066000004"
    assert all(entry.name is None for entry in entries.values())


def test_two_lists_of_one_school_meet_in_one_entry():
    named = Entry("nj/01-0010/050", DirectoryKind.SCHOOL, "NJ", "nj/01-0010", "Sample School")
    numbered = Entry("nj/01-0010/050", DirectoryKind.SCHOOL, "NJ", None, None, "340066000004")

    assert united(named, numbered) == united(numbered, named)
    assert united(named, numbered).name == "Sample School"
    assert united(named, numbered).nces_id == "340066000004"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("0010,Sample 1,0001,Sample School,MAYBE,FALSE", "import.cell_word", "is_district"),
        (",Sample 1,0001,Sample School,FALSE,FALSE", "import.cell_empty", "district_id"),
        ("0010,Sample 1,0001,,FALSE,FALSE", "import.cell_empty", "campus_name"),
        ("0010,Sample 1,0000,,TRUE,FALSE", "import.id_twice", "district_id"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(row, code, column):
    with pytest.raises(RuleBroken) as broken:
        entries_from(f"{COLORADO}\n0010,Sample 1,0000,,TRUE,FALSE\n{row}\n")

    assert broken.value.code == code
    assert broken.value.details["row"] == 3
    assert broken.value.details["column"] == column


def test_a_heading_that_no_list_has_is_refused_with_the_column_that_lacks():
    with pytest.raises(RuleBroken) as broken:
        entries_from(COLORADO.replace("campus_name", "school") + "\n1,2,3,4,TRUE,FALSE\n")

    assert broken.value.code == "import.heading"
    assert broken.value.details["column"] == "campus_name"


def test_a_list_of_another_state_in_a_known_form_says_its_state():
    entries = entries_from(f"{COLORADO}\n0010,Sample 1,0000,,TRUE,FALSE\n", state="UT")

    assert [(entry.id, entry.state) for entry in entries] == [("ut/0010", "UT")]
