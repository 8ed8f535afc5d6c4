"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, request

from schemas.accounts import Me, SignInBody
from server.api import settings
from server.api.resource import Resource
from server.api.signing import (
    clear_cookie,
    cookie_name,
    session_lasts,
    set_cookie,
    signed_in,
    who,
)
from server.db import reading, writing
from server.services import accounts, sessions, vapid
from server.services.sessions import DeviceSeen

resource = Resource("session", "Signing in and out.")


def device_of(body: dict[str, Any]) -> DeviceSeen | None:
    """The device that a body names."""
    given = body.get("device")
    return DeviceSeen(given["id"], given["name"].strip()) if given else None


def answer_me(token: str) -> Response:
    """`Me` with the session's cookie; an older session of this browser ends."""
    before = request.cookies.get(cookie_name())
    with writing() as tx:
        old = sessions.find_session(tx, before) if before and before != token else None
        if old is not None:
            sessions.end_session(tx, old)
        found = sessions.find_session(tx, token)
    if found is None:  # pragma: no cover - it was made a moment ago
        raise AssertionError("a new session is not there")
    g.who = found  # so that the log says who came
    with reading(person_id=found.person_id) as tx:
        me = accounts.me_of(tx, found)
    answer = jsonify(Me().dump({**me, "vapid_public_key": vapid.public_key(settings())}))
    set_cookie(answer, token)
    return answer


@resource.post("/session")
@resource.arguments(SignInBody)
@resource.response(200, Me)
def sign_in(body: dict[str, Any]) -> Response:
    """Sign in with e-mail and password. 401 `session.wrong`, 429 after too many tries."""
    token, _ = accounts.sign_in(
        body["email"],
        body["password"],
        device_of(body),
        address=request.remote_addr or "",
        site_attempts=settings().site_attempts,
        lasts=session_lasts(),
    )
    return answer_me(token)


@resource.delete("/session")
@signed_in
@resource.response(204)
def sign_out() -> Response:
    """End this session. What the device holds unsent is the device's to keep."""
    with writing() as tx:
        sessions.end_session(tx, who())
    answer = Response(status=204)
    clear_cookie(answer)
    return answer


@resource.get("/me")
@signed_in
@resource.response(200, Me)
def get_me() -> dict[str, Any]:
    """The person who is signed in, and the networks that this session opens."""
    with reading(person_id=who().person_id) as tx:
        return {**accounts.me_of(tx, who()), "vapid_public_key": vapid.public_key(settings())}
