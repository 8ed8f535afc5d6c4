"""Inviting: places in a network, for leads and admins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response
from sqlalchemy import Connection

from schemas.accounts import InvitationList, InviteBody, InviteManyBody, Sheet, WayIn
from server.api import settings
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.services import invitation_views, invitations
from server.services.audit import write_audit
from server.services.members import check_may_give
from server.services.sessions import Member

resource = Resource("invitations", "Places in a network, kept for somebody.")


def link_of(token: str) -> str:
    """The address of an invitation's page."""
    return f"{settings().origin}/join/{token}"


def way_in(tx: Connection, network_id: str, invitation_id: str) -> dict[str, Any]:
    """A fresh link and code of an open invitation."""
    row = invitations.open_invitation(tx, network_id, invitation_id)
    code = invitations.add_code(tx, network_id, invitation_id)
    return {
        "invitation": invitation_views.view_of(row),
        "link": link_of(invitations.add_link(tx, network_id, invitation_id)),
        "code": code["code"],
        "code_expires_at": code["expires_at"],
    }


def _keep_place(tx: Connection, member: Member, place: dict[str, Any]) -> str:
    check_may_give(member, "", " ".join(place["roles"]))
    lasts = timedelta(days=settings().invitation_days)
    made = invitations.add_invitation(tx, member.network_id, member.id, place, lasts)
    write_audit(tx, member.network_id, member.id, "invitation.made", made)
    return made


@resource.get("/networks/<id:network_id>/invitations")
@signed_in
@resource.response(200, InvitationList)
def list_invitations(network_id: str) -> dict[str, Any]:
    """Every invitation of the network, the newest first. For leads and admins."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="members.invite")
        return {"invitations": invitation_views.list_invitations(tx, network_id)}


@resource.post("/networks/<id:network_id>/invitations")
@signed_in
@resource.arguments(InviteBody)
@resource.response(201, WayIn)
def invite(body: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Keep a place for one person: a link and a code."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="members.invite")
        return way_in(tx, network_id, _keep_place(tx, member, body))


@resource.post("/networks/<id:network_id>/invitations/batch")
@signed_in
@resource.arguments(InviteManyBody)
@resource.response(201, Sheet)
def invite_many(body: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Keep places for many people: links to print on one sheet and cut. All or none."""
    ways: list[dict[str, Any]] = []
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="members.invite")
        for place in body["people"]:
            made = _keep_place(tx, member, place)
            row = invitations.find_invitation(tx, network_id, made)
            link = link_of(invitations.add_link(tx, network_id, made))
            ways.append({"invitation": invitation_views.view_of(row), "link": link})
    return {"ways_in": ways}


@resource.post("/networks/<id:network_id>/invitations/<id:invitation_id>/code")
@signed_in
@resource.response(200, WayIn)
def renew_invitation(network_id: str, invitation_id: str) -> dict[str, Any]:
    """A fresh link and code of an invitation that is open. 410 when it is not."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="members.invite")
        row = invitations.open_invitation(tx, network_id, invitation_id)
        check_may_give(member, "", invitations.opened_roles(tx, row))
        return way_in(tx, network_id, invitation_id)


@resource.delete("/networks/<id:network_id>/invitations/<id:invitation_id>")
@signed_in
@resource.response(204)
def withdraw_invitation(network_id: str, invitation_id: str) -> Response:
    """End an invitation that was not used."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="members.invite")
        invitations.withdraw(tx, network_id, invitation_id)
        write_audit(tx, network_id, member.id, "invitation.withdrawn", invitation_id)
    return Response(status=204)
