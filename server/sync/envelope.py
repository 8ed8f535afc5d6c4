"""Reading what a device sent: is it a change at all, and may its `set` be applied?

Runs outside the lock and looks at one change at a time (docs/sync-protocol.md, 2). A *flaw*
makes a change `invalid`: it is neither stored nor acknowledged. A *refusal* makes it
`set_aside`: stored, numbered and shown to its author, but not applied. Neither ever repeats
a value. Access is judged later, inside the lock, by push.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from schemas.base import MAX_INT, MAX_TEXT_BYTES, SCHEMA, UUID, check_sets, is_safe_text
from schemas.base import REGISTER_NAME as NAME
from schemas.kinds import KINDS
from schemas.vocabulary import SetAsideReason
from server.sync.canonical import canonical, digest
from server.sync.protocol import MAX_CHANGE_BYTES, MAX_DEPTH, MAX_NESTING, Json
from server.sync.registers import DELETED

KEYS = frozenset(
    {"id", "n", "by", "kind", "record", "scope", "schema", "made_at", "set", "seen", "depth"}
)

_KIND = re.compile(r"[a-z][a-z_]{0,63}\Z")
_SCOPE = re.compile(r"(?!local:)[a-z]{1,20}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z\Z")
_FORMS = {
    "id": UUID,
    "by": UUID,
    "record": UUID,
    "kind": _KIND,
    "scope": _SCOPE,
    "made_at": _MOMENT,
}
_FORMED = itemgetter(*_FORMS)
_ALL_FORMS = re.compile("\n".join(f.pattern.removesuffix(r"\Z") for f in _FORMS.values()) + r"\Z")
"""All six at one look, a line each: no form lets a line break through."""

Fault = tuple[str, str | None]
"""A reason, and the name of the field at fault if there is one."""


@dataclass(slots=True)
class Sent:
    """One change as it was sent. `text` and `sha256` are empty where it has no spelling."""

    change: Json
    text: str = ""
    sha256: str | None = None
    flaw: Fault | None = None
    refusal: Fault | None = None

    @property
    def id(self) -> str | None:
        """The id to answer under, if the change has one that can be told back."""
        value = self.change.get("id")
        return value if isinstance(value, str) and UUID.match(value) else None


def read_changes(raw: list[Any]) -> list[Sent]:
    """Check, spell and hash every change of a batch."""
    batch = [_read(value) for value in raw]
    _refuse_by_schema([sent for sent in batch if sent.flaw is None])
    return batch


def _read(value: Any) -> Sent:
    if not isinstance(value, dict):
        return Sent({}, flaw=("shape", None))
    sent = Sent(value, flaw=find_flaw(value))
    if sent.flaw is None:
        spelled = canonical(value)
        sent.text, sent.sha256 = spelled.decode(), digest(spelled)
        if len(spelled) > MAX_CHANGE_BYTES:
            sent.flaw = ("too_large", None)
    return sent


def find_flaw(change: Json) -> Fault | None:
    """Why this is no change, or None."""
    if not change.keys() >= KEYS:
        return ("shape", min(KEYS - change.keys()))
    if not _is_formed(change):
        return ("shape", next(key for key in _FORMS if not _has_form(change, key)))
    if not _is_whole(change["schema"], 1, MAX_DEPTH):
        return ("shape", "schema")
    if not _is_whole(change["n"], 0, MAX_INT):
        return ("shape", "n")
    return _flaw_of_set(change) or _flaw_of_seen(change) or _flaw_of_more(change)


def _is_formed(change: Json) -> bool:
    try:
        return _ALL_FORMS.match("\n".join(_FORMED(change))) is not None
    except TypeError:
        return False


def _has_form(change: Json, key: str) -> bool:
    value = change[key]
    return isinstance(value, str) and _FORMS[key].match(value) is not None


def _is_whole(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _flaw_of_set(change: Json) -> Fault | None:
    values, depth = change["set"], change["depth"]
    if not isinstance(values, dict) or not values:
        return ("shape", "set")
    if not isinstance(depth, dict) or depth.keys() != values.keys():
        return ("shape", "depth")
    for name, value in values.items():
        if not NAME.match(name):
            return ("shape", "set")
        if not _is_whole(depth[name], 1, MAX_DEPTH):
            return ("shape", name)
        reason = None if value is None else _flaw_of_value(value, 1)
        if reason:
            return (reason, name)
    return None


def _flaw_of_seen(change: Json) -> Fault | None:
    """`seen` has the keys of `set`; a change of `deleted` may add what it covers."""
    values, seen = change["set"], change["seen"]
    if not isinstance(seen, dict) or not values.keys() <= seen.keys():
        return ("shape", "seen")
    if len(seen) > len(values) and DELETED not in values:
        return ("shape", "seen")
    for name, ids in seen.items():
        if not isinstance(ids, list) or not (name in values or NAME.match(name)):
            return ("shape", "seen")
        for revision in ids:
            if not (isinstance(revision, str) and UUID.match(revision)):
                return ("shape", name)
        if change["id"] in ids:
            return ("shape", name)
    return None


def _flaw_of_more(change: Json) -> Fault | None:
    """A newer app may add keys, and the change then waits for the server's upgrade."""
    if len(change) == len(KEYS):
        return None
    more = {key: value for key, value in change.items() if key not in KEYS}
    if change["schema"] <= SCHEMA:
        return ("shape", None)
    reason = _flaw_of_value(more, 1)
    return (reason, None) if reason else None


def _flaw_of_value(value: Any, nesting: int) -> str | None:
    if isinstance(value, str):
        return _flaw_of_text(value)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return None if -MAX_INT <= value <= MAX_INT else "number"
    if nesting >= MAX_NESTING:
        return "too_deep"
    if isinstance(value, dict):
        if not all(NAME.match(key) for key in value):
            return "shape"
        value = [*value.values()]
    if not isinstance(value, list):
        return "number"
    return next(filter(None, (_flaw_of_value(each, nesting + 1) for each in value)), None)


def _flaw_of_text(text: str) -> str | None:
    if not is_safe_text(text):
        return "unsafe_text"
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode()) > MAX_TEXT_BYTES:
        return "too_large"
    return None


def _refuse_by_schema(batch: list[Sent]) -> None:
    """Set `refusal` where kind, scope or values are not of the contract."""
    by_kind: dict[str, list[Sent]] = defaultdict(list)
    for sent in batch:
        sent.refusal = _flaw_of_kind(sent.change)
        if sent.refusal is None:
            by_kind[sent.change["kind"]].append(sent)
    for kind, of_kind in by_kind.items():
        wrong = check_sets(kind, [sent.change["set"] for sent in of_kind])
        for sent, messages in zip(of_kind, wrong, strict=True):
            if messages:
                sent.refusal = (SetAsideReason.VALIDATION, min(messages))


def _flaw_of_kind(change: Json) -> Fault | None:
    if change["schema"] > SCHEMA:
        return (SetAsideReason.SCHEMA, None)
    schema = KINDS.get(change["kind"])
    if schema is None:
        return (SetAsideReason.SCHEMA, "kind")
    scope_type, _, owner = change["scope"].partition(":")
    if scope_type != schema.scope:
        return (SetAsideReason.SCOPE, "scope")
    if change["kind"] == "round" and owner != change["record"]:
        return (SetAsideReason.SCOPE, "scope")
    return None
