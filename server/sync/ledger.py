"""The purge ledger: what was forgotten, kept outside the database.

A backup may still hold what was purged after it. A restore reads this file and purges it
again, before anybody asks. One JSON line a record: network, record, kind, scope and day;
never a word of what was purged. A line is on the disk before its purge is committed, so that
a cut between the two forgets too much rather than too little.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Entry:
    """One purged record. `on` is the day, in UTC."""

    network: str
    record: str
    kind: str
    scope: str
    on: str


class LedgerDamaged(Exception):
    """A line that cannot be read: purges might be forgotten."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}, line {line} cannot be read. Put back a whole copy of the file.")


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries; they are on the disk when this returns."""
    lines = b"".join(orjson.dumps(asdict(entry)) + b"\n" for entry in entries)
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, (b"\n" if _is_torn(descriptor) else b"") + lines)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(path.parent)


def copy_to(path: Path, target: Path) -> None:
    """A whole copy beside a backup, for a restore on another machine."""
    if path.exists():
        half = target.with_suffix(".part")
        half.unlink(missing_ok=True)
        append(half, read(path))
        half.replace(target)


def adopt(path: Path, other: Path) -> None:
    """Take in the entries of another copy that this one lacks."""
    known = {(entry.network, entry.record) for entry in read(path)}
    append(path, [each for each in read(other) if (each.network, each.record) not in known])


def _is_torn(descriptor: int) -> bool:
    """Whether the last line was cut: its purge was never confirmed."""
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[Entry]:
    """Every entry, the oldest first. LedgerDamaged for a line that is no entry."""
    if not path.exists():
        return
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            yield Entry(**orjson.loads(line))
        except (orjson.JSONDecodeError, TypeError) as error:
            if number == len(lines):
                return  # cut while it was written, so never confirmed
            raise LedgerDamaged(path, number) from error
