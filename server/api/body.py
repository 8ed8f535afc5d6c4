"""The one reader of request bodies.

Every view's JSON comes through here, so that no body can reach a schema, a hash or the
database too long, too deep, or with text that cannot be stored. What is wrong is said by an
exception of server.errors; nothing in here answers by itself.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, NoReturn

import orjson
from flask import request

from schemas.base import is_safe_text
from server.errors import LengthRequired, Malformed, TooLarge, WrongType

MAX_WIRE = 4 * 1024 * 1024
MAX_INFLATED = 8 * 1024 * 1024
MAX_BODY = 256 * 1024
"""What any body but a push may have."""
MAX_DEPTH = 32

_NEITHER = bytes(set(range(256)) - set(b'[]{}"'))
_AS_ARRAYS = bytes.maketrans(b"{}", b"[]")
_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def check_length() -> None:
    """Refuse a write whose length is not known beforehand: cut, it would look whole."""
    if request.method in {"POST", "PUT", "PATCH"} and request.content_length is None:
        raise LengthRequired()
    if "Transfer-Encoding" in request.headers and request.content_length is None:
        raise LengthRequired()
    if (request.content_length or 0) > MAX_WIRE:
        raise TooLarge()


def read_json(*, most: int = MAX_BODY, safe_text: bool = True) -> Any:
    """The body as JSON, or an exception that says what is wrong with it.

    most: bytes after inflation. safe_text: refuse NUL and lone surrogates anywhere; push
    passes False, since one bad change must not stop the others.
    """
    if request.mimetype != "application/json":
        raise WrongType()
    data = _read_bytes(most)
    check_depth(data)
    value = _parse(data)
    if safe_text and _SUSPICIOUS.search(data) and not all(map(is_safe_text, _texts(value))):
        raise Malformed("request.unsafe_text")
    return value


def _read_bytes(most: int) -> bytes:
    check_length()
    length = request.content_length or 0
    data = request.get_data(cache=False)
    if len(data) != length:
        raise Malformed("request.cut")
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "gzip":
        data = _inflate(data, min(most, MAX_INFLATED))
    elif encoding not in {"identity", ""}:
        raise WrongType()
    if len(data) > most:
        raise TooLarge()
    return data


def _inflate(data: bytes, most: int) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(data, most + 1)
    except zlib.error:
        raise Malformed() from None
    if len(plain) > most:
        raise TooLarge()
    if not stream.eof or stream.unused_data:
        raise Malformed()
    return plain


def check_depth(data: bytes) -> None:
    """Refuse more than MAX_DEPTH brackets within each other, before anything recurses.

    Each turn takes the innermost pairs away. What is left is too deep, or not closed well.
    """
    brackets = _brackets_of(data)
    left = brackets
    for _ in range(MAX_DEPTH):
        left = left.replace(b"[]", b"")
        if not left:
            return
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == ord("[") else -1
        if depth > MAX_DEPTH:
            raise Malformed("request.too_deep")


def _brackets_of(data: bytes) -> bytes:
    """The brackets that stand outside of strings, all of them square."""
    unescaped = data.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in data else data
    bare = unescaped.translate(_AS_ARRAYS, _NEITHER).replace(b'""', b"")
    return b"".join(bare.split(b'"')[::2])


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _parse(data: bytes) -> Any:
    """orjson for speed; json for what orjson refuses but a view must see, or refuse itself."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        if not _SUSPICIOUS.search(data):
            raise Malformed() from None
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed() from None


def _texts(value: Any) -> Iterator[str]:
    """Every string within a JSON value, keys too."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
