"""The directory of districts and schools: taking in a published list, and looking one up.

A list is taken in whole or not at all, and a later list adds to what an earlier one told.
Entries are found by the beginnings of words, through an index, as fast with a state's
schools as with a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, delete, insert, select
from sqlalchemy.orm import aliased

from schemas.directory import DirectoryKind
from server.db import reading, writing
from server.domain.directory import Entry, united
from server.domain.folding import fold
from server.domain.imports.reading import read_file
from server.errors import RuleBroken
from server.models.directory import DirectoryEntry, DirectoryWord

FOUND_AT_MOST = 20
_BATCH = 500
_WORDS_ASKED_AT_MOST = 6
_WORD_BYTES = 40
_PART = re.compile(r"[^\W_]+")
_AFTER_ALL = "\U0010ffff"

Progress = Callable[[int, int], None]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one list brought."""

    districts: int
    schools: int


def import_schools(
    content: bytes, source: str, *, state: str | None = None, progress: Progress | None = None
) -> Taken:
    """Take in a list. RuleBroken names row and column of what is wrong; then nothing stays.

    source: the file's name. state: two letters, for a known form of list of another state.
    progress: told how many entries are stored, and of how many.
    """
    entries = entries_in(content, state)
    with writing() as tx:
        _store(tx, entries, source, progress or _nobody_watches)
    districts = sum(entry.kind == DirectoryKind.DISTRICT for entry in entries)
    return Taken(districts, len(entries) - districts)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What taking a list in would do to the directory."""

    new: int
    changed: int
    same: int


def foresee(content: bytes, state: str | None = None) -> Foreseen:
    """Count what `import_schools` would do. Stores nothing."""
    entries = entries_in(content, state)
    with reading() as tx:
        known = _entries_with(tx, DirectoryEntry.id, [entry.id for entry in entries])
    new = sum(entry.id not in known for entry in entries)
    same = sum(known.get(each.id) == united(known.get(each.id, each), each) for each in entries)
    return Foreseen(new, len(entries) - new - same, same)


def entries_in(content: bytes, state: str | None) -> list[Entry]:
    """The places of a file; each must be of a state, since the directory is of all states."""
    found = read_file(content, state)
    for place in found.places:
        if not place.entry.state:
            raise RuleBroken("import.no_state", row=place.row)
    if not found.places:
        raise RuleBroken("import.no_places")
    return [place.entry for place in found.places]


def find_entries(
    asked: str, kind: DirectoryKind | None = None, district_id: str | None = None
) -> dict[str, Any]:
    """Entries in which every asked word begins a word: districts first, then by name."""
    words = words_of(asked)[:_WORDS_ASKED_AT_MOST]
    if not words:
        return {"entries": [], "more": False}
    entry, district = DirectoryEntry, aliased(DirectoryEntry)
    query = (
        select(entry, district.name.label("district_name"))
        .outerjoin(district, district.id == entry.district_id)
        .where(entry.name.is_not(None), *(entry.id.in_(_begins(word)) for word in words))
        .order_by(entry.kind, entry.name, entry.id)
        .limit(FOUND_AT_MOST + 1)
    )
    if kind is not None:
        query = query.where(entry.kind == kind)
    if district_id is not None:
        query = query.where(entry.district_id == district_id)
    with reading() as tx:
        found = tx.execute(query).mappings().all()
    return {"entries": found[:FOUND_AT_MOST], "more": len(found) > FOUND_AT_MOST}


def words_of(text: str) -> list[str]:
    """The words of a text as the index holds them: lower case, without accents."""
    parts = _PART.findall(fold(text))
    return [part.encode()[:_WORD_BYTES].decode(errors="ignore") for part in parts]


def _begins(word: str) -> Any:
    row = DirectoryWord
    return select(row.entry_id).where(and_(row.word >= word, row.word < word + _AFTER_ALL))


def _nobody_watches(done: int, total: int) -> None:
    pass


def _batches(items: Iterable[Item], size: int = _BATCH) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def _store(tx: Connection, entries: Sequence[Entry], source: str, progress: Progress) -> None:
    """Unite with what stands, then make anew the words of every entry it touches."""
    known = _entries_with(tx, DirectoryEntry.id, [entry.id for entry in entries])
    touched = {e.id: united(known[e.id], e) if e.id in known else e for e in entries}
    done = 0
    for batch in _batches(touched.values()):
        ids = [entry.id for entry in batch]
        tx.execute(delete(DirectoryWord).where(DirectoryWord.entry_id.in_(ids)))
        tx.execute(delete(DirectoryEntry).where(DirectoryEntry.id.in_(ids)))
        tx.execute(insert(DirectoryEntry), [{**asdict(e), "source": source} for e in batch])
        progress(done := done + len(batch), len(touched))
    _index(tx, touched)


def _index(tx: Connection, touched: dict[str, Entry]) -> None:
    """Words of the touched entries, and of schools whose district was touched."""
    of_districts = [e.id for e in touched.values() if e.kind == DirectoryKind.DISTRICT]
    schools = _entries_with(tx, DirectoryEntry.district_id, of_districts)
    stale = [entry_id for entry_id in schools if entry_id not in touched]
    for ids in _batches(stale):
        tx.execute(delete(DirectoryWord).where(DirectoryWord.entry_id.in_(ids)))
    entries = {**schools, **touched}
    district_ids = {e.district_id for e in entries.values() if e.district_id} - entries.keys()
    districts = {**_entries_with(tx, DirectoryEntry.id, sorted(district_ids)), **entries}
    for batch in _batches(entries.values(), 200):
        rows = [row for entry in batch for row in _word_rows(entry, districts)]
        tx.execute(insert(DirectoryWord), rows)


def _entries_with(tx: Connection, column: Any, values: Sequence[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for batch in _batches(values):
        for row in tx.execute(select(DirectoryEntry).where(column.in_(batch))).mappings():
            fields = {name: value for name, value in row.items() if name != "source"}
            found[row["id"]] = Entry(**fields | {"kind": DirectoryKind(row["kind"])})
    return found


def _word_rows(entry: Entry, districts: dict[str, Entry]) -> list[dict[str, str]]:
    district = districts.get(entry.district_id or "")
    texts = (entry.name, district.name if district else None, entry.nces_id, entry.id)
    words = {word for text in texts if text for word in words_of(text)}
    return [{"word": word, "entry_id": entry.id} for word in sorted(words)]
