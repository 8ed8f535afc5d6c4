"""Bodies about links to a return summary, which a host makes and ends."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import SafeText
from schemas.vocabulary import Audience

BY_LINK = (Audience.SCHOOL, Audience.PUBLIC)
"""Audiences that read without signing in."""


class SummaryPageBody(Schema):
    """For whom the link is."""

    audience = SafeText(required=True, validate=validate.OneOf([*BY_LINK]))

    class Meta:
        unknown = RAISE


class SummaryPageView(Schema):
    """A link that is open. Itself it is told once, when it is made."""

    audience = fields.String(required=True)
    made_at = fields.String(required=True)


class SummaryPageLink(SummaryPageView):
    link = fields.String(required=True)


class SummaryPageList(Schema):
    pages = fields.List(fields.Nested(SummaryPageView), required=True)
