"""The two files of one's own data, written while it is read: JSON with everything, and HTML to
read, without ids, headed in the person's language. Every word by a person is text there, never
markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import orjson

from schemas.base import UUID
from server import clock
from server.domain.csv_files import ABOUT
from server.messages import say
from server.services.own_data import Place, account_of, membership_of, records_at
from server.services.sessions import Who


def own_data_json(who: Who, places: Sequence[Place], language: str) -> Iterator[bytes]:
    """One document; each record on a line of its own."""
    head = {
        "format": "rounds-own-data",
        "version": 1,
        "made_at": clock.as_text(clock.now()),
        ABOUT: say("exports.line", language),
    }
    yield _open({**head, "account": account_of(who)}) + b',"networks":['
    for at, place in enumerate(places):
        yield (b"," if at else b"") + _open(membership_of(place)) + b',"records":['
        for number, record in enumerate(records_at(place)):
            yield (b",\n" if number else b"\n") + orjson.dumps(record)
        yield b"]}"
    yield b"]}\n"


def _open(values: dict[str, Any]) -> bytes:
    """An object whose last brace is still to come."""
    return orjson.dumps(values)[:-1]


def own_data_html(who: Who, places: Sequence[Place], language: str) -> Iterator[bytes]:
    """A page that needs nothing else: the account, then network by network every record."""
    title = escape(say("held.own_data", language))
    yield (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><style>body{font:1rem/1.5 '
        "system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}dt{color:#666}"
        "dd{margin:0 0 .5rem;white-space:pre-wrap}article{border-top:1px solid #ccc;"
        f"padding:.75rem 0;overflow-wrap:anywhere}}</style><main><h1>{title}</h1>"
        f"<p>{escape(say('exports.line', language))}</p>"
    ).encode()
    yield _list(account_of(who)).encode()
    for place in places:
        told = membership_of(place)
        yield f"<h2>{escape(told.pop('network')['name'])}</h2>{_list(told)}".encode()
        for record in records_at(place):
            yield _article(record, language).encode()
    yield b"</main></html>\n"


def _article(record: dict[str, Any], language: str) -> str:
    heading = escape(say(f"held.kind.{record['kind']}", language))
    gone = f" · {escape(say('held.own_deleted', language))}" if record["deleted"] else ""
    text = record["fields"].get("text")
    words = f"<p>{escape(str(text))}</p>" if text else ""
    rest = {name: value for name, value in record["fields"].items() if name != "text"}
    rest |= record["tags"] | {"versions": record.get("versions")}
    return f"<article><h3>{heading}{gone}</h3>{words}{_list(rest)}</article>"


def _list(value: Any) -> str:
    """Names and values of the JSON; what is empty is left out, and so are ids."""
    if isinstance(value, dict):
        kept = [(name.replace("_", " "), each) for name, each in value.items() if _tells(each)]
        pairs = (f"<dt>{escape(name)}<dd>{_list(each)}" for name, each in kept)
        return f"<dl>{''.join(pairs)}</dl>"
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{_list(each)}' for each in value if _tells(each))}</ul>"
    return escape(str(value))


def _tells(value: Any) -> bool:
    is_id = isinstance(value, str) and UUID.match(value) is not None
    return value not in (None, "", [], {}) and not is_id
