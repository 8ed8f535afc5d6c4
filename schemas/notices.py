"""Bodies about notices: what a browser gives when it may be told something."""

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.base import SafeText


class PushKeys(Schema):
    """The browser's public key and secret, base64url."""

    class Meta:
        unknown = EXCLUDE  # browsers add what the specification has not got yet

    p256dh = SafeText(required=True, validate=validate.Length(80, 128))
    auth = SafeText(required=True, validate=validate.Length(16, 64))


class PushSubscriptionBody(Schema):
    """A `PushSubscription` as `toJSON()` writes it."""

    class Meta:
        unknown = EXCLUDE

    endpoint = SafeText(required=True, validate=validate.Length(1, 2_000))
    keys = fields.Nested(PushKeys, required=True)


class PushEndpointBody(Schema):
    class Meta:
        unknown = EXCLUDE

    endpoint = SafeText(required=True, validate=validate.Length(1, 2_000))
