"""Taking along what the server holds of oneself: as what kind of file."""

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import SafeText

FORMATS = ("json", "html")


class OwnDataQuery(Schema):
    """`json` holds everything, `html` all but the ids, for reading."""

    format = SafeText(load_default="json", validate=validate.OneOf(FORMATS))
    language = fields.String(validate=validate.OneOf(["en", "es"]))

    class Meta:
        unknown = RAISE
