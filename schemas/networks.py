"""Records of a whole network: its districts, schools and members."""

from schemas.base import Choice, Flag, RecordSchema, Reference, Tags, Text, record_kind
from schemas.vocabulary import NetworkRole, Position, ScopeType


@record_kind
class District(RecordSchema):
    kind = "district"
    scope = ScopeType.NETWORK

    name = Text()
    state = Text(max_bytes=8)


@record_kind
class School(RecordSchema):
    """A school of the network: picked from the directory, or typed by name."""

    kind = "school"
    scope = ScopeType.NETWORK

    name = Text()
    district = Reference("district")
    directory_id = Text(max_bytes=64)


@record_kind
class Member(RecordSchema):
    """Who is in the network. Written by the server alone, when a membership changes."""

    kind = "member"
    scope = ScopeType.NETWORK

    name = Text()
    roles = Tags(NetworkRole)
    position = Choice(Position)
    school = Reference("school")
    district = Reference("district")
    active = Flag()
