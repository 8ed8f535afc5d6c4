"""Taking lists into the directory, and finding a school in it."""

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from schemas.directory import DirectoryKind
from server.db import reading
from server.errors import RuleBroken
from server.models.directory import DirectoryEntry, DirectoryWord
from server.services.directory import find_entries, import_schools

SCHOOLS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "schools"
HEADING = "district_id,district_name,campus_id,campus_name,is_district,is_charter\n"
SAMPLE = (
    "0010,Sample Valley 1,0000,,TRUE,FALSE\n"
    "0010,Sample Valley 1,0187,École José Sample,FALSE,TRUE\n"
    "0010,Sample Valley 1,0188,Invented Primary,FALSE,FALSE\n"
)


def take(rows: str, state: str | None = None) -> None:
    import_schools((HEADING + rows).encode(), "sample.csv", state=state)


def names(asked: str, **narrowed: object) -> list[str]:
    return [entry["name"] for entry in find_entries(asked, **narrowed)["entries"]]


def stored() -> tuple[int, int]:
    with reading() as tx:
        return (
            tx.scalar(select(func.count()).select_from(DirectoryEntry)) or 0,
            tx.scalar(select(func.count()).select_from(DirectoryWord)) or 0,
        )


def test_a_school_is_found_by_beginnings_of_words_without_accents(app: Flask):
    take(SAMPLE)

    found = find_entries("jose ecol")["entries"]

    assert [(e["id"], e["district_name"]) for e in found] == [("co/0010/0187", "Sample Valley 1")]


def test_a_school_is_found_by_its_districts_name_and_by_its_code(app: Flask):
    take(SAMPLE)

    assert names("sample") == ["Sample Valley 1", "Invented Primary", "École José Sample"]
    assert names("sample", kind=DirectoryKind.DISTRICT) == ["Sample Valley 1"]
    assert names("0188") == ["Invented Primary"]


def test_signs_alone_find_nothing_and_break_nothing(app: Flask):
    take(SAMPLE)

    assert [names(asked) for asked in ("%", "_", "' or 1=1", "…", "a" * 200)] == [[]] * 5


def test_the_same_list_twice_changes_nothing(app: Flask):
    take(SAMPLE)
    before = stored()

    take(SAMPLE)

    assert stored() == before


def test_a_wrong_row_leaves_nothing_behind(app: Flask):
    with pytest.raises(RuleBroken, match="import.cell_empty"):
        take(SAMPLE + "0010,Sample Valley 1,0189,,FALSE,FALSE\n")

    assert stored() == (0, 0)


def test_a_district_named_anew_is_found_by_its_new_name_through_its_schools(app: Flask):
    take(SAMPLE)

    take("0010,Renamed 7,0000,,TRUE,FALSE\n")

    assert names("renamed invented") == ["Invented Primary"]
    assert names("valley") == []


def test_ids_arrive_from_a_crosswalk_before_or_after_the_names(app: Flask):
    take("01-0010,Sample Shore,0000,,TRUE,FALSE\n", state="NJ")
    crosswalk = (
        "entity_level,county_id,district_id,school_id,nces_dist,nces_sch\n"
        "District,01,0010,,3400660,\nSchool,01,0010,050,3400660,340066000004\n"
    )

    import_schools(crosswalk.encode(), "ids.csv")

    assert names("3400660") == ["Sample Shore"]
    take("01-0010,Sample Shore,050,Dune Sample School,FALSE,FALSE\n", state="NJ")
    assert names("340066000004") == ["Dune Sample School"]


def test_four_states_lists_are_found_through_an_index(app: Flask):
    if not SCHOOLS.exists():
        pytest.skip("skipped: no real data")
    seen: list[tuple[int, int]] = []
    for name in ("co_2024_districts_schools.csv", "tx_ccd2013_campuses.csv.gz"):
        progress = lambda done, total: seen.append((done, total))  # noqa: E731
        import_schools((SCHOOLS / name).read_bytes(), name, progress=progress)

    found = find_entries("columbine elem")

    assert {entry["state"] for entry in found["entries"]} == {"CO"}
    assert len(found["entries"]) >= 5
    assert find_entries("school")["more"]
    assert seen[-1] == (9336, 9336)
    with reading() as tx:
        plan = tx.execute(
            text(
                "explain query plan select * from directory_entry where id in"
                " (select entry_id from directory_word where word >= 'colu' and word < 'colv')"
            )
        )
        assert not [row for row in plan if row.detail.startswith("SCAN")]
