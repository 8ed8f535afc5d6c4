"""The ceiling: what the fastest server of notes could be on the same gunicorn and database.

Bare views that look the session up, check each note by hand, count in the network's row and
store a batch by one statement that takes it as one parameter of JSON. They keep no log, no
hash, no versions and no rights: what the product does beyond them is what it costs. Served
beside the product, so that both meet the same process, the same pool and the same disk.
"""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Flask, Response, request
from sqlalchemy import Connection

from schemas.base import UUID, is_safe_text
from server.app import create_app
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.errors import NotFound
from server.sync.dialect import run
from tests.make import an_app
from tests.postgres import as_owner

PAGE_ROWS = 1_000
NOTES = """
CREATE TABLE ceiling_note (
    network_id VARCHAR(36), id VARCHAR(36), scope VARCHAR(64), seq BIGINT, body TEXT,
    PRIMARY KEY (network_id, id)
)
"""
INDEX = "CREATE INDEX ceiling_scope ON ceiling_note (network_id, scope, seq)"
HEADS = "CREATE TABLE ceiling_network (id VARCHAR(36) PRIMARY KEY, head BIGINT)"
HEADS_OF_ALL = "INSERT INTO ceiling_network SELECT id, 0 FROM network"

_COLUMNS = "network_id, id, scope, seq, body"
_UPSERT = "ON CONFLICT (network_id, id) DO UPDATE SET seq = excluded.seq, body = excluded.body"
_FROM_SQLITE = """
SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
"""
_FROM_POSTGRES = """
SELECT value->>0, value->>1, value->>2, (value->>3)::bigint, value->>4
FROM json_array_elements(%s::json)
"""


def _person(tx: Connection) -> str:
    token = request.cookies["rounds_session"]
    hashed = sha256(token.encode()).hexdigest()
    found: str = run(tx, "SELECT person_id FROM session WHERE token_hash = ?", hashed).scalar_one()
    return found


def _member(tx: Connection, network_id: str) -> str:
    asked = "SELECT id FROM membership WHERE network_id = ? AND person_id = ?"
    member: str | None = run(tx, asked, network_id, _person(tx)).scalar()
    if member is None:
        raise NotFound()
    return member


def _is_note(change: dict[str, Any], member_id: str) -> bool:
    return (
        UUID.match(change["id"]) is not None
        and UUID.match(change["record"]) is not None
        and change["by"] == member_id
        and change["scope"] == f"own:{member_id}"
        and all(is_safe_text(each) for each in change["set"].values() if isinstance(each, str))
    )


def push() -> Response:
    """One transaction: session, member, counter row, one upsert."""
    body = orjson.loads(request.get_data(cache=False))
    network_id = body["network"]
    with writing(network_id) as tx:
        member_id = _member(tx, network_id)
        if not all(_is_note(change, member_id) for change in body["changes"]):
            raise NotFound()
        counted = "SELECT head FROM ceiling_network WHERE id = ? {for_update}"
        head = run(tx, counted, network_id).scalar_one()
        rows = [
            [network_id, change["record"], change["scope"], seq, orjson.dumps(change).decode()]
            for seq, change in enumerate(body["changes"], head + 1)
        ]
        source = _FROM_SQLITE if tx.dialect.name == "sqlite" else _FROM_POSTGRES
        tx.exec_driver_sql(
            f"INSERT INTO ceiling_note ({_COLUMNS}) {source} {_UPSERT}",  # noqa: S608
            (orjson.dumps(rows).decode(),),
        )
        head += len(rows)
        run(tx, "UPDATE ceiling_network SET head = ? WHERE id = ?", head, network_id)
    results = [{"id": row[1], "status": "applied", "seq": row[3]} for row in rows]
    return _json({"head": head, "results": results})


def pull() -> Response:
    """A page of one scope's rows after a cursor, compressed; nothing when the head is known."""
    asked = orjson.loads(request.get_data(cache=False))
    with reading(asked["network"]) as tx:
        member_id = _member(tx, asked["network"])
        counted = "SELECT head FROM ceiling_network WHERE id = ?"
        head = run(tx, counted, asked["network"]).scalar_one()
        rows = []
        if asked.get("synced") != head:
            found = run(
                tx,
                "SELECT id, seq, body FROM ceiling_note WHERE network_id = ? AND scope = ? "
                "AND seq > ? ORDER BY seq LIMIT ?",
                asked["network"],
                f"own:{member_id}",
                asked["cursor"],
                PAGE_ROWS,
            )
            rows = [{"id": id_, "seq": seq, "body": orjson.Fragment(b)} for id_, seq, b in found]
    return _json({"head": head, "rows": rows, "more": len(rows) == PAGE_ROWS})


def _json(reply: dict[str, Any]) -> Response:
    spelled = orjson.dumps(reply)
    if len(spelled) < 1_024:
        return Response(spelled, mimetype="application/json")
    packed = gzip.compress(spelled, 1)
    return Response(packed, mimetype="application/json", headers={"Content-Encoding": "gzip"})


def make_tables(settings: Settings) -> None:
    """As whoever owns the product's tables; the server may read and write them, no more."""
    made = (NOTES, INDEX, HEADS)
    if not settings.is_sqlite:
        server = urlsplit(settings.database_url).username
        with as_owner(settings) as owner:
            for statement in made:
                owner.execute(statement)
            owner.execute(f"GRANT ALL ON ceiling_note, ceiling_network TO {server}")
    with an_app(settings), writing(EVERY_NETWORK) as tx:
        for statement in made if settings.is_sqlite else ():
            tx.exec_driver_sql(statement)
        tx.exec_driver_sql(HEADS_OF_ALL)


def make_app() -> Flask:
    """For gunicorn: `tests.load.ceiling_app:make_app()`."""
    app = create_app()
    app.add_url_rule("/api/ceiling/push", view_func=push, methods=["POST"])
    app.add_url_rule("/api/ceiling/pull", view_func=pull, methods=["POST"])
    return app
