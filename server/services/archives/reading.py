"""Reading an archive that somebody brings: nothing is believed, nothing is unpacked to disk.

A zip may lie about sizes, hold names that lead elsewhere, or unpack to more than a disk. So
only files with known names are read, each as a stream within the length that the manifest
says, and hashes are compared before anything is imported.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from marshmallow import ValidationError

from schemas.archives import FORMAT, LINES, VERSION, Manifest
from schemas.base import SCHEMA
from server.errors import RuleBroken
from server.services.archives.making import MANIFEST, README, SCHEMA_FILE

MAX_MANIFEST_BYTES = 1024 * 1024
MAX_LINE_BYTES = 8 * 1024 * 1024
MAX_UNPACKED_BYTES = 64 * 1024**3
PIECE = 1 << 20

FILES = tuple(f"{name}.jsonl" for name in LINES)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was found whole: its manifest, and its lines by file."""

    zip: zipfile.ZipFile
    manifest: dict[str, Any]

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """Every line of `<name>.jsonl`, checked by its schema."""
        schema, file = LINES[name](), f"{name}.jsonl"
        for number, spelled in enumerate(_split(self.zip, file), start=1):
            try:
                line: dict[str, Any] = schema.load(orjson.loads(spelled))
            except (orjson.JSONDecodeError, ValidationError) as error:
                raise RuleBroken("archive.wrong_line", file=file, line=number) from error
            yield line


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """The archive once its names, lengths and hashes were found right; RuleBroken if not."""
    try:
        with zipfile.ZipFile(path) as opened:
            _check_names(opened)
            manifest = _read_manifest(opened)
            for name in FILES:
                _check_file(opened, name, manifest["files"][name])
            yield Archive(opened, manifest)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise RuleBroken("archive.no_archive") from error


def _check_names(opened: zipfile.ZipFile) -> None:
    names = [info.filename for info in opened.infolist()]
    if MANIFEST not in names:
        raise RuleBroken("archive.no_archive")
    if sorted(names) != sorted({MANIFEST, README, SCHEMA_FILE, *FILES}):
        _refuse_newer(opened)
        raise RuleBroken("archive.other_files")
    if any(info.flag_bits & 0x1 for info in opened.infolist()):
        raise RuleBroken("archive.no_archive")


def _refuse_newer(opened: zipfile.ZipFile) -> None:
    value = _plain_manifest(opened)
    if value.get("format") != FORMAT:
        raise RuleBroken("archive.no_archive")
    for name, known in (("version", VERSION), ("schema", SCHEMA)):
        if type(value.get(name)) is int and value[name] > known:
            raise RuleBroken("archive.newer")


def _plain_manifest(opened: zipfile.ZipFile) -> dict[str, Any]:
    with opened.open(MANIFEST) as file:
        content = file.read(MAX_MANIFEST_BYTES + 1)
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise RuleBroken("archive.no_archive") from error
    if len(content) > MAX_MANIFEST_BYTES or not isinstance(value, dict):
        raise RuleBroken("archive.no_archive")
    return value


def _read_manifest(opened: zipfile.ZipFile) -> dict[str, Any]:
    _refuse_newer(opened)
    try:
        manifest: dict[str, Any] = Manifest().load(_plain_manifest(opened))
    except ValidationError as error:
        raise RuleBroken("archive.no_archive") from error
    if sorted(manifest["files"]) != sorted(FILES):
        raise RuleBroken("archive.no_archive")
    if sum(file["bytes"] for file in manifest["files"].values()) > MAX_UNPACKED_BYTES:
        raise RuleBroken("archive.too_large")
    return manifest


def _check_file(opened: zipfile.ZipFile, name: str, said: dict[str, Any]) -> None:
    """Length and hash as the manifest says. Ends as soon as there is more than it says."""
    digest, length = sha256(), 0
    try:
        with opened.open(name) as file:
            while length <= said["bytes"] and (piece := file.read(PIECE)):
                length += len(piece)
                digest.update(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise RuleBroken("archive.damaged", file=name) from error
    if (length, digest.hexdigest()) != (said["bytes"], said["sha256"]):
        raise RuleBroken("archive.damaged", file=name)


def _split(opened: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with opened.open(name) as file:
        while line := file.readline(MAX_LINE_BYTES + 1):
            if len(line) > MAX_LINE_BYTES:
                raise RuleBroken("archive.too_large")
            yield line
