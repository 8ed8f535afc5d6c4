"""The directory over the wire: districts and schools to pick from. Not records."""

from __future__ import annotations

from enum import StrEnum

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import SafeText


class DirectoryKind(StrEnum):
    DISTRICT = "district"
    SCHOOL = "school"


class DirectoryQuery(Schema):
    """What is looked for: beginnings of words, in any order."""

    class Meta:
        unknown = RAISE

    q = SafeText(required=True, validate=validate.Length(min=1, max=200))
    kind = fields.Enum(DirectoryKind, by_value=True)
    district_id = SafeText(max_bytes=64)


class DirectoryEntrySchema(Schema):
    """`district_id` and `district_name` are those of a school's district."""

    id = SafeText(required=True)
    kind = SafeText(required=True, validate=validate.OneOf([*DirectoryKind]))
    name = SafeText(required=True)
    state = SafeText(required=True)
    district_id = SafeText(required=True, allow_none=True)
    district_name = SafeText(required=True, allow_none=True)
    nces_id = SafeText(required=True, allow_none=True)
    charter = fields.Boolean(required=True, allow_none=True)


class DirectoryFound(Schema):
    """At most twenty entries; `more` says that there are others."""

    entries = fields.List(fields.Nested(DirectoryEntrySchema), required=True)
    more = fields.Boolean(required=True)
