"""Bodies of push, pull, history and set-aside (docs/sync-protocol.md, 4).

A push's changes are read one by one by server.sync.envelope, so that a bad one stops no
other: here they are described for openapi.json, and not checked.
"""

from __future__ import annotations

import re
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from schemas.base import MAX_INT, UUID, SafeText
from schemas.vocabulary import SetAsideReason, Verdict

Json = dict[str, Any]

_CHAIN = re.compile(r"([0-9a-f]{64})?\Z")
_HASH = validate.Regexp(_CHAIN)


def _is_number(value: Any, low: int = 0, high: int = MAX_INT) -> bool:
    return type(value) is int and low <= value <= high


def _has_witness(body: Json) -> bool:
    """Whether network, head and chain are good at first sight."""
    network, chain = body.get("network"), body.get("chain")
    return (
        type(network) is str
        and UUID.match(network) is not None
        and _is_number(body.get("head"))
        and type(chain) is str
        and _CHAIN.match(chain) is not None
    )


def _id(**kwargs: Any) -> SafeText:
    return SafeText(validate=validate.Regexp(UUID), **kwargs)


def _number(**kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, MAX_INT), **kwargs)


def _ids() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class ChangeBody(Schema):
    """What one save did to one record. Every key is part of its hash."""

    id = _id(required=True)
    n = _number(required=True)
    by = _id(required=True)
    kind = fields.String(required=True)
    record = _id(required=True)
    scope = fields.String(required=True)
    schema = _number(required=True)
    made_at = fields.String(required=True)
    set = fields.Dict(keys=fields.String(), required=True)
    seen = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    depth = fields.Dict(keys=fields.String(), values=_number(), required=True)


class PushBody(Schema):
    """Changes in order of `n`, and the witness: the greatest head and chain ever told."""

    network = _id(required=True)
    head = _number(required=True)
    chain = fields.String(required=True, validate=_HASH)
    changes = fields.List(fields.Nested(ChangeBody), required=True)

    class Meta:
        unknown = RAISE


class PushHeader(Schema):
    """What of a push is checked before its changes are looked at."""

    network = _id(required=True)
    head = _number(required=True)
    chain = fields.String(required=True, validate=_HASH)
    changes = fields.List(fields.Raw(allow_none=True), required=True)

    class Meta:
        unknown = RAISE

    def at_first_sight(self, body: Any) -> Json | None:
        """The body, where it is plainly good: every tablet sends it. Else None: load it."""
        if (
            type(body) is dict
            and len(body) == len(self.fields)
            and _has_witness(body)
            and type(body.get("changes")) is list
        ):
            return body
        return None


class ResultView(Schema):
    """What became of one change. `invalid` is the only one that was not stored."""

    id = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf([*Verdict]))
    seq = fields.Integer(required=True, allow_none=True)
    reason = fields.String()
    field = fields.String()


class PushAnswer(Schema):
    epoch = fields.String(required=True)
    head = fields.Integer(required=True)
    chain = fields.String(required=True)
    results = fields.List(fields.Nested(ResultView), required=True)


class PullBody(Schema):
    """What the device has. `synced` and `grants` come from its last whole pull."""

    network = _id(required=True)
    head = _number(required=True)
    chain = fields.String(required=True, validate=_HASH)
    synced = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(-1, MAX_INT), load_default=None
    )
    grants = SafeText(allow_none=True, load_default=None)
    cursors = fields.Dict(keys=fields.String(), values=_number(), load_default=dict)
    limit = fields.Integer(strict=True, validate=validate.Range(1, 1_000), load_default=500)

    class Meta:
        unknown = RAISE

    def at_first_sight(self, body: Any) -> Json | None:
        """The body with what it may leave out, where it is plainly good. Else None: load it."""
        if type(body) is not dict or not body.keys() <= self.fields.keys():
            return None
        asked: Json = {"synced": None, "grants": None, "cursors": {}, "limit": 500, **body}
        synced, grants, cursors = asked["synced"], asked["grants"], asked["cursors"]
        is_good = (
            _has_witness(asked)
            and (synced is None or _is_number(synced, -1))
            and (grants is None or (type(grants) is str and _CHAIN.match(grants) is not None))
            and type(cursors) is dict
            and all(map(_is_number, cursors.values()))
            and _is_number(asked["limit"], 1, 1_000)
        )
        return asked if is_good else None


class HeadView(Schema):
    """One version of one register. No value in a deleted record; `by` where it is shown."""

    id = fields.String(required=True)
    value = fields.Raw(allow_none=True)
    depth = fields.Integer(required=True)
    seen = fields.List(fields.String(), required=True)
    by = fields.String()
    made_at = fields.String()
    covers = _ids()


class RowView(Schema):
    """One record as it travels; a purged one has nothing but its place."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    scope = fields.String(required=True)
    seq = fields.Integer(required=True)
    schema = fields.Integer()
    deleted = fields.Boolean()
    purged = fields.Boolean()
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(HeadView)), data_key="fields"
    )


class PullAnswer(Schema):
    epoch = fields.String(required=True)
    head = fields.Integer(required=True)
    chain = fields.String(required=True)
    durable = fields.Integer(required=True)
    grants = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    rows = fields.List(fields.Nested(RowView), required=True)
    cursors = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    more = fields.Boolean(required=True)
    large = fields.List(fields.String())
    """Scopes to be fetched by snapshot; only told to who sends `Sync-Snapshots: 1`."""
    archived = fields.List(fields.String())
    """Scopes of rounds of long ago, kept as packs; only told where a held scope has news."""


class SnapshotQuery(Schema):
    """The witness; to go on, the last whole record and what the first attempt was told."""

    network = _id(required=True)
    head = fields.Integer(validate=validate.Range(0, MAX_INT), load_default=0)
    chain = fields.String(validate=_HASH, load_default="")
    after = SafeText(validate=validate.Regexp(UUID))
    first_head = fields.Integer(validate=validate.Range(0, MAX_INT))
    first_chain = fields.String(validate=_HASH)

    class Meta:
        unknown = RAISE


class SnapshotLines(Schema):
    """Of the first line `epoch` to `schema`, of the last `end` to `digest`; between, rows."""

    epoch = fields.String()
    head = fields.Integer()
    chain = fields.String()
    scope = fields.String()
    schema = fields.Integer()
    rows = fields.List(fields.Nested(RowView))
    end = fields.Boolean()
    count = fields.Integer()
    digest = fields.String()


class LiveQuery(Schema):
    """`head`: the one that the device read up to; what came after it is told at once."""

    network = _id(required=True)
    head = fields.Integer(validate=validate.Range(0, MAX_INT))

    class Meta:
        unknown = RAISE


class Hint(Schema):
    """The `data` of one event. Its id is the head."""

    network = fields.String(required=True)
    head = fields.Integer(required=True)


class HereBody(Schema):
    """Where one is: at a record of a round, reading or writing; `record` null: no longer."""

    network = _id(required=True)
    round = _id(required=True)
    record = _id(required=True, allow_none=True)
    writing = fields.Boolean(load_default=False)

    class Meta:
        unknown = RAISE


class NetworkQuery(Schema):
    network = _id(required=True)

    class Meta:
        unknown = RAISE


class HistoryQuery(NetworkQuery):
    before = fields.Integer(validate=validate.Range(1, MAX_INT))


class PastChange(Schema):
    """One applied change. `by` where authorship is shown or it is one's own."""

    seq = fields.Integer(required=True)
    id = fields.String(required=True)
    by = fields.String()
    made_at = fields.String(required=True)
    schema = fields.Integer(required=True)
    set = fields.Dict(keys=fields.String(), required=True)
    seen = _ids()
    depth = fields.Dict(keys=fields.String(), values=fields.Integer())


class History(Schema):
    changes = fields.List(fields.Nested(PastChange), required=True)


class WaitingChange(Schema):
    """A change that was set aside, whole, and why."""

    seq = fields.Integer(required=True)
    reason = fields.String(required=True, validate=validate.OneOf([*SetAsideReason]))
    field = fields.String(required=True, allow_none=True)
    change = fields.Dict(keys=fields.String(), required=True)


class WaitingPrivately(Schema):
    """How many private changes of others wait, and why: no more is said of them."""

    reason = fields.String(required=True, validate=validate.OneOf([*SetAsideReason]))
    count = fields.Integer(required=True)
    oldest_on = fields.String(required=True)


class SetAside(Schema):
    """One's own, what leads see of shared scopes, and a count of the rest."""

    mine = fields.List(fields.Nested(WaitingChange), required=True)
    shared = fields.List(fields.Nested(WaitingChange), required=True)
    private = fields.List(fields.Nested(WaitingPrivately), required=True)
