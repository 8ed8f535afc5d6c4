"""Carrying: a lead, or the operator, brings what a tablet wrote down in a rescue file.

Each change is pushed as its author's own, judged by what the author may do, into the
author's scope: the carrier can bring it and cannot read it. It is marked `carried_by` until
the author's own device offers the same id and hash. A file may come as often as one likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from marshmallow import ValidationError

from schemas.base import UUID
from schemas.carrying import FORMAT, VERSION, RescueFile
from server.db import reading
from server.errors import NotFound, RuleBroken
from server.services.writing_records import BATCH
from server.sync.dialect import many, run
from server.sync.envelope import read_changes
from server.sync.protocol import SERVER_ID, Json, Result, Writer
from server.sync.push import push_batch


@dataclass(slots=True)
class Carried:
    """What became of a file's changes (schemas.carrying.Carried)."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    purged: int = 0
    refused: int = 0
    elsewhere: int = 0

    def add(self, other: Carried) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def read_rescue(value: Any) -> dict[str, list[Json]]:
    """The changes of a rescue file, by network. RuleBroken for any other file."""
    if isinstance(value, dict) and value.get("format") == FORMAT:
        version = value.get("version")
        if type(version) is int and version > VERSION:
            raise RuleBroken("carry.newer_file")
    try:
        file = RescueFile().load(value)
    except ValidationError as error:
        raise RuleBroken("carry.no_rescue_file") from error
    found: dict[str, list[Json]] = {}
    for each in file["changes"]:
        found.setdefault(each["network"], []).append(each["change"])
    return found


def carry(network_id: str, carrier: str, changes: Sequence[Json]) -> Carried:
    """Take in changes that others wrote. carrier: a member id, or SERVER_ID for the operator."""
    taken = Carried()
    known = _known_ids(network_id, changes)
    for author, some in _by_author(changes):
        if author is None:
            taken.refused += len(some)
            continue
        for result in _push(network_id, author, carrier, some):
            _count(taken, result, known)
    return taken


def _known_ids(network_id: str, changes: Iterable[Json]) -> set[str]:
    ids = {each["id"] for each in changes if _is_id(each.get("id"))}
    with reading(network_id) as tx:
        found = run(
            tx,
            "SELECT id FROM change WHERE network_id = ? AND id {among}",
            network_id,
            many(tx, ids),
        )
        return {row[0] for row in found}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and UUID.match(value) is not None


def _by_author(changes: Iterable[Json]) -> Iterator[tuple[str | None, list[Json]]]:
    """The changes of each author; None for those that name nobody, or the server."""
    found: dict[str | None, list[Json]] = {}
    for change in changes:
        by = change.get("by")
        author = by if _is_id(by) and by != SERVER_ID else None
        found.setdefault(author, []).append(change)
    yield from found.items()


def _push(network_id: str, author: str, carrier: str, changes: list[Json]) -> Iterator[Result]:
    writer = Writer(author, carried_by=None if author == carrier else carrier)
    for start in range(0, len(changes), BATCH):
        batch = read_changes(changes[start : start + BATCH])
        try:
            yield from push_batch(network_id, writer, batch).results
        except NotFound:  # the author never was a member
            yield from (Result(sent.id, sent.sha256, "invalid") for sent in batch)


def _count(taken: Carried, result: Result, known: set[str]) -> None:
    if result.status == "purged":
        taken.purged += 1
    elif result.status == "invalid":
        taken.refused += 1
    else:
        taken.known += result.id in known
        taken.new += result.id not in known
        taken.waiting += result.status == "set_aside"
