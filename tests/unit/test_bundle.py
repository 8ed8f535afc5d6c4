"""What a tablet loads before somebody can write, in bytes on the wire (Brotli)."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

PWA = Path(__file__).parents[2] / "pwa"
DIST = PWA / "dist"

FIRST_LOAD = 90 * 1024
WORKER = 15 * 1024
WORKER_LINES = 150

COMPRESSED = """
const { brotliCompressSync } = require("node:zlib");
const { readFileSync } = require("node:fs");
const bytes = (path) => brotliCompressSync(readFileSync(path)).length;
const sizes = process.argv.slice(1).map((path) => [path, bytes(path)]);
console.log(JSON.stringify(Object.fromEntries(sizes)));
"""
NAMED_BY_PAGE = re.compile(r"assets/[\w.-]+\.(?:js|css)")
ALL_NAMED = re.compile(r"m\.f=(\[[^\]]*\])")
OF_THE_VISIT = re.compile(r"import\([^)]*\bvisit-[^)]*\),\w+\(\[([\d,]*)\]")

pytestmark = pytest.mark.skipif(
    not (DIST / "index.html").is_file(), reason="skipped: the app was not built (make build)"
)


def brotli(*paths: Path) -> dict[str, int]:
    """Bytes of each file after Brotli, by its name."""
    done = subprocess.run(
        ["node", "-e", COMPRESSED, *map(str, paths)], capture_output=True, text=True, check=True
    )
    return {Path(path).name: size for path, size in json.loads(done.stdout).items()}


def first_load() -> set[str]:
    """What the page names, and the visit's script with all that it cannot start without."""
    page = set(NAMED_BY_PAGE.findall((DIST / "index.html").read_text()))
    (entry,) = (name for name in page if re.search(r"/index-[^/]*\.js$", name))
    script = (DIST / entry).read_text()
    listed, visit = ALL_NAMED.search(script), OF_THE_VISIT.search(script)
    assert listed
    assert visit, "the build names its files in another way now"
    names = json.loads(listed[1])
    return page | {names[int(place)] for place in visit[1].split(",")}


def test_a_visit_needs_at_most_ninety_kilobytes() -> None:
    names = first_load()
    sizes = brotli(*(DIST / name for name in names))

    assert {name.partition("-")[0] for name in sizes} >= {"index", "visit", "evidence"}
    assert sum(sizes.values()) <= FIRST_LOAD, dict(sorted(sizes.items()))


def test_no_list_of_words_is_fetched_before_the_field_is_there() -> None:
    names = {Path(name).name.partition("-")[0] for name in first_load()}

    assert not names & {"nudges", "identity", "nudge", "spanish", "english", "browser"}


def test_the_service_worker_stays_small_and_knows_no_database_library() -> None:
    worker = DIST / "sw.js"

    assert brotli(worker)["sw.js"] <= WORKER
    assert "dexie" not in worker.read_text().lower()
    assert len((PWA / "src" / "sw" / "sw.ts").read_text().splitlines()) < WORKER_LINES
