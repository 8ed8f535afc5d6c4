"""Files that a network takes in, over the wire: the look before, and taking in. Not records."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from schemas.accounts import PrintedWayIn
from schemas.base import UUID, SafeText
from schemas.vocabulary import Position

MOST_BYTES = 3 * 1024 * 1024
"""Of a file, packed or not: as base64 it stays within what a request may have."""


class LookBody(Schema):
    """A file as base64. It is read and forgotten."""

    class Meta:
        unknown = RAISE

    content = fields.String(required=True, validate=validate.Length(1, MOST_BYTES * 4 // 3 + 4))


class TakeInBody(LookBody):
    """The same file again, and what of it is wanted. `districts`, `parts`: null wants every one.

    `parts` are those of a framework, by the records of their first items.
    """

    digest = SafeText(required=True, validate=validate.Length(64, 64))
    districts = fields.List(
        SafeText(validate=validate.Regexp(UUID)), allow_none=True, validate=validate.Length(0, 2000)
    )
    parts = fields.List(
        SafeText(validate=validate.Regexp(UUID)), allow_none=True, validate=validate.Length(0, 2000)
    )
    people = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 10**7)),
        validate=validate.Length(0, 200),
    )


class ImportedPlace(Schema):
    """One place. `before`: its name in the network; `why` it is left out."""

    row = fields.Integer(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    outcome = fields.String(required=True)
    record = fields.String(required=True)
    district = fields.String(required=True, allow_none=True)
    before = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class ImportedPerson(Schema):
    """One person who works for schools. `place`: as the file names it."""

    row = fields.Integer(required=True)
    name = fields.String(required=True)
    outcome = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    position = fields.String(required=True, allow_none=True, validate=validate.OneOf([*Position]))
    school = fields.String(required=True, allow_none=True)
    district = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class ImportedFramework(Schema):
    """The framework of the file's standards."""

    title = fields.String(required=True)
    creator = fields.String(required=True)
    record = fields.String(required=True)
    outcome = fields.String(required=True)


class ImportedStandard(Schema):
    """One item of a framework. `row`: its number in the file; `part`: what it comes with.

    An item that the file has no more has no row, and is dropped whichever parts are chosen.
    """

    row = fields.Integer(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)
    asks = fields.Boolean(required=True)
    outcome = fields.String(required=True)
    record = fields.String(required=True)
    part = fields.String(required=True, allow_none=True)
    before = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class ImportNotRead(Schema):
    """A file of a zip that nothing is read of. `why`: places, no_table or not_needed."""

    name = SafeText(required=True)
    why = fields.String(required=True)


class ImportLook(Schema):
    """What taking the file in would do. `forgotten`: counted, and nothing else is known."""

    digest = fields.String(required=True)
    layout = fields.String(required=True)
    is_old_text = fields.Boolean(required=True)
    places = fields.List(fields.Nested(ImportedPlace), required=True)
    people = fields.List(fields.Nested(ImportedPerson), required=True)
    framework = fields.Nested(ImportedFramework, required=True, allow_none=True)
    standards = fields.List(fields.Nested(ImportedStandard), required=True)
    forgotten = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    left_out = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    not_read = fields.List(fields.Nested(ImportNotRead), required=True)


class ImportTaken(Schema):
    """What was taken in, and a link for each person invited."""

    places = fields.Integer(required=True)
    standards = fields.Integer(required=True)
    ways_in = fields.List(fields.Nested(PrintedWayIn), required=True)
