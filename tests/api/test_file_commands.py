"""The commands that take files in and out, run as an operator runs them."""

import json
import subprocess
import sys

import pytest

from server.config import Settings
from server.db import reading
from server.services.exports.making import list_exports
from server.sync.read import records_of
from tests.serving import ROOT, environment_of

NETWORK = "Demo Network of Invented Schools"
NOTES = 'classroom_ref,seq,actor,note_text\nLesson A,1,student,"S: ""¿Por qué?"""\n'


@pytest.fixture
def rounds(app, settings: Settings):
    """Runs `rounds ...` on the test's own database."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "server.cli", *words],
            env=environment_of(settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    return run


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
        register = list_exports(tx, demo["network_id"])
    assert [note.get("text") for note in notes] == ['S: "¿Por qué?"']
    assert "8 patterns of 2 rounds." in taken.stdout
    assert "tasks say which steps to take" in out.read_text(encoding="utf-8-sig")
    assert [(made["format"], made["member_id"]) for made in register] == [("csv", None)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "the column \u201ccampus_id\u201d is missing"),
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
