"""Copies of the product, so that a run tests one build whatever is built meanwhile.

A newer copy differs in one file of the build, and so in its version.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from pathlib import Path

from tests.serving import ROOT

BUILDS_WITHIN = 60
DIST = Path("pwa") / "dist"


def copy_product(folder: Path, source: Path = ROOT) -> Path:
    """Server, contract and build. Waits where the app is being built just now."""
    for part in ("server", "schemas"):
        shutil.copytree(source / part, folder / part)
    shutil.copy(source / "wsgi.py", folder)
    until = time.monotonic() + BUILDS_WITHIN
    while not is_whole(_copy_build(source, folder)):
        assert time.monotonic() < until, "the build is not whole: make build"
    return folder


def _copy_build(source: Path, folder: Path) -> Path:
    shutil.rmtree(folder / DIST, ignore_errors=True)
    try:
        shutil.copytree(source / DIST, folder / DIST)
    except (OSError, shutil.Error):
        return folder / "half-built"
    return folder / DIST


def is_whole(dist: Path) -> bool:
    """Whether every file that a tablet keeps is there, as the worker knows it."""
    try:
        listed = (dist / "precache.json").read_bytes()
        files = [(dist / url[1:], known) for url, known in json.loads(listed)]
        return short_hash(listed) in (dist / "sw.js").read_text() and all(
            short_hash(file.read_bytes()) == known for file, known in files
        )
    except (OSError, ValueError):
        return False


def copy_newer(folder: Path, source: Path) -> Path:
    """The product once more, with another version of the app."""
    dist = copy_product(folder, source) / DIST
    page = dist / "index.html"
    page.write_text(page.read_text().replace("<title>", '<meta name="build" content="2" /><title>'))
    old = (dist / "precache.json").read_bytes()
    kept = [[url, short_hash((dist / url[1:]).read_bytes())] for url, _ in json.loads(old)]
    new = json.dumps(kept, separators=(",", ":")).encode()
    (dist / "precache.json").write_bytes(new)
    worker = (dist / "sw.js").read_text()
    (dist / "sw.js").write_text(worker.replace(short_hash(old), short_hash(new)))
    assert is_whole(dist)
    return folder


def short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
