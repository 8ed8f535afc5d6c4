"""The members of a network: roles, places, last visits, and ways back in."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.accounts import ChangeMemberBody, MemberList, WayIn
from server.api.invitations import way_in
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.domain.access import may
from server.services import invitations, members
from server.services.audit import write_audit

resource = Resource("members", "The members of a network.")


@resource.get("/networks/<id:network_id>/members")
@signed_in
@resource.response(200, MemberList)
def list_members(network_id: str) -> dict[str, Any]:
    """The members; with last visits and devices for leads and admins."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id)
        with_devices = may(member.standing, "members.see_devices")
        return {"members": members.list_members(tx, network_id, with_devices=with_devices)}


@resource.patch("/networks/<id:network_id>/members/<id:member_id>")
@signed_in
@resource.arguments(ChangeMemberBody)
@resource.response(204)
def change_member(body: dict[str, Any], network_id: str, member_id: str) -> Response:
    """Change a member's roles, position, school or district."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="members.change")
    members.change_member(member, member_id, body)
    return Response(status=204)


@resource.delete("/networks/<id:network_id>/members/<id:member_id>")
@signed_in
@resource.response(204)
def remove_member(network_id: str, member_id: str) -> Response:
    """Take a member out of the network. What they wrote stays."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="members.change")
    members.remove_member(member, member_id)
    return Response(status=204)


@resource.delete("/networks/<id:network_id>/members/<id:member_id>/sessions")
@signed_in
@resource.response(204)
def end_member_sessions(network_id: str, member_id: str) -> Response:
    """Sign a member out on every device. What they hold unsent stays on it."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="members.change")
    members.end_sessions(member, member_id)
    return Response(status=204)


@resource.post("/networks/<id:network_id>/members/<id:member_id>/recovery")
@signed_in
@resource.response(201, WayIn)
def make_way_back(network_id: str, member_id: str) -> dict[str, Any]:
    """A single-use link and a code for a member who cannot sign in."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="members.invite")
        row = members.find_member(tx, network_id, member_id)
        members.check_may_give(member, row.roles, "")
        made = invitations.add_way_back(tx, network_id, member.id, row.person_id)
        write_audit(tx, network_id, member.id, "member.way_back_made", member_id)
        return way_in(tx, network_id, made)
