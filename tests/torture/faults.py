"""What a link and a server do to one exchange: the catalogue, one function a fault.

A fault gets the exchange (`ask`, which may be called never, once or twice), the body and
the dice, and returns what the device hears: an answer, or None for silence. Portals and
proxies answer in the server's place, without its header. Says nothing about what must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any, Protocol

from sqlalchemy import Connection, event

from server.db import db
from tests.sync.faults import a_full_disk
from tests.torture.wire import Answer


class Ask(Protocol):
    def __call__(self, cut_at: int | None = None) -> Answer: ...


Fault = Callable[[Ask, bytes, Random], Answer | None]


class Killed(BaseException):
    """The process died here. Not an Exception: nothing may catch it and go on."""


def ok(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    return ask()


def lost_request(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    return None


def lost_answer(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    ask()
    return None


def cut_request(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    """The server sees a body shorter than was announced; the device hears an error or nothing."""
    first = dice.choice([0, max(0, len(body) - 300)])
    answer = ask(cut_at=dice.randrange(first, len(body)))
    return answer if dice.random() < 0.5 else None


def cut_answer(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    answer = ask()
    return Answer(answer.status, answer.headers, answer.body[: dice.randrange(len(answer.body))])


def sent_twice(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    ask()
    return ask()


def killed_after_commit(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    ask()
    db.engine.dispose()
    return None


def killed_before_commit(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    with dying_at_commit(dice.randrange(2)), suppress(Killed):
        ask()
    db.engine.dispose()
    return None


def full_disk(ask: Ask, body: bytes, dice: Random) -> Answer | None:
    with a_full_disk():
        return ask()


def _instead(status: int, words: bytes, reaches: bool = False, **headers: str) -> Fault:
    """Somebody else answers; `reaches`: after the server has, and its answer is thrown away."""

    def fault(ask: Ask, body: bytes, dice: Random) -> Answer | None:
        if reaches:
            ask()
        return Answer(status, {"Content-Type": "text/html", **headers}, words)

    return fault


FAULTS: dict[str, Fault] = {
    "lost request": lost_request,
    "lost answer": lost_answer,
    "cut request": cut_request,
    "cut answer": cut_answer,
    "sent twice": sent_twice,
    "killed before commit": killed_before_commit,
    "killed after commit": killed_after_commit,
    "full disk": full_disk,
    "portal": _instead(200, b"<html>Welcome to the guest Wi-Fi</html>"),
    "portal in JSON": _instead(200, b'{"results": [], "head": 0, "chain": "", "epoch": ""}'),
    "nothing 204": _instead(204, b""),
    "redirect": _instead(302, b"", Location="https://portal.example/login"),
    "proxy 401": _instead(401, b"<html>Proxy</html>"),
    "proxy 403": _instead(403, b"<html>Blocked</html>"),
    "proxy 413": _instead(413, b"<html>Too large</html>"),
    "proxy 429": _instead(429, b"<html>Slow down</html>"),
    "proxy 500": _instead(500, b"<html>Oops</html>"),
    "gateway 502 after": _instead(502, b"<html>Bad gateway</html>", reaches=True),
    "gateway 503": _instead(503, b"<html>Away</html>"),
    "gateway 504 after": _instead(504, b"<html>Too late</html>", reaches=True),
}
"""Every fault of one exchange by its name, as reports count them."""

_SHARES = {"full disk": 1, "killed before commit": 3, "killed after commit": 2, "cut request": 8}
NAMES = [name for name in FAULTS for _ in range(_SHARES.get(name, 4))]
"""What acts draw from: some faults are slow, some are wanted more often."""


@contextmanager
def dying_at_commit(after: int = 0) -> Iterator[None]:
    """A transaction that writes dies when it wants to commit: the first, or one after it."""
    left = [after]

    def die(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            if not left[0]:
                raise Killed
            left[0] -= 1

    event.listen(db.engine, "commit", die)
    try:
        yield
    finally:
        event.remove(db.engine, "commit", die)


def exhaust(ask: Callable[[int], Any], body: bytes, step: int = 1) -> Iterator[Any]:
    """The body cut at every byte, one after the other."""
    for at in range(0, len(body), step):
        yield ask(at)
