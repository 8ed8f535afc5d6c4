"""Bodies of requests and answers about people: signing in, joining, members.

These are not records: they are read and changed online, and never travel in the sync log.
"""

from __future__ import annotations

import re
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from schemas.base import UUID, Choice, Flag, Reference, SafeText
from schemas.retention import NotesGo
from schemas.vocabulary import NetworkRole, Position

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\Z")
_CODE = re.compile(r"\d{6}\Z")


class Body(Schema):
    """What is sent. Unknown fields are refused."""

    class Meta:
        unknown = RAISE


def _line(most: int = 200, **kwargs: Any) -> SafeText:
    """One line of text that is not empty."""
    return SafeText(
        validate=[
            validate.Length(1, most),
            validate.Regexp(re.compile(r"[^\r\n]*\S[^\r\n]*\Z")),
        ],
        **kwargs,
    )


def _email(**kwargs: Any) -> SafeText:
    return SafeText(validate=validate.Regexp(_EMAIL), **kwargs)


def _password(**kwargs: Any) -> SafeText:
    """Length is all that is asked of a password."""
    return SafeText(validate=validate.Length(10, 200), **kwargs)


def _language(**kwargs: Any) -> SafeText:
    return SafeText(validate=validate.OneOf(["en", "es"]), **kwargs)


def _role(**kwargs: Any) -> fields.List[Any]:
    one = SafeText(validate=validate.OneOf([*NetworkRole]))
    return fields.List(one, validate=validate.Length(1, len(NetworkRole)), **kwargs)


class DeviceBody(Body):
    """The device that signs in: an id that it made once, and a name that people know."""

    id = SafeText(required=True, validate=validate.Regexp(UUID))
    name = _line(100, required=True)


class SignInBody(Body):
    email = SafeText(required=True, validate=validate.Length(1, 254))
    password = SafeText(required=True, validate=validate.Length(1, 200))
    device = fields.Nested(DeviceBody)


class TokenBody(Body):
    """The token of an invitation's page."""

    token = SafeText(required=True, validate=validate.Length(1, 200))


class JoinBody(Body):
    """Six digits, or the token of a link. `as_me` joins the person who is signed in."""

    code = SafeText(validate=validate.Regexp(_CODE))
    token = SafeText(validate=validate.Length(1, 200))
    name = _line()
    language = _language()
    device = fields.Nested(DeviceBody)
    as_me = Flag()

    @validates_schema
    def check_one_way_in(self, data: dict[str, Any], **kwargs: Any) -> None:
        if ("code" in data) == ("token" in data):
            raise ValidationError("Either a code or a token.", "code")


class ChangeMeBody(Body):
    name = _line()
    language = _language()
    email = _email()
    password = _password()
    current_password = SafeText(validate=validate.Length(1, 200))


class InviteBody(Body):
    """A place for one person. The name is a help for the lead; the person may change it."""

    name = _line()
    email = _email()
    roles = _role(required=True)
    position = Choice(Position)
    school_id = Reference("school")
    district_id = Reference("district")


class InviteManyBody(Body):
    people = fields.List(fields.Nested(InviteBody), required=True, validate=validate.Length(1, 200))


class ChangeMemberBody(Body):
    """What a lead or an admin changes. A name is its person's own to change."""

    roles = _role()
    position = Choice(Position)
    school_id = Reference("school")
    district_id = Reference("district")


class NetworkBody(Body):
    """What a lead may change of the network itself."""

    name = _line()
    time_zone = SafeText(validate=validate.Length(1, 64))


class PersonView(Schema):
    """The person who is signed in, as only they see it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)
    has_password = fields.Boolean(required=True)


class NetworkView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    time_zone = fields.String(required=True)
    settings = fields.Dict(keys=fields.String(), required=True)
    retention_days = fields.Integer(required=True)


class MembershipView(Schema):
    """One network that the person belongs to, and what they are there.

    `notes_go`: rounds whose raw notes by the member go within a week.
    """

    member_id = fields.String(required=True)
    network = fields.Nested(NetworkView, required=True)
    roles = fields.List(fields.String(), required=True)
    position = fields.String(required=True, allow_none=True)
    school_id = fields.String(required=True, allow_none=True)
    district_id = fields.String(required=True, allow_none=True)
    notes_go = fields.List(fields.Nested(NotesGo), required=True)


class Me(Schema):
    person = fields.Nested(PersonView, required=True)
    memberships = fields.List(fields.Nested(MembershipView), required=True)
    server_time = fields.String(required=True)
    vapid_public_key = fields.String(required=True, allow_none=True)


class SessionView(Schema):
    """One sign-in of the person."""

    id = fields.String(required=True)
    device_name = fields.String(required=True, allow_none=True)
    created_at = fields.String(required=True)
    last_seen_at = fields.String(required=True)
    is_this_one = fields.Boolean(required=True)


class SessionList(Schema):
    sessions = fields.List(fields.Nested(SessionView), required=True)


class InvitationPage(Schema):
    """What an invitation says before anybody has signed in: no name of who invites."""

    network_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    invited_by_roles = fields.List(fields.String(), required=True)
    name = fields.String(required=True, allow_none=True)
    way_back_in = fields.Boolean(required=True)
    expires_at = fields.String(required=True)


class CodeView(Schema):
    """Six digits to type in the installed app."""

    code = fields.String(required=True)
    expires_at = fields.String(required=True)


class InvitationView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    position = fields.String(required=True, allow_none=True)
    school_id = fields.String(required=True, allow_none=True)
    district_id = fields.String(required=True, allow_none=True)
    way_back_in = fields.Boolean(required=True)
    created_at = fields.String(required=True)
    expires_at = fields.String(required=True)
    standing = fields.String(required=True, validate=validate.OneOf(["open", "used", "ended"]))


class InvitationList(Schema):
    invitations = fields.List(fields.Nested(InvitationView), required=True)


class WayIn(Schema):
    """A link and a code for one person. The link is never shown again."""

    invitation = fields.Nested(InvitationView, required=True)
    link = fields.String(required=True)
    code = fields.String(required=True)
    code_expires_at = fields.String(required=True)


class PrintedWayIn(Schema):
    invitation = fields.Nested(InvitationView, required=True)
    link = fields.String(required=True)


class Sheet(Schema):
    """Links for many people, to print and cut."""

    ways_in = fields.List(fields.Nested(PrintedWayIn), required=True)


class DeviceView(Schema):
    name = fields.String(required=True)
    last_seen_at = fields.String(required=True)


class MemberView(Schema):
    """A member, as the Members screen shows them. Devices: for leads and admins alone."""

    member_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    position = fields.String(required=True, allow_none=True)
    school_id = fields.String(required=True, allow_none=True)
    district_id = fields.String(required=True, allow_none=True)
    last_seen_at = fields.String(allow_none=True)
    devices = fields.List(fields.Nested(DeviceView))


class MemberList(Schema):
    members = fields.List(fields.Nested(MemberView), required=True)
