"""Record schemas and the fields they are made of.

A record is a set of registers (docs/sync-protocol.md, 1). Each field here says by its
class how two values of it are merged. A change's `set` names registers: `text`, `element`,
or, for a tag field `roles`, one register a tag: `roles/visitor`.

Must not know how a register is stored or merged: only what a value may look like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from schemas.vocabulary import FieldKind, ScopeType

SCHEMA = 1
"""One integer for all schemas. Sent as `Sync-Schema` and in each change."""

MAX_TEXT_BYTES = 64 * 1024
MAX_TEXT_JSON_BYTES = 2 * MAX_TEXT_BYTES
"""Of a text as JSON spells it, quotes included: a control character takes six bytes there, and
a whole change may have 256 KiB. Quotation marks and line breaks take two, so they all fit."""
MAX_INT = 2**53 - 1

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
REGISTER_NAME = re.compile(r"[A-Za-z0-9_.:/-]{1,64}\Z")
TAG_SLUG = re.compile(r"[A-Za-z0-9_.:-]{1,48}\Z")
ORDER = re.compile(r"[0-9A-Za-z]{1,64}\Z")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_SPELLED_IN_TWO = re.compile(r'["\\\x08\t\n\f\r]')
_SPELLED_IN_SIX = re.compile(r"[\x00-\x07\x0b\x0e-\x1f]")


def is_safe_text(text: str) -> bool:
    """Whether every store can keep the text: no NUL, no lone surrogate."""
    return _UNSAFE.search(text) is None


def json_bytes(text: str) -> int:
    """How many bytes the text takes as JSON.stringify spells it, quotes included."""
    in_two, in_six = (len(each.findall(text)) for each in (_SPELLED_IN_TWO, _SPELLED_IN_SIX))
    return len(text.encode()) + in_two + 5 * in_six + 2


class SafeText(fields.String):
    """Text that PostgreSQL, SQLite and JSON all keep unchanged, up to 64 KiB of UTF-8.

    Also at most 128 KiB as JSON spells it, so that no single text makes a change too large.
    Twin of pwa/src/domain/safe-text.ts; both run tests/vectors/safe_text.json.
    """

    default_error_messages = {
        "unsafe": "Holds a character that cannot be stored.",
        "too_long": "Longer than 64 KiB.",
    }

    def __init__(self, *, max_bytes: int = MAX_TEXT_BYTES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_bytes = max_bytes

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not isinstance(text, str) or not is_safe_text(text):
            raise self.make_error("unsafe")
        if len(text) * 4 > self.max_bytes and self._is_too_long(text):
            raise self.make_error("too_long")
        return text

    def _is_too_long(self, text: str) -> bool:
        return len(text.encode()) > self.max_bytes or json_bytes(text) > MAX_TEXT_JSON_BYTES

    def accepts(self, value: Any) -> bool:
        """Whether the value is good at first sight; of the others, loading says why not."""
        short = isinstance(value, str) and len(value) * 4 <= self.max_bytes
        return short and not self.validators and is_safe_text(value)


class Text(SafeText):
    """Words by a person. Every concurrent version is kept and shown."""

    kind = FieldKind.TEXT


class Choice(SafeText):
    """One word of a closed list, or nothing."""

    kind = FieldKind.CHOICE

    def __init__(self, words: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(allow_none=True, validate=validate.OneOf([*words]), **kwargs)
        self.words = words
        self._known = frozenset(str(word) for word in words)

    def accepts(self, value: Any) -> bool:
        return value is None or (isinstance(value, str) and value in self._known)


class Reference(SafeText):
    """The id of another record, or nothing. It may dangle."""

    kind = FieldKind.CHOICE

    def __init__(self, to: str, **kwargs: Any) -> None:
        super().__init__(allow_none=True, validate=validate.Regexp(UUID), **kwargs)
        self.to = to

    def accepts(self, value: Any) -> bool:
        return value is None or (isinstance(value, str) and UUID.match(value) is not None)


class Number(fields.Integer):
    """A whole number within the bounds that both languages hold exactly."""

    kind = FieldKind.CHOICE

    def __init__(self, *, low: int = 0, high: int = MAX_INT, **kwargs: Any) -> None:
        super().__init__(strict=True, allow_none=True, validate=validate.Range(low, high), **kwargs)
        self.low, self.high = low, high

    def accepts(self, value: Any) -> bool:
        return value is None or (type(value) is int and self.low <= value <= self.high)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


class Flag(fields.Boolean):
    """Yes or no, as one register."""

    kind = FieldKind.CHOICE

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def _pattern(pattern: str, example: str) -> validate.Regexp:
    return validate.Regexp(re.compile(pattern), error=f"Not of the form {example}.")


class LocalDate(SafeText):
    """A date on the network's own calendar, `2026-11-22`."""

    kind = FieldKind.CHOICE

    def __init__(self, **kwargs: Any) -> None:
        form = _pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z", "2026-11-22")
        super().__init__(allow_none=True, validate=form, **kwargs)


class LocalTime(SafeText):
    """A time of day at the host school, `09:05`."""

    kind = FieldKind.CHOICE

    def __init__(self, **kwargs: Any) -> None:
        form = _pattern(r"([01]\d|2[0-3]):[0-5]\d\Z", "09:05")
        super().__init__(allow_none=True, validate=form, **kwargs)


class Moment(SafeText):
    """A moment in UTC, `2026-11-22T09:14:03Z`. Shown, never compared."""

    kind = FieldKind.CHOICE

    def __init__(self, **kwargs: Any) -> None:
        form = _pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z\Z", "2026-11-22T09:14:03Z")
        super().__init__(allow_none=True, validate=form, **kwargs)


class DecimalText(SafeText):
    """A number as it was typed, `12.50`: digits that no language rounds on the way."""

    kind = FieldKind.CHOICE

    def __init__(self, **kwargs: Any) -> None:
        form = _pattern(r"-?(0|[1-9]\d{0,11})(\.\d{1,9})?\Z", "12.5")
        super().__init__(allow_none=True, validate=form, **kwargs)


class Tags(fields.Field[Any]):
    """A set of tags: one boolean register a tag, named `<field>/<slug>`.

    `words` closes the list; `to` says that slugs are ids of that kind of record.
    """

    kind = FieldKind.TAG

    def __init__(self, words: type[StrEnum] | None = None, *, to: str | None = None) -> None:
        super().__init__()
        self.words = words
        self.to = to

    def check(self, slug: str, value: Any) -> None:
        """Raise ValidationError unless `<field>/<slug>: value` may stand in a change."""
        if not isinstance(value, bool):
            raise ValidationError("A tag is true or false.")
        if self.words is not None and slug not in [*self.words]:
            raise ValidationError("Not a word of the list.")
        if self.to is not None and not UUID.match(slug):
            raise ValidationError("Not an id.")
        if not TAG_SLUG.match(slug):
            raise ValidationError("Not a tag.")


class PositionField(fields.Field[Any]):
    """Where a card lies: `{group, order}`, changed as one. None: nowhere yet, as after an undo."""

    kind = FieldKind.POSITION

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"group", "order"}:
            raise ValidationError("A position is a group and an order.")
        group, order = value["group"], value["order"]
        if group is not None and not (isinstance(group, str) and UUID.match(group)):
            raise ValidationError("Not an id.")
        if not (isinstance(order, str) and ORDER.match(order)):
            raise ValidationError("Not an order.")
        return value


class DeletedField(fields.Boolean):
    """Whether the record is deleted. Every kind has it."""

    kind = FieldKind.DELETED

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class RecordSchema(Schema):
    """One kind of record. Subclasses say the kind, its scope and its fields."""

    kind: ClassVar[str]
    scope: ClassVar[ScopeType]
    shows_author: ClassVar[bool] = False
    """Whether heads travel with `by` to people other than their author."""
    goes: ClassVar[bool] = False
    """Whether it is deleted for good some days after its round's debrief (docs/adr/0017)."""

    deleted = DeletedField()

    class Meta:
        unknown = RAISE


KINDS: dict[str, type[RecordSchema]] = {}
"""Every kind of record, by its name."""


def record_kind(schema: type[RecordSchema]) -> type[RecordSchema]:
    """Class decorator: enter the schema in KINDS."""
    KINDS[schema.kind] = schema
    return schema


def check_set(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a change's `set`: register name to reason; empty when all is well.

    `kind` must stand in KINDS. Reasons never repeat a value.
    """
    return check_sets(kind, [values])[0]


def check_sets(kind: str, sets: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    """`check_set` for many changes of one kind at once.

    What a field does not accept at first sight is loaded by marshmallow, all in one go.
    """
    schema = _instance(kind)
    accepting = _accepting(kind)
    wrong: list[dict[str, str]] = [{} for _ in sets]
    plain: list[dict[str, Any]] = [{} for _ in sets]
    for index, values in enumerate(sets):
        for name, value in values.items():
            accepts = accepting.get(name)
            if accepts is not None and accepts(value):
                continue
            if "/" in name or isinstance(schema.fields.get(name), Tags):
                reason = _flaw_of_tag(schema, name, value)
                if reason:
                    wrong[index][name] = reason
            else:
                plain[index][name] = value
    if not any(plain):
        return wrong
    try:
        schema.load(plain, many=True, partial=True)
    except ValidationError as error:
        by_index: Mapping[Any, Any] = error.messages_dict
        for index, messages in by_index.items():
            for name, reasons in messages.items():
                wrong[index][name] = str(reasons[0]) if isinstance(reasons, list) else "Wrong."
    return wrong


def _flaw_of_tag(schema: RecordSchema, name: str, value: Any) -> str | None:
    """What is wrong with `<field>/<slug>: value`, if anything is."""
    field_name, slash, slug = name.partition("/")
    field = schema.fields.get(field_name)
    if not slash or not isinstance(field, Tags):
        return "Unknown field."
    try:
        field.check(slug, value)
    except ValidationError as error:
        return str(error.messages[0])
    return None


_INSTANCES: dict[str, RecordSchema] = {}


def _instance(kind: str) -> RecordSchema:
    if kind not in _INSTANCES:
        _INSTANCES[kind] = KINDS[kind]()
    return _INSTANCES[kind]


_ACCEPTING: dict[str, dict[str, Callable[[Any], bool]]] = {}


def _accepting(kind: str) -> dict[str, Callable[[Any], bool]]:
    """Of each field that can tell at first sight: its `accepts`."""
    if kind not in _ACCEPTING:
        found = _instance(kind).fields.items()
        _ACCEPTING[kind] = {name: f.accepts for name, f in found if hasattr(f, "accepts")}
    return _ACCEPTING[kind]


def field_kind(kind: str, register: str) -> FieldKind | None:
    """How the register merges, or None where the kind has no such field."""
    field = _instance(kind).fields.get(register.partition("/")[0])
    return getattr(field, "kind", None)
