"""The one door: nobody but the log writes changes and records."""

from __future__ import annotations

import re
from pathlib import Path

SERVER = Path(__file__).parents[2] / "server"
DOORS = {"sync/log.py", "sync/purge.py", "sync/projections.py"}
"""What may write these tables: the log, the emptying of bodies, and the projections."""

TABLES = {"change": "Change", "record": "Record", "participation": "Participation"}


def writes(source: str) -> bool:
    """Whether the text inserts into, updates or deletes from the tables of the log."""
    names = "|".join([*TABLES, "round_index"])
    models = "|".join([*TABLES.values(), "RoundIndex"])
    by_sql = rf"(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:{names})\b"
    by_core = rf"\b(?:insert|update|delete)\(\s*(?:models\.)?(?:{models})\b"
    by_helper = rf"insert_rows\(\s*[\w.]+,\s*\"(?:{names})\""
    by_session = rf"\.(?:add|merge|bulk_\w+)\(\s*(?:{models})\("
    return any(re.search(p, source) for p in (by_sql, by_core, by_helper, by_session))


def test_nobody_else_writes_records() -> None:
    found = {
        str(path.relative_to(SERVER))
        for path in SERVER.rglob("*.py")
        if "migrations" not in path.parts and writes(path.read_text())
    }

    assert found == DOORS


def test_the_scan_sees_what_it_looks_for() -> None:
    assert writes("tx.execute(insert(Record).values(id=1))")
    assert writes('run(tx, "UPDATE change SET body = NULL")')
    assert writes('insert_rows(tx, "record", columns, rows)')
    assert not writes("select(Record.id)")
