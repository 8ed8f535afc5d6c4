"""Second screens: what a projector shows, and whoever leads the debrief puts it there."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from sqlalchemy import Connection

from schemas.screens import (
    LookQuery,
    ScreenCode,
    ScreenList,
    ScreenPage,
    ScreenView,
    ShowBody,
)
from server.api import settings
from server.api.resource import Resource
from server.api.signing import member_of, signed_in, who
from server.db import reading, writing
from server.domain.access import Standing
from server.errors import NotFound
from server.services import attempts, screens
from server.services.attempts import Limit
from server.services.standings import check_in_round, standing_of

resource = Resource("screens", "Second screens that show a debrief to the room.")


def cookie_name() -> str:
    """The screen's own cookie: who signs in on the same computer keeps theirs."""
    return "__Host-rounds-screen" if settings().is_secure else "rounds_screen"


@resource.post("/screens")
@resource.response(201, ScreenCode)
def begin_screen() -> Response:
    """A screen asks for its code. It needs nobody's account, and can read nothing yet."""
    limits = [Limit(f"screens:{request.remote_addr}", settings().site_attempts)]
    with writing() as tx:
        attempts.check_limits(tx, limits)
        attempts.count_attempt(tx, limits)
        token, told = screens.begin(tx)
    answer = jsonify(ScreenCode().dump(told))
    answer.status_code = 201
    answer.set_cookie(
        cookie_name(),
        token,
        path="/",
        secure=settings().is_secure,
        httponly=True,
        samesite="Strict",
    )
    return answer


@resource.get("/screen")
@resource.arguments(LookQuery, location="query")
@resource.response(200, ScreenPage)
def look_at_screen(query: dict[str, Any]) -> Any:
    """What the screen shows; 204 where it has that already, `unknown` once it was ended."""
    with reading() as tx:
        found = screens.page(tx, request.cookies.get(cookie_name(), ""), query["seen"])
    return Response(status=204) if found is None else found


def _standing(tx: Connection, network_id: str, round_id: str) -> Standing:
    standing = standing_of(tx, network_id, member_of(tx, network_id).id)
    check_in_round(tx, standing, screens.ACTION, round_id)
    return standing


@resource.get("/networks/<id:network_id>/rounds/<id:round_id>/screens")
@signed_in
@resource.response(200, ScreenList)
def list_screens(network_id: str, round_id: str) -> dict[str, Any]:
    """The screens that follow this debrief."""
    with reading(network_id) as tx:
        standing = _standing(tx, network_id, round_id)
        return {"screens": screens.list_screens(tx, standing, round_id)}


@resource.post("/networks/<id:network_id>/rounds/<id:round_id>/screens")
@signed_in
@resource.arguments(ShowBody)
@resource.response(201, ScreenView)
def show_on_screen(body: dict[str, Any], network_id: str, round_id: str) -> dict[str, Any]:
    """Let the screen that shows these digits follow the debrief. 404 where none does."""
    limits = [
        Limit("screen_codes", attempts.ALL_CODES),
        Limit(f"screen_codes:{who().person_id}", attempts.PER_DEVICE),
    ]
    with writing(network_id) as tx:
        standing = _standing(tx, network_id, round_id)
        attempts.check_limits(tx, limits)
        shown = screens.show(tx, standing, round_id, body["code"])
        if shown is None:
            attempts.count_attempt(tx, limits)
    if shown is None:
        raise NotFound("screens.wrong_code", field="code")
    return shown


@resource.delete("/networks/<id:network_id>/rounds/<id:round_id>/screens/<id:screen_id>")
@signed_in
@resource.response(204)
def end_screen(network_id: str, round_id: str, screen_id: str) -> Response:
    """Take the debrief off a screen, at once."""
    with writing(network_id) as tx:
        screens.end(tx, _standing(tx, network_id, round_id), round_id, screen_id)
    return Response(status=204)
