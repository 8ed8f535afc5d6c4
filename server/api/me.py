"""What a person changes of themselves, and their sign-ins on all devices."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.accounts import ChangeMeBody, Me, SessionList
from server.api import settings
from server.api.resource import Resource
from server.api.signing import signed_in, who
from server.db import reading, writing
from server.errors import NotFound
from server.services import accounts, sessions, vapid

resource = Resource("me", "The person who is signed in.")


@resource.put("/me")
@signed_in
@resource.arguments(ChangeMeBody)
@resource.response(200, Me)
def change_me(body: dict[str, Any]) -> dict[str, Any]:
    """Change name, language, e-mail or password; the last two want the current password."""
    accounts.change_me(who(), body)
    with reading(person_id=who().person_id) as tx:
        return {**accounts.me_of(tx, who()), "vapid_public_key": vapid.public_key(settings())}


@resource.get("/me/sessions")
@signed_in
@resource.response(200, SessionList)
def list_sessions() -> dict[str, Any]:
    """Every device on which the person is signed in."""
    with reading() as tx:
        return {"sessions": sessions.list_sessions(tx, who())}


@resource.delete("/me/sessions/<id:session_id>")
@signed_in
@resource.response(204)
def end_session(session_id: str) -> Response:
    """Sign out one device from afar. What it holds unsent stays on it."""
    with writing() as tx:
        if not sessions.end_session(tx, who(), session_id):
            raise NotFound()
    return Response(status=204)
