"""Making an archive: one moment of a network, written to a zip while it is read.

The file is whole or not there: it is written beside its place and takes it in one step.
Nothing in it is held in memory but a page of rows.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import Connection, select

from schemas.archives import FORMAT, VERSION
from schemas.base import SCHEMA
from server import clock
from server.db import reading, writing
from server.models.sync import Network, RoundIndex
from server.services.archives.explained import json_schema, readme
from server.services.archives.lines import WRITTEN, left_out, moment
from server.services.backups import Progress
from server.services.exports.making import Manifest, enter_manifest

README, SCHEMA_FILE, MANIFEST = "README.txt", "schema.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class Made:
    """What an archive holds. left_out: records of private scopes that are not in it."""

    path: Path
    counts: dict[str, int]
    left_out: int
    sha256: str


def make_archive(network_id: str, target: Path, member_id: str | None, progress: Progress) -> Made:
    """Write a network's archive; the register says that it was made. member_id: who asked."""
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("xb") as file:
            os.chmod(part, 0o600)
            with reading(network_id, one_moment=True) as tx:
                manifest = _write(tx, network_id, file, progress)
            file.flush()
            os.fsync(file.fileno())
        made = _made(part, target, manifest)
        with writing(network_id) as tx:
            rounds = select(RoundIndex.round_id).where(RoundIndex.network_id == network_id)
            read = sorted(tx.scalars(rounds))
            entered = Manifest("network.archived", "zip", {}, made.counts, read)
            enter_manifest(tx, network_id, member_id, entered, made.sha256)
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return made


def _made(part: Path, target: Path, manifest: dict[str, Any]) -> Made:
    counts = {name.removesuffix(".jsonl"): f["lines"] for name, f in manifest["files"].items()}
    digest = sha256()
    with part.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return Made(target, counts, sum(manifest["left_out"].values()), digest.hexdigest())


def _write(tx: Connection, network_id: str, file: IO[bytes], progress: Progress) -> dict[str, Any]:
    network = tx.execute(select(Network.__table__).where(Network.id == network_id)).one()
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "schema": SCHEMA,
        "made_at": moment(clock.now()),
        "network": network.id,
        "name": network.name,
        "head": network.head,
        "chain": network.chain,
        "left_out": left_out(tx, network_id),
        "files": {},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, readme(manifest))
        archive.writestr(SCHEMA_FILE, orjson.dumps(json_schema(), option=orjson.OPT_INDENT_2))
        for place, (name, lines) in enumerate(WRITTEN.items()):
            progress(place, len(WRITTEN))
            described = _write_lines(archive, f"{name}.jsonl", lines(tx, network_id))
            manifest["files"][f"{name}.jsonl"] = described
        archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    progress(len(WRITTEN), len(WRITTEN))
    return manifest


def _write_lines(
    archive: zipfile.ZipFile, name: str, lines: Iterator[dict[str, Any]]
) -> dict[str, Any]:
    digest, count, length = sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as out:
        for line in lines:
            spelled = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
            out.write(spelled)
            digest.update(spelled)
            count, length = count + 1, length + len(spelled)
    return {"lines": count, "bytes": length, "sha256": digest.hexdigest()}
