"""A network's archive: what its files hold, line by line.

An archive is a zip: a README in both languages, `schema.json` (made from here), files of
JSON Lines, and `manifest.json` with each file's length and SHA-256. Times are UTC.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import UUID, SafeText
from schemas.vocabulary import NetworkRole, ScopeType

FORMAT = "rounds-archive"
VERSION = 1

MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z\Z"
SHA256 = r"[0-9a-f]{64}\Z"


class Line(Schema):
    """One line of a file: nothing may be missing and nothing more may be there."""

    class Meta:
        unknown = RAISE


def _id(*, may_lack: bool = False, about: str = "") -> SafeText:
    return SafeText(
        required=True,
        allow_none=may_lack,
        validate=validate.Regexp(UUID),
        metadata={"description": about} if about else {},
    )


def _text(about: str = "", *, may_lack: bool = False, **kwargs: Any) -> SafeText:
    return SafeText(
        required=True,
        allow_none=may_lack,
        metadata={"description": about} if about else {},
        **kwargs,
    )


def _moment(about: str, *, may_lack: bool = False) -> SafeText:
    return _text(about, may_lack=may_lack, validate=validate.Regexp(MOMENT))


def _hash(about: str) -> SafeText:
    return _text(about, validate=validate.Regexp(SHA256))


def _number(about: str, low: int = 0) -> fields.Integer:
    return fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(low, 2**53 - 1),
        metadata={"description": about},
    )


class NetworkLine(Line):
    """The network itself: one line."""

    id = _id()
    name = _text()
    time_zone = _text("IANA name of the time zone.")
    settings = fields.Dict(keys=fields.String(), required=True)
    created_at = _moment("When the network was made.")


class PersonLine(Line):
    """Whoever is or was a member. No password and no sign-in is in an archive."""

    id = _id()
    name = _text()
    email = _text("For signing in; null where the person has none.", may_lack=True)
    language = _text()
    created_at = _moment("When the person first joined a network of the server.")


class MembershipLine(Line):
    """A person's place in the network. Its id is the `by` of changes."""

    id = _id()
    person = _id(about="The id of a person.")
    roles = fields.List(
        SafeText(validate=validate.OneOf([*NetworkRole])),
        required=True,
        metadata={"description": "What the member may do in the network."},
    )
    position = _text("What the member is at home, if told.", may_lack=True)
    school = _id(may_lack=True, about="The id of a record of kind school.")
    district = _id(may_lack=True, about="The id of a record of kind district.")
    joined_at = _moment("When the member joined.")
    removed_at = _moment("When the member left; null while they are in it.", may_lack=True)


class ChangeLine(Line):
    """One numbered row of the log. Records are what these make them."""

    seq = _number("The row's number on the server that it comes from; some are left out.", 1)
    id = _id()
    kind = _text("The record's kind, or _release or _purge.")
    record = _id(about="The record that it is about.")
    scope = _text("Who holds the record: the network, a round's people, its visitors.")
    of_kind = _text("Of a _purge: the record's kind. Else null.", may_lack=True)
    by = _id(may_lack=True, about="The member who wrote it; zeros for the server.")
    device = _id(may_lack=True, about="The device that sent it.")
    carried_by = _id(may_lack=True, about="Who brought what somebody else wrote.")
    sha256 = _hash("Of the change as canonical JSON.")
    verdict = _text(
        "What the server said of it.",
        validate=validate.OneOf(["applied", "set_aside", "_release", "_purge"]),
    )
    reason = _text("Why it was set aside, while it is.", may_lack=True)
    field = _text("The field that it was set aside for.", may_lack=True)
    received_at = _moment("When the server received it.")
    body = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "The change as it was sent; null once it was purged."},
    )


class RecordLine(Line):
    """A record as its changes make it: for reading, and to compare after an import."""

    id = _id()
    kind = _text()
    scope = _text()
    deleted = fields.Boolean(required=True)
    purged = fields.Boolean(required=True, metadata={"description": "Forgotten for good."})
    values = fields.Dict(
        required=True,
        metadata={"description": "Each field's value as a screen shows it."},
    )
    state = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "Every version that stands; null once it was purged."},
    )


class HoldLine(Line):
    """A round whose raw notes must stay, and why."""

    id = _id()
    round = _id()
    reason = _text()
    placed_by = _id()
    placed_at = _moment("When it was placed.")
    lifted_by = _id(may_lack=True)
    lifted_at = _moment("When it was lifted; null while it stands.", may_lack=True)


class NoticeLine(Line):
    """What is or was due: no text, only what it is about and when."""

    kind = _text()
    subject = _id(about="The round or the record that it is about.")
    member = _text("Whom it is for; empty for work of the server's own.")
    due_at = _moment("When it is due.")
    settled_at = _moment("When it was told or done; null while it is open.", may_lack=True)
    outcome = _text("What became of it.", may_lack=True)


class ExportLine(Line):
    """A file that left, as the register has it."""

    id = _id()
    member = _id(may_lack=True, about="Who made it; null for whoever runs the server.")
    made_at = _moment("When it left.")
    format = _text()
    filter = fields.Dict(keys=fields.String(), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), required=True)
    sha256 = _hash("Of the file.")
    rounds = fields.List(fields.String(), allow_none=True, load_default=None)


class AuditLine(Line):
    """Who did what to whom, when. Each row's hash covers the one before."""

    seq = _number("The row's number, without gaps.", 1)
    at = _moment("When it was done.")
    actor = _id(may_lack=True, about="The member who did it; null for whoever runs the server.")
    action = _text("What was done.")
    subject = _text("To whom or to what, as an id.", may_lack=True)
    covers = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "Of a file that left: the hash of its line in exports.jsonl."},
    )
    hash = _hash("Of the hash before and of this row.")


LINES: dict[str, type[Line]] = {
    "network": NetworkLine,
    "people": PersonLine,
    "members": MembershipLine,
    "changes": ChangeLine,
    "records": RecordLine,
    "holds": HoldLine,
    "notices": NoticeLine,
    "exports": ExportLine,
    "audit": AuditLine,
}
"""Each file of an archive, `<name>.jsonl`, in the order that it is written and read."""


class FileOfArchive(Line):
    lines = _number("How many lines.")
    bytes = _number("How long the file is, unpacked.")
    sha256 = _hash("Of the file, unpacked.")


class Manifest(Line):
    """manifest.json: what the archive is, and what each of its files must be."""

    format = _text(validate=validate.Equal(FORMAT))
    version = _number("Of this form of archive.", 1)
    schema = _number("Of the records.", 1)
    made_at = _moment("When the archive was made.")
    network = _id()
    name = _text()
    head = _number("The last number of the log that it comes from.")
    chain = _text("The last link of that log's chain of hashes.")
    left_out = fields.Dict(
        keys=SafeText(validate=validate.OneOf([ScopeType.OWN])),
        values=_number("How many."),
        required=True,
        metadata={"description": "Records of private scopes, by kind of scope: not in here."},
    )
    files = fields.Dict(keys=SafeText(), values=fields.Nested(FileOfArchive), required=True)
