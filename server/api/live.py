"""Live hints as Server-Sent Events (docs/sync-protocol.md, 4)."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy import Connection

from schemas.base import MAX_INT
from schemas.sync import HereBody, Hint, LiveQuery
from server.api.resource import Resource
from server.api.signing import cookie_name, reading_as, signed_in, signed_in_reading, who
from server.api.streams import piece_by_piece
from server.api.sync import check_network, check_readable
from server.db import reading
from server.domain.access import may_hold, place_scope
from server.errors import Busy, NotFound
from server.services.sessions import Who, find_session
from server.sync.grants import held_scopes, standing_of_person
from server.sync.live import Listener, Looked, hints, hub
from server.sync.places import Place
from server.sync.pull import network_of, with_news

LONGEST_NUMBER = len(str(MAX_INT))

resource = Resource("live", "Word that something new is there.")

EVENTS = "text/event-stream"


@resource.get("/live")
@signed_in
@resource.arguments(LiveQuery, location="query")
@resource.response(200, Hint, content_type=EVENTS)
def listen(query: dict[str, Any]) -> Response:
    """A stream of hints `{network, head}`: pull now. Closed after five minutes; come again.

    A hint is told when a row after `head` (or the header `Last-Event-ID`) lies in a scope
    that one holds. 503 when too many listen: poll.
    """
    network_id: str = query["network"]
    check_network(network_id)
    check_readable()
    look = Look(who(), network_id, request.cookies.get(cookie_name(), ""))
    with reading(network_id) as tx:
        if not standing_of_person(tx, network_id, who().person_id).active:
            raise NotFound()
        head = network_of(tx, network_id).head
    hub().check_room()
    listener = Listener(network_id, who().person_id, _device(), _heard_before(query, head))
    answer = Response(piece_by_piece(hints(hub(), listener, look)), mimetype=EVENTS)
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


@resource.post("/live/here")
@signed_in_reading
@resource.arguments(HereBody)
@resource.response(204)
def say_where(body: dict[str, Any]) -> Response:
    """Say at which group or text one is right now, to those who visited; or that one left.

    Kept in memory for some seconds and nowhere else. Of whoever does not hold the round's
    visitors' scope nobody is told.
    """
    scope = place_scope(body["round"])
    with reading_as(body["network"]) as (tx, arrival):
        check_network(body["network"])
        _, standing = arrival.place(tx)
    if not standing.active:
        raise NotFound()
    if may_hold(standing, scope):
        place = Place(
            body["network"], scope, _device(), standing.member_id, body["record"], body["writing"]
        )
        hub().show(place)
    return Response(status=204)


def _device() -> str:
    return f"{who().person_id}/{who().device_id or who().session_id}"


def _heard_before(query: dict[str, Any], head: int) -> int:
    """The head that the device knows: by its last event, else as asked, else the newest."""
    last = request.headers.get("Last-Event-ID", "")
    is_number = last.isascii() and last.isdigit() and len(last) <= LONGEST_NUMBER
    return min(int(last) if is_number else query.get("head", head), head)


class Look:
    """What a stream holds by now, in a transaction of its own."""

    def __init__(self, began: Who, network_id: str, token: str) -> None:
        self._began = began
        self._network_id = network_id
        self._token = token

    def __call__(self, head: int) -> Looked | None:
        """None when the session or the place in the network is gone, or nobody can tell."""
        try:
            # One moment: a head and news of two would tell of a change by another's number.
            with reading(self._network_id, one_moment=True) as tx:
                return self._look(tx, head)
        except (NotFound, Busy):
            return None

    def _look(self, tx: Connection, head: int) -> Looked | None:
        found = find_session(tx, self._token)
        if found is None or found.session_id != self._began.session_id:
            return None
        network = network_of(tx, self._network_id)
        standing = standing_of_person(tx, self._network_id, found.person_id)
        scopes = held_scopes(tx, standing)
        has_news = head < network.head and bool(
            with_news(tx, self._network_id, dict.fromkeys(scopes, head))
        )
        if not standing.active:
            return None
        return Looked(network.head, frozenset(scopes), has_news, standing.member_id)
