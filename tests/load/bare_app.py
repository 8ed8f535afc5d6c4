"""What gunicorn serves in the benchmark: the product, and bare views to compare it with.

The bare views do the least that anybody could do by Flask and SQLAlchemy Core on the same
engine: parse the same JSON and insert the same rows into tables of the same shape, or make
the same look-ups. They check nothing, hash nothing and merge nothing.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from flask import Flask, jsonify, request
from flask.wrappers import Response
from sqlalchemy import MetaData, insert, select

from server.app import create_app
from server.db import db, reading, writing
from server.models.accounts import Membership, Session
from server.models.sync import Change, Network, Participation, Record

BARE = MetaData()
CHANGE = Change.__table__.to_metadata(BARE, name="bare_change")
RECORD = Record.__table__.to_metadata(BARE, name="bare_record")
for _table in (CHANGE, RECORD):
    for _index in _table.indexes:
        _index.name = f"bare_{_index.name}"

HASH = "0" * 64


def push_bare() -> Response:
    body = request.get_json()
    network, first = body["network"], body["head"]
    changes, records = [], []
    for seq, change in enumerate(body["changes"], first + 1):
        changes.append(_change_row(network, seq, change))
        records.append(_record_row(network, seq, change))
    with writing() as tx:
        tx.execute(insert(CHANGE), changes)
        tx.execute(insert(RECORD), records)
    return jsonify(head=first + len(changes))


def _change_row(network: str, seq: int, change: dict[str, Any]) -> dict[str, Any]:
    return {
        "network_id": network,
        "seq": seq,
        "id": change["id"],
        "device_id": None,
        "kind": change["kind"],
        "record_id": change["record"],
        "scope": change["scope"],
        "body": json.dumps(change, ensure_ascii=False, separators=(",", ":")),
        "sha256": HASH,
        "chain": HASH,
        "verdict": "applied",
        "status": "applied",
        "reason": None,
        "field": None,
        "released_seq": None,
        "author_id": change["by"],
        "carried_by": None,
        "received_at": "2026-11-22T09:14:03Z",
    }


def _record_row(network: str, seq: int, change: dict[str, Any]) -> dict[str, Any]:
    heads = {
        name: [
            {
                "id": change["id"],
                "value": value,
                "depth": change["depth"][name],
                "seen": change["seen"][name],
                "by": change["by"],
                "made_at": change["made_at"],
            }
        ]
        for name, value in change["set"].items()
    }
    return {
        "network_id": network,
        "id": change["record"],
        "kind": change["kind"],
        "scope": change["scope"],
        "seq": seq,
        "schema": change["schema"],
        "state": json.dumps(
            {"fields": heads, "missing": {}}, ensure_ascii=False, separators=(",", ":")
        ),
        "deleted": False,
    }


def pull_bare() -> Response:
    body = request.get_json()
    token = request.cookies["rounds_session"]
    with reading() as tx:
        person = tx.execute(
            select(Session.person_id, Session.expires_at).where(
                Session.token_hash == sha256(token.encode()).hexdigest()
            )
        ).one()
        network = tx.execute(
            select(Network.epoch, Network.head, Network.chain, Network.durable).where(
                Network.id == body["network"]
            )
        ).one()
        grants = tx.execute(
            select(Membership.id, Membership.roles, Participation.round_id, Participation.roles)
            .join(
                Participation,
                (Participation.network_id == Membership.network_id)
                & (Participation.member_id == Membership.id),
                isouter=True,
            )
            .where(
                Membership.network_id == body["network"], Membership.person_id == person.person_id
            )
        ).all()
    scopes = [f"round:{row.round_id}" for row in grants if row.round_id]
    return jsonify(**network._mapping, scopes=scopes, rows=[], more=False)


def with_bare_views(app: Flask) -> Flask:
    app.add_url_rule("/api/bare/push", view_func=push_bare, methods=["POST"])
    app.add_url_rule("/api/bare/pull", view_func=pull_bare, methods=["POST"])
    with app.app_context():
        BARE.create_all(db.engine)
    return app


def make_app() -> Flask:
    """For gunicorn: `tests.load.bare_app:make_app()`."""
    return with_bare_views(create_app())
