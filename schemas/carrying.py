"""The rescue file: what a tablet wrote down so that somebody else can carry it to the server.

docs/sync-protocol.md, 8. Its changes are read one by one by server.sync.envelope, so that a
bad one stops no other; keys that nobody knows here are passed over.
"""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.base import UUID, SafeText

FORMAT, VERSION = "rounds-rescue", 1


class RescuedChange(Schema):
    """One change as the tablet would send it, and the network that it belongs to."""

    class Meta:
        unknown = EXCLUDE

    network = SafeText(required=True, validate=validate.Regexp(UUID))
    change = fields.Dict(required=True)


class RescueFile(Schema):
    """The whole file. A higher version is refused: it may say what this server cannot read."""

    class Meta:
        unknown = EXCLUDE

    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, VERSION))
    changes = fields.List(fields.Nested(RescuedChange), required=True)


class Carried(Schema):
    """What became of a file's changes: counts alone, since the carrier may not read them.

    new: stored now. known: stored before. waiting: of these, set aside until their author
    may write them. purged: deleted for good before. refused: not a change of this network's.
    elsewhere: of other networks.
    """

    new = fields.Integer(required=True)
    known = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    purged = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)
