"""Joining a network: the invitation's page, the six digits, and the session they open."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from schemas.accounts import CodeView, InvitationPage, JoinBody, Me, TokenBody
from server.api import settings
from server.api.answers import asked_language
from server.api.resource import Resource
from server.api.session import answer_me, device_of
from server.api.signing import find_who, session_lasts
from server.db import reading, writing
from server.errors import NotSignedIn
from server.services import invitation_views, invitations
from server.services.joining import Joining
from server.services.joining import join as join_network
from server.services.sessions import Who

resource = Resource("join", "Joining a network by an invitation.")


@resource.post("/join/look")
@resource.arguments(TokenBody)
@resource.response(200, InvitationPage)
def look_at_invitation(body: dict[str, Any]) -> dict[str, Any]:
    """What the invitation's page says. 404 for an unknown link, 410 for a used one."""
    with reading() as tx:
        return invitation_views.page_of(tx, invitations.by_token(tx, body["token"]))


@resource.post("/join/code")
@resource.arguments(TokenBody)
@resource.response(200, CodeView)
def make_code(body: dict[str, Any]) -> dict[str, Any]:
    """Six fresh digits to type in the installed app, in place of the last ones."""
    with writing() as tx:
        row = invitations.by_token(tx, body["token"])
        return invitations.add_code(tx, row.network_id, row.id)


@resource.post("/join")
@resource.arguments(JoinBody)
@resource.response(200, Me)
def join(body: dict[str, Any]) -> Response:
    """Join with a code or a link. The invitation is spent when this answers 200."""
    asked = Joining(
        code=body.get("code"),
        token=body.get("token"),
        name=body.get("name"),
        language=body.get("language") or asked_language(),
        device=device_of(body),
        as_me=_signed_in_person() if body.get("as_me") else None,
    )
    token = join_network(
        asked,
        address=request.remote_addr or "",
        site_attempts=settings().site_attempts,
        lasts=session_lasts(),
    )
    return answer_me(token)


def _signed_in_person() -> Who:
    with reading() as tx:
        found = find_who(tx)
    if found is None:
        raise NotSignedIn()
    return found
