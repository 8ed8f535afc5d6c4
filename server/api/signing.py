"""Who asks: the session cookie, and what the asker is in a network.

A view that needs a session says `@signed_in` and takes the person from `who()`. A network
that the person does not belong to is not found, never forbidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request
from sqlalchemy import Connection

from schemas.base import UUID
from server.api import settings
from server.db import glance, reading, writing
from server.domain.access import may
from server.errors import Busy, Forbidden, NotFound, NotSignedIn
from server.services import sessions
from server.services.arrivals import Arrival, arrive
from server.services.sessions import Member, Who

View = TypeVar("View", bound=Callable[..., Any])


def cookie_name() -> str:
    """`__Host-` wants https. Plain http is served to this machine alone."""
    return "__Host-rounds" if settings().is_secure else "rounds_session"


def session_lasts() -> timedelta:
    """How long a session lasts without a visit."""
    return min(timedelta(days=settings().session_days), session_lasts_at_most())


def session_lasts_at_most() -> timedelta:
    return timedelta(days=settings().session_max_days)


def signed_in(view: View) -> View:
    """Refuse with 401 whoever has no session; else let the view ask `who()`."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        _let_in(glance(find_who))
        return view(*args, **kwargs)

    checked.needs_session = True  # type: ignore[attr-defined]
    return cast(View, checked)


def signed_in_reading(view: View) -> View:
    """For a view that is asked all day: it signs in within its own transaction, `reading_as`.

    Refuses whoever brings no cookie before the body is read. A view that forgets to sign in
    has nobody to ask for.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if cookie_name() not in request.cookies:
            raise NotSignedIn()
        return view(*args, **kwargs)

    checked.needs_session = True  # type: ignore[attr-defined]
    return cast(View, checked)


@contextmanager
def reading_as(network_id: str) -> Iterator[tuple[Connection, Arrival]]:
    """Read this network's rows as whoever the cookie stands for, in one transaction."""
    with reading(network_id) as tx:
        arrival = arrive(tx, request.cookies.get(cookie_name(), ""), network_id)
        _let_in(arrival.who if arrival else None)
        yield tx, cast(Arrival, arrival)


def _let_in(found: Who | None) -> None:
    if found is None:
        raise NotSignedIn()
    g.who = found
    if found.is_stale:
        _mark_seen(found)


def _mark_seen(found: Who) -> None:
    """Write that they were here, unless the database is busy: the request matters more."""
    with suppress(Busy), writing() as tx:
        sessions.mark_seen(tx, found, session_lasts(), session_lasts_at_most())


def find_who(tx: Connection) -> Who | None:
    """Who the cookie stands for, where there is one."""
    token = request.cookies.get(cookie_name())
    return sessions.find_session(tx, token) if token else None


def who() -> Who:
    """The person who asks. Only within `@signed_in`."""
    return cast(Who, g.who)


def member_of(tx: Connection, network_id: str, *, action: str | None = None) -> Member:
    """The asker as an active member of the network: NotFound for anybody else.

    action: what domain.access.ACTIONS must allow them; Forbidden when it does not.
    """
    member = sessions.member_in(tx, who(), network_id)
    if member is None or not member.active:
        raise NotFound()
    if action is not None and not may(member.standing, action):
        raise Forbidden()
    return member


def sender_device() -> str | None:
    """The id in the header `Sync-Device`, if it is one."""
    given = request.headers.get("Sync-Device", "")
    return given if UUID.match(given) else None


def set_cookie(answer: Response, token: str) -> None:
    """The cookie stays for as long as a session can last: when it ends, the server decides."""
    answer.set_cookie(
        cookie_name(),
        token,
        max_age=session_lasts_at_most(),
        path="/",
        secure=settings().is_secure,
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(answer: Response) -> None:
    answer.delete_cookie(
        cookie_name(), path="/", secure=settings().is_secure, httponly=True, samesite="Lax"
    )
