"""Push and pull, exactly as docs/sync-protocol.md says; and looking back.

Answers come after the commit. Bodies are read and answers written by orjson; a push's
changes are checked one by one in server.sync, so that a bad one stops no other.
"""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from flask import Response, current_app, request
from marshmallow import ValidationError

from schemas.sync import (
    History,
    HistoryQuery,
    NetworkQuery,
    PullAnswer,
    PullBody,
    PushAnswer,
    PushBody,
    PushHeader,
    SetAside,
)
from server.api.body import read_json
from server.api.resource import Resource, first_field
from server.api.signing import reading_as, sender_device, signed_in, signed_in_reading, who
from server.db import reading
from server.errors import NotFound, RuleBroken, TooLarge
from server.metrics import count_verdicts
from server.sync.envelope import read_changes
from server.sync.grants import standing_of_person
from server.sync.history import history_of, set_aside_of
from server.sync.protocol import (
    MAX_BATCH_BYTES,
    MAX_CHANGES,
    OLDEST_READABLE_SCHEMA,
    Json,
    Writer,
)
from server.sync.pull import PullRequest, pull
from server.sync.push import push_batch

WORTH_PACKING = 1_024

resource = Resource("sync", "What tablets send, and what they are sent.")

_PUSH_HEADER = PushHeader()
_PULL = PullBody()
_PUSH_DOCUMENT = {"required": True, "content": {"application/json": {"schema": PushBody}}}
_PULL_DOCUMENT = {"required": True, "content": {"application/json": {"schema": PullBody}}}


class AppTooOld(RuleBroken):
    """The app cannot read what a pull would give. It may still push."""

    status = 426
    code = "sync.app_too_old"


def answer_json(reply: Json) -> Response:
    """As JSON; a page of records packed, where the device can unpack it."""
    spelled = orjson.dumps(reply)
    if len(spelled) < WORTH_PACKING or not request.accept_encodings.quality("gzip"):
        return Response(spelled, mimetype="application/json")
    packed = gzip.compress(spelled, compresslevel=1)
    return Response(packed, mimetype="application/json", headers={"Content-Encoding": "gzip"})


def check_network(network_id: str) -> None:
    """A sign-in that was narrowed to one network opens no other."""
    if who().only_network not in (None, network_id):
        raise NotFound()


def check_readable() -> None:
    """Refuse an app that could not read the answer: `Sync-Schema` below the floor."""
    if request.headers.get("Sync-Schema", OLDEST_READABLE_SCHEMA, int) < OLDEST_READABLE_SCHEMA:
        raise AppTooOld()


@resource.post("/push")
@signed_in
@resource.doc(requestBody=_PUSH_DOCUMENT)  # type: ignore[untyped-decorator]
@resource.response(200, PushAnswer)
def push_changes() -> Response:
    """Send changes. 409 `history_diverged`, 413 beyond 500 changes or 2 MiB."""
    body = _read_push(read_json(most=MAX_BATCH_BYTES, safe_text=False))
    check_network(body["network"])
    writer = Writer(person_id=who().person_id, device_id=sender_device())
    batch = read_changes(body["changes"])
    reply = push_batch(body["network"], writer, batch, (body["head"], body["chain"]))
    count_verdicts(current_app, (result.status for result in reply.results))
    return answer_json(reply.as_json())


def _read_push(value: Any) -> Json:
    body = _load(_PUSH_HEADER, value)
    if len(body["changes"]) > MAX_CHANGES:
        raise TooLarge()
    return body


def _load(schema: PushHeader | PullBody, value: Any) -> Json:
    """By one schema kept for all requests: every tablet asks every few seconds."""
    plain = schema.at_first_sight(value)
    if plain is not None:
        return plain
    try:
        loaded: Json = schema.load(value)
    except ValidationError as error:
        raise RuleBroken("request.invalid", field=first_field(error.messages)) from error
    return loaded


@resource.post("/pull")
@signed_in_reading
@resource.doc(requestBody=_PULL_DOCUMENT)  # type: ignore[untyped-decorator]
@resource.response(200, PullAnswer)
def pull_records() -> Response:
    """Fetch what changed in the scopes one holds.

    409 `history_diverged`, 410 `sync.too_long_away`, 426 app too old.
    """
    body = _load(_PULL, read_json())
    check_readable()
    asked = PullRequest(
        network_id=body["network"],
        witness=(body["head"], body["chain"]),
        synced=body["synced"],
        grants=body["grants"],
        cursors=body["cursors"],
        limit=body["limit"],
        takes_snapshots=request.headers.get("Sync-Snapshots") == "1",
    )
    with reading_as(asked.network_id) as (tx, arrival):
        check_network(asked.network_id)
        reply = pull(tx, *arrival.place(tx), asked)
    return answer_json(reply)


@resource.get("/records/<id:record_id>/history")
@signed_in
@resource.arguments(HistoryQuery, location="query")
@resource.response(200, History)
def get_history(query: dict[str, Any], record_id: str) -> Response:
    """The changes of one record, newest first, 200 at a time; `before` asks for older ones."""
    check_network(query["network"])
    with reading(query["network"]) as tx:
        standing = standing_of_person(tx, query["network"], who().person_id)
        changes = history_of(tx, standing, record_id, query.get("before"))
    return answer_json({"changes": changes})


@resource.get("/set-aside")
@signed_in
@resource.arguments(NetworkQuery, location="query")
@resource.response(200, SetAside)
def list_set_aside(query: dict[str, Any]) -> Response:
    """What waits to be accepted: one's own, and for a lead what lies in shared scopes."""
    check_network(query["network"])
    with reading(query["network"]) as tx:
        standing = standing_of_person(tx, query["network"], who().person_id)
        return answer_json(set_aside_of(tx, standing))
