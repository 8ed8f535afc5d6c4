"""What the app tells of its own failures, and what an admin sees of them.

The forms leave no room for words: a name, a version, and places in our own files.
"""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import UUID, SafeText

CODE = r"[A-Za-z][A-Za-z0-9_.]{0,63}\Z"
PLACE = r"(?:assets/)?[A-Za-z0-9_-]{1,40}\.js:\d{1,7}:\d{1,7}\Z"
MOST_PLACES = 10


class ClientErrorBody(Schema):
    """`code` is the kind of failure, such as `TypeError`; `places` the innermost first."""

    network = SafeText(required=True, validate=validate.Regexp(UUID))
    code = SafeText(required=True, validate=validate.Regexp(CODE))
    version = SafeText(required=True, validate=validate.Regexp(r"[0-9A-Za-z.+-]{1,32}\Z"))
    places = fields.List(
        SafeText(validate=validate.Regexp(PLACE)),
        load_default=list,
        validate=validate.Length(max=MOST_PLACES),
    )

    class Meta:
        unknown = RAISE


class ClientErrorView(Schema):
    """One kind of failure: how often, on how many devices, since when."""

    code = fields.String(required=True)
    version = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    device_count = fields.Integer(required=True)
    last_on = fields.String(required=True)


class ClientErrorList(Schema):
    errors = fields.List(fields.Nested(ClientErrorView), required=True)
