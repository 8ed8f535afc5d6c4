"""How long raw notes are kept: the bounds, what an admin sets, and what members see of it."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import SafeText

DEFAULT_DAYS = 30
MOST_DAYS = 365


class RetentionBody(Schema):
    """For how many days after a round's debrief its raw notes are kept."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_DAYS))

    class Meta:
        unknown = RAISE


class HoldBody(Schema):
    """Why a round's raw notes must stay. Every member of the network can read it."""

    reason = SafeText(required=True, validate=[validate.Length(1, 500), validate.Regexp(r".*\S")])

    class Meta:
        unknown = RAISE


class HoldView(Schema):
    reason = fields.String(required=True)
    placed_by = fields.String(required=True)
    placed_at = fields.String(required=True)


class RetentionRound(Schema):
    """When the raw notes of a round go.

    `kept_through`: the last day on the network's calendar; null where a hold keeps them, or
    where nobody closed the debrief of a round without a day. `gone`: they were deleted.
    """

    round_id = fields.String(required=True)
    host_school_id = fields.String(required=True, allow_none=True)
    visits_on = fields.String(required=True, allow_none=True)
    kept_through = fields.String(required=True, allow_none=True)
    gone = fields.Boolean(required=True)
    hold = fields.Nested(HoldView, required=True, allow_none=True)


class Retention(Schema):
    days = fields.Integer(required=True)
    unclosed_days = fields.Integer(required=True)
    rounds = fields.List(fields.Nested(RetentionRound), required=True)


class NotesGo(Schema):
    """Of a round in which one has raw notes that go soon: the last day they are kept."""

    round_id = fields.String(required=True)
    kept_through = fields.String(required=True)
