"""Files of the demo opened by programs that are not ours, and compared with the database."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from server.db import reading
from server.sync.dialect import run
from tests.api.test_patterns import Demo, demo, played, sentences, settings

__all__ = ["demo", "played", "settings"]

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def a_program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"skipped: {name} is not installed")
    return found


def fetched(demo: Demo, path: str, target: Path) -> Path:
    target.write_bytes(demo.somebody("analyst").get(f"{demo.path}/{path}").data)
    return target


def in_database(demo: Demo) -> Counter[str]:
    """Every piece of evidence under its pattern, as the narrow tables hold it."""
    statement = (
        "SELECT c.text FROM released_evidence e JOIN released_card c "
        "ON c.network_id = e.network_id AND c.card_id = e.card_id WHERE e.network_id = ?"
    )
    with reading(demo.network_id) as tx:
        return Counter(row[0] for row in run(tx, statement, demo.network_id))


def calculated(source: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice reads it, by name."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    office = [a_program("soffice"), profile, "--headless", "--convert-to", EVERY_SHEET]
    subprocess.run([*office, "--outdir", folder, source], check=True, capture_output=True)  # noqa: S603
    return {
        file.stem.removeprefix(f"{source.stem}-"): [
            *csv.reader(io.StringIO(file.read_bytes().decode(), newline=""))
        ]
        for file in folder.glob(f"{source.stem}-*.csv")
    }


def test_libreoffice_reads_the_workbook_as_the_database_and_the_screen_have_it(demo, tmp_path):
    a_program("soffice")
    book = fetched(demo, "export?format=xlsx&language=en", tmp_path / "book.xlsx")

    sheets = calculated(book, tmp_path)

    headings, *rows = sheets["Evidence"]
    texts = Counter(row[headings.index("Evidence")] for row in rows)
    assert texts == in_database(demo)
    shown = demo.ask("analyst")
    assert [row[0] for row in sheets["What was found"][1:]] == sentences(shown)
    assert sheets["Codebook"]
    assert ["Asked for", shown["asked"]] in sheets["Read this first"]
    told = {row[0]: row[2:4] for row in sheets["Quarter by quarter"]}
    for quarter in shown["quarters"]:
        counts = [str(quarter["rounds_count"]), str(quarter["not_released_count"])]
        assert told[quarter["quarter"]] == counts


def test_pdftotext_finds_every_sentence_of_the_screen_in_the_report(demo, tmp_path):
    report = fetched(demo, "export?format=pdf&language=en", tmp_path / "report.pdf")

    text = subprocess.run(  # noqa: S603
        [a_program("pdftotext"), "-layout", report, "-"], check=True, capture_output=True
    ).stdout.decode()

    said = "".join(text.split())
    shown = demo.ask("analyst")
    for sentence in sentences(shown):
        assert "".join(sentence.split()) in said
    for place in ("By program context", "Dual language"):
        assert "".join(place.split()) in said
