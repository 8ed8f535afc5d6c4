"""Records of a whole network: its districts, schools and members."""

from schemas.base import Choice, Flag, Number, RecordSchema, Reference, Tags, Text, record_kind
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


@record_kind
class Framework(RecordSchema):
    """A published list of standards, or a network's own list of focus questions."""

    kind = "framework"
    scope = ScopeType.NETWORK

    title = Text()
    creator = Text()


@record_kind
class Standard(RecordSchema):
    """One item of a framework. `asks`: it is a question, offered as a focus question.

    `dropped`: the edition that was taken in last has it no more, so no new plan is offered it.
    """

    kind = "standard"
    scope = ScopeType.NETWORK

    framework = Reference("framework")
    code = Text()
    text = Text()
    asks = Flag()
    order = Number(high=99_999)
    dropped = Flag()
