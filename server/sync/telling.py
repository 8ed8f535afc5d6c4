"""What of a record travels, and to whom.

Of who wrote a version, and when beyond the day, only its author is told, unless the schema
says that authorship is shown. A deleted record travels without its values, a purged one as
an id. Decides nothing about access: whoever asks here may read the record.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from schemas.kinds import KINDS
from server.sync.protocol import Json
from server.sync.registers import DELETED

_BEGIN, _END = '{"fields":', ',"missing":{}}'
_AUTHORED = re.compile(r'"by":"([0-9a-f-]{36})","made_at":"([0-9-]{10})[^"]*"')
"""Who and when of one head, as registers.head_of orders its keys and orjson spells them.

No words of a person can look like it: a quotation mark inside a text is spelled `\\"`.
"""


def row_of(row: Any, scope: str, member_id: str) -> Json:
    """One record as it travels to this member; row: id, kind, seq, schema, deleted, state."""
    record_id, kind, seq, schema, deleted, text = row
    if text is None:
        return {"kind": kind, "id": record_id, "scope": scope, "seq": seq, "purged": True}
    shows_author = kind in KINDS and KINDS[kind].shows_author
    by_others = scope != f"own:{member_id}"
    fields = None if deleted else _spelled(text, member_id, shows_author, by_others)
    return {
        "kind": kind,
        "id": record_id,
        "scope": scope,
        "seq": seq,
        "schema": schema,
        "deleted": bool(deleted),
        "fields": fields or _fields(text, member_id, shows_author, with_values=not deleted),
    }


def _spelled(
    text: str, member_id: str, shows_author: bool, by_others: bool
) -> orjson.Fragment | None:
    """The fields as they are spelled in the table, or None where they must be taken apart.

    by_others: whether anybody else may have written in the scope. Loading a tablet is this
    function: to parse each record and spell it again costs two to five times as much.
    """
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        return None
    spelled = text[len(_BEGIN) : -len(_END)]
    if not by_others:
        return orjson.Fragment(spelled)

    def tell(found: re.Match[str]) -> str:
        author, day = found.groups()
        if author == member_id:
            return found.group()
        return f'"by":"{author}","made_at":"{day}"' if shows_author else f'"made_at":"{day}"'

    return orjson.Fragment(_AUTHORED.sub(tell, spelled))


def _fields(text: str, member_id: str, shows_author: bool, *, with_values: bool) -> Json:
    fields: Json = orjson.loads(text)["fields"]
    return told_fields(fields, member_id, shows_author, with_values=with_values)


def told_fields(fields: Json, member_id: str, shows_author: bool, *, with_values: bool) -> Json:
    """A record's registers, without what only an author may know. Changes them in place."""
    for name, heads in fields.items():
        for head in heads:
            tell_head(head, member_id, shows_author)
            if not with_values and name != DELETED:
                del head["value"]
    return fields


def tell_head(head: Json, member_id: str, shows_author: bool) -> None:
    """Leave out what only the author may know: who it was, and when, beyond the day."""
    if head["by"] == member_id:
        return
    head["made_at"] = head["made_at"][:10]
    if not shows_author:
        del head["by"]
