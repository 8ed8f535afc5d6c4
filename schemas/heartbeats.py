"""What a device says of itself, and what a lead sees of it: how much waits, never what."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import MAX_INT, UUID, SafeText

MOST = 1_000_000


class Emptied(Schema):
    """A device whose storage was emptied behind its person's back.

    When it was noticed, when it was last whole, and how many changes were only there.
    """

    emptied_at = fields.AwareDateTime(required=True, format="iso")
    last_whole_at = fields.AwareDateTime(required=True, format="iso")
    lost = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST))

    class Meta:
        unknown = RAISE


class HeartbeatBody(Schema):
    """`persisted` and `free_space` (bytes) are left out where the browser does not say."""

    network = SafeText(required=True, validate=validate.Regexp(UUID))
    unsent = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST))
    oldest_at = fields.AwareDateTime(allow_none=True, load_default=None, format="iso")
    set_aside = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST))
    app_version = SafeText(required=True, validate=validate.Length(1, 32))
    persisted = fields.Boolean(allow_none=True, load_default=None)
    free_space = fields.Integer(
        strict=True, allow_none=True, load_default=None, validate=validate.Range(0, MAX_INT)
    )

    emptied = fields.Nested(Emptied, allow_none=True, load_default=None)

    class Meta:
        unknown = RAISE


class EmptiedView(Schema):
    emptied_at = fields.String(required=True)
    last_whole_at = fields.String(required=True)
    lost = fields.Integer(required=True)


class RoundDevice(Schema):
    """One device of one member of a round.

    `unsent` is null where nobody knows: the device said that nothing waits, but too long ago,
    or never said anything. Then `unknown_since` is there. What it said to wait stays waiting.
    `emptied` stands there for two weeks, whatever the device says since.
    """

    member_id = fields.String(required=True)
    member_name = fields.String(required=True)
    device_name = fields.String(required=True)
    unsent = fields.Integer(required=True, allow_none=True)
    oldest_at = fields.String(required=True, allow_none=True)
    set_aside = fields.Integer(required=True, allow_none=True)
    told_at = fields.String(required=True, allow_none=True)
    unknown_since = fields.String(required=True, allow_none=True)
    app_version = fields.String(required=True, allow_none=True)
    persisted = fields.Boolean(required=True, allow_none=True)
    free_space = fields.Integer(required=True, allow_none=True)
    emptied = fields.Nested(EmptiedView, required=True, allow_none=True)


class RoundDevices(Schema):
    devices = fields.List(fields.Nested(RoundDevice), required=True)
