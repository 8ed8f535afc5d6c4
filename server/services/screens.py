"""Second screens: a browser that shows a debrief to the room and can do nothing else.

The screen shows six digits; whoever leads types them on their tablet. So a guessed code opens
nothing: it only gives a stranger's screen something to show. What reads the debrief is the
token in the screen's own cookie, 256 bits, told once and kept as its hash.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server import clock
from server.db import enter_network
from server.domain.access import Standing
from server.errors import Busy
from server.models.screens import Screen
from server.services.audit import write_audit
from server.services.room_view import room_view
from server.services.sessions import hash_of
from server.sync.pull import network_of

ACTION = "debrief.show_on_screen"
CODE_LASTS = timedelta(minutes=10)
SHOWN_LASTS = timedelta(hours=8)
UNKNOWN, WAITING = "unknown", "waiting"
"""Marks of a page without a room."""
MOST_WAITING = 2_000
"""So few of a million codes are alive at once that one typed wrongly is hardly another's."""


def begin(tx: Connection) -> tuple[str, dict[str, str]]:
    """A screen that waits: the token for its cookie, and the code to show."""
    now = clock.now()
    tx.execute(delete(Screen).where(Screen.ends_at <= now))
    taken = set(tx.scalars(select(Screen.code).where(Screen.code.is_not(None))))
    if len(taken) >= MOST_WAITING:
        raise Busy(retry_after=60)
    code = _fresh_code(taken)
    token, ends_at = secrets.token_urlsafe(32), now + CODE_LASTS
    tx.execute(
        insert(Screen).values(
            token_hash=hash_of(token), id=clock.new_id(), code=code, ends_at=ends_at
        )
    )
    return token, {"code": code, "expires_at": clock.as_text(ends_at)}


def _fresh_code(taken: set[str | None]) -> str:
    while (code := f"{secrets.randbelow(1_000_000):06}") in taken:
        pass
    return code


def show(tx: Connection, standing: Standing, round_id: str, code: str) -> dict[str, Any] | None:
    """Let the screen with this code follow the round's debrief; None where no screen has it."""
    now = clock.now()
    row = tx.execute(
        select(Screen.id, Screen.token_hash).where(Screen.code == code, Screen.ends_at > now)
    ).first()
    if row is None:
        return None
    tx.execute(
        update(Screen)
        .where(Screen.token_hash == row.token_hash)
        .values(
            code=None,
            network_id=standing.network_id,
            round_id=round_id,
            shown_by=standing.member_id,
            shown_since=now,
            ends_at=now + SHOWN_LASTS,
        )
    )
    write_audit(tx, standing.network_id, standing.member_id, "debrief.shown_on_screen", round_id)
    return {"id": row.id, "shown_since": clock.as_text(now)}


def list_screens(tx: Connection, standing: Standing, round_id: str) -> list[dict[str, str]]:
    """The screens that follow the round's debrief now."""
    rows = tx.execute(
        select(Screen.id, Screen.shown_since)
        .where(
            Screen.network_id == standing.network_id,
            Screen.round_id == round_id,
            Screen.ends_at > clock.now(),
        )
        .order_by(Screen.shown_since, Screen.id)
    )
    return [{"id": row.id, "shown_since": clock.as_text(row.shown_since)} for row in rows]


def end(tx: Connection, standing: Standing, round_id: str, screen_id: str) -> None:
    """Take the debrief off a screen at once; nothing where it was taken off already."""
    gone = tx.execute(
        delete(Screen).where(
            Screen.network_id == standing.network_id,
            Screen.round_id == round_id,
            Screen.id == screen_id,
        )
    )
    if gone.rowcount:
        write_audit(tx, standing.network_id, standing.member_id, "debrief.left_screen", round_id)


def page(tx: Connection, token: str, seen: str) -> dict[str, Any] | None:
    """What the screen shows now; None where it has that already, by the mark it `seen`.

    A screen that was ended, or whose time is over, is told that it is UNKNOWN and begins anew:
    that is no failure of anybody's, and stands as none in a browser's log.
    """
    now = clock.now()
    row = tx.execute(
        select(Screen.network_id, Screen.round_id).where(
            Screen.token_hash == hash_of(token), Screen.ends_at > now
        )
    ).first()
    if row is None:
        return _page(UNKNOWN, None)
    if row.network_id is None:
        return None if seen == WAITING else _page(WAITING, None)
    enter_network(tx, row.network_id)
    mark = str(network_of(tx, row.network_id).head)
    if mark == seen:
        return None
    return _page(mark, room_view(tx, row.network_id, row.round_id))


def _page(mark: str, room: dict[str, Any] | None) -> dict[str, Any]:
    return {"now": clock.as_text(clock.now()), "mark": mark, "room": room}
