"""Bodies about second screens: a projector or a television that shows a debrief to the room."""

from __future__ import annotations

from enum import StrEnum

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import SafeText
from schemas.vocabulary import (
    Activity,
    Actor,
    Consensus,
    CoreElement,
    Horizon,
    HostPart,
    Level,
    PatternForm,
    PatternSubject,
    Phase,
    Quantifier,
    Taker,
)


def _word(words: type[StrEnum]) -> fields.String:
    return fields.String(required=True, allow_none=True, validate=validate.OneOf([*words]))


class ScreenCode(Schema):
    """Six digits that a screen shows until somebody who leads types them."""

    code = fields.String(required=True)
    expires_at = fields.String(required=True)


class ShowBody(Schema):
    """The digits that the screen shows."""

    code = SafeText(required=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))

    class Meta:
        unknown = RAISE


class ScreenView(Schema):
    """A screen that follows a round's debrief."""

    id = fields.UUID(required=True)
    shown_since = fields.String(required=True)


class ScreenList(Schema):
    screens = fields.List(fields.Nested(ScreenView), required=True)


class LookQuery(Schema):
    """`seen`: the mark of the page that the screen has already."""

    seen = SafeText(load_default="", validate=validate.Length(max=64))

    class Meta:
        unknown = RAISE


class RoomClock(Schema):
    """One clock for all devices (server/domain/step_clock.py). Minutes as the runbook has them."""

    minutes = fields.Integer(required=True)
    began_at = fields.String(required=True, allow_none=True)
    paused_at = fields.String(required=True, allow_none=True)
    added_minutes = fields.Integer(required=True)


class RoomStep(Schema):
    """Which step the debrief stands at. Words are empty where the usual ones are said."""

    activity = _word(Activity)
    phase = _word(Phase)
    actor = _word(Actor)
    title = fields.String(required=True)
    prompts = fields.String(required=True)
    clock = fields.Nested(RoomClock, required=True)


class RoomCard(Schema):
    text = fields.String(required=True)
    element = _word(CoreElement)


class RoomGroup(Schema):
    """A group on the one wall, the cards that fit nowhere yet, or those not yet grouped."""

    place = fields.String(required=True, validate=validate.OneOf(["group", "apart", "loose"]))
    name = fields.String(required=True)
    cards = fields.List(fields.Nested(RoomCard), required=True)


class RoomPattern(Schema):
    form = _word(PatternForm)
    subject = _word(PatternSubject)
    statement = fields.String(required=True)
    quantifier = _word(Quantifier)
    consensus = _word(Consensus)
    open_question = fields.String(required=True)


class RoomItem(Schema):
    """What comes next. Who takes it on is a role or a group here, never a person."""

    text = fields.String(required=True)
    horizon = _word(Horizon)
    level = _word(Level)
    taken_on_by = _word(Taker)
    starts_first = fields.Boolean(required=True)


class RoomView(Schema):
    """What everybody in the room may see of a debrief now: what its host may read, no more.

    No names of people, no classroom, no time of a visit, no ids. Lists that the step does not
    show are empty.
    """

    title = fields.String(required=True)
    step = fields.Nested(RoomStep, required=True)
    closed = fields.Boolean(required=True)
    host_part = _word(HostPart)
    groups = fields.List(fields.Nested(RoomGroup), required=True)
    patterns = fields.List(fields.Nested(RoomPattern), required=True)
    predictions_shown = fields.Boolean(required=True)
    predictions = fields.List(fields.String(), required=True)
    sealed_at = fields.String(required=True, allow_none=True)
    opens_on = fields.String(required=True, allow_none=True)
    items = fields.List(fields.Nested(RoomItem), required=True)


class ScreenPage(Schema):
    """What a screen shows. `room` is null until somebody who leads has typed the code.

    `mark`: of what is shown; `waiting` before the code was typed, `unknown` for a screen that
    has no code or was ended.
    """

    now = fields.String(required=True)
    mark = fields.String(required=True)
    room = fields.Nested(RoomView, required=True, allow_none=True)
