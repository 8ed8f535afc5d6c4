"""Everything of one scope as a stream of lines (docs/sync-protocol.md, 4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from schemas.sync import SnapshotLines, SnapshotQuery
from server.api.resource import Resource
from server.api.signing import signed_in, who
from server.api.streams import piece_by_piece
from server.api.sync import check_network, check_readable
from server.db import reading
from server.errors import RuleBroken
from server.sync.protocol import Witness
from server.sync.snapshot import Snapshot, SnapshotRequest

resource = Resource("snapshot", "A large scope, from its beginning.")

LINES = "application/x-ndjson"
GZIP = 31
"""zlib's word for gzip's frame with the largest window."""


@resource.get("/snapshot/<scope>")
@signed_in
@resource.arguments(SnapshotQuery, location="query")
@resource.response(200, SnapshotLines, content_type=LINES)
def get_snapshot(query: dict[str, Any], scope: str) -> Response:
    """All records of a scope, one a line, in order of id. Cut, it lacks the line with `end`.

    409 `history_diverged`, 410 `sync.too_long_away` when going on from too long ago, 426 app
    too old.
    """
    check_network(query["network"])
    check_readable()
    asked = SnapshotRequest(
        network_id=query["network"],
        scope=scope,
        witness=(query["head"], query["chain"]),
        after=query.get("after", ""),
        first=_first(query),
    )
    snapshot = Snapshot(who().person_id, asked)
    with reading(asked.network_id) as tx:
        snapshot.begin(tx)
    answer = Response(mimetype=LINES)
    lines = snapshot.lines()
    if request.accept_encodings.quality("gzip") > 0:
        lines = _gzipped(lines)
        answer.headers["Content-Encoding"] = "gzip"
    answer.response = piece_by_piece(lines)
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _first(query: dict[str, Any]) -> Witness | None:
    """What the first attempt was told, where this one goes on: both or neither."""
    told = query.get("first_head"), query.get("first_chain")
    if None in told and (told != (None, None) or "after" in query):
        raise RuleBroken("request.invalid", field="first_head")
    head, chain = told
    return None if head is None or chain is None else (head, chain)


def _gzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Each chunk packed so that it can be read at once: a cut loses no line before it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, GZIP)
    for chunk in chunks:
        yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
