"""Records of the debrief: where it stands, the groups on the wall, the predictions."""

from schemas.base import (
    Choice,
    Flag,
    Moment,
    Number,
    PositionField,
    RecordSchema,
    Reference,
    Text,
    record_kind,
)
from schemas.vocabulary import DotReason, HostPart, Phase, PredictionSeen, ScopeType


@record_kind
class Debrief(RecordSchema):
    """Where the debrief stands. Its id is the round's, so there is one a round.

    `step` to `added_minutes` are one clock for all devices and change in one save, so that
    of two that were moved at once one wins as a whole (server/domain/step_clock.py).
    """

    kind = "debrief"
    scope = ScopeType.ROUND

    phase = Choice(Phase)
    runbook = Reference("template")
    step = Reference("step")
    step_began_at = Moment()
    paused_at = Moment()
    added_minutes = Number(high=999)
    host_part = Choice(HostPart)
    began_at = Moment()
    predictions_shown = Flag()
    sealed_at = Moment()
    closed_at = Moment()


@record_kind
class Dot(RecordSchema):
    """A matched team's question about a card. Teams lead to classrooms: the host holds none.

    Its id is made of the card's and the team's, so that a team has one dot a card.
    """

    kind = "dot"
    scope = ScopeType.VISITORS

    card = Reference("card")
    team = Reference("team")
    reason = Choice(DotReason)


@record_kind
class LateTeam(RecordSchema):
    """A team that the room went on without before it had agreed on its cards.

    Its id is made of the team's. Teams lead to classrooms: the host holds none. Never says who
    of the team was late, nor who went on.
    """

    kind = "late_team"
    scope = ScopeType.VISITORS

    team = Reference("team")
    went_on_at = Moment()


@record_kind
class Group(RecordSchema):
    """Cards that belong together on the one wall, and the name people gave it.

    Joined to another, its cards lie there, late ones too (server/domain/board.py). Never says
    which team began it (docs/adr/0022).
    """

    kind = "group"
    scope = ScopeType.ROUND

    name = Text()
    order = Number(high=9_999)
    joined_to = Reference("group")


@record_kind
class TeamGroup(RecordSchema):
    """A group on a team's own wall. Teams lead to classrooms: the host holds none."""

    kind = "team_group"
    scope = ScopeType.VISITORS

    team = Reference("team")
    name = Text()
    order = Number(high=9_999)
    joined_to = Reference("team_group")


@record_kind
class TeamPlace(RecordSchema):
    """Where a card lies on its team's own wall. Its id is made of the card's: one a card."""

    kind = "team_place"
    scope = ScopeType.VISITORS

    card = Reference("card")
    position = PositionField()


@record_kind
class Prediction(RecordSchema):
    """If you were a student here and did everything you were asked to do ...

    `seen` and `seen_text` are said at the revisit, once the seal was opened.
    """

    kind = "prediction"
    scope = ScopeType.ROUND

    text = Text()
    agreed = Flag()
    made_from = Reference("prediction")
    seen = Choice(PredictionSeen)
    seen_text = Text()
