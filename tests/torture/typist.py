"""Somebody who types real notes at ten keys a second, until their browser is killed.

The kill comes from another thread, at a moment that knows nothing of keys: within a save, a
key press, a request. What the page last said of where the words are is remembered here, with
the words that stood on the page in that same moment.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from threading import Timer

import playwright.sync_api

from tests.browser.engines import Engine

SECONDS_A_KEY = 0.1
PAUSES, PAUSE = 0.1, 0.8
"""How often somebody looks up, and for how long."""
PROMISED_SECONDS = 1.0
LOADED_MACHINE = 0.5
"""What a busy machine may take beyond the promise before it is called broken."""
SAVED = ("on_tablet", "on_server")
GONE = (OSError, http.client.HTTPException, AssertionError, ValueError, playwright.sync_api.Error)
"""What driving a browser ends in when the browser is dead."""

ON_PAGE = """
    const all = (selector) => [...document.querySelectorAll(selector)];
    const status = document.querySelector(".visit-foot .status")?.dataset.status ?? "";
    return [all(".earlier-text").map((one) => one.textContent),
            document.querySelector(".note-editor").value, status];
"""
TAKE_THE_PEN = """
    const field = document.querySelector(".note-editor");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
"""


@dataclass(frozen=True)
class Page:
    """What stands on the page of a visit: every line, the one in the field last."""

    lines: tuple[str, ...]
    status: str

    @classmethod
    def of(cls, engine: Engine) -> Page:
        earlier, rest, status = engine.run(ON_PAGE)
        return cls((*earlier, *filter(None, [rest])), status)


def keys_behind(shown: Sequence[str], wanted: Sequence[str]) -> int | None:
    """How many keys of the wanted lines stand there; None when it is anything else.

    The last line may be unfinished. A return after it cannot be seen, and does not count.
    """
    if not shown:
        return 0
    *whole, last = shown
    here = wanted[len(whole)] if len(whole) < len(wanted) else ""
    if [*whole] != [*wanted[: len(whole)]] or not last or not here.startswith(last):
        return None
    return sum(len(line) + 1 for line in whole) + len(last)


@dataclass
class Typing:
    """From one start of the browser to its death."""

    begun: int
    """Keys that were there at the start."""
    pressed: list[tuple[float, int]] = field(default_factory=list)
    """When how many keys had been taken by the page."""
    saved: int = 0
    """Keys that the page had called saved, here or before."""
    killed_at: float = 0.0

    def owed(self) -> int:
        """Keys that must be there again: called saved, or older than the promise."""
        old = self.killed_at - PROMISED_SECONDS - LOADED_MACHINE
        return max([self.saved, *(count for at, count in self.pressed if at <= old)])


def type_until_killed(
    engine: Engine, lines: Sequence[str], begun: int, dies_after: float, dice: Random
) -> Typing:
    """Go on after the keys that are there, with a pause now and then. Death comes on time."""
    engine.run(TAKE_THE_PEN)
    typing, text = Typing(begun, saved=begun), "\n".join(lines)

    def strike() -> None:
        typing.killed_at = time.monotonic()
        engine.strike()

    killer = Timer(dies_after, strike)
    killer.start()
    try:
        with suppress(*GONE):
            for at in range(begun, len(text)):
                due = time.monotonic() + (PAUSE if dice.random() < PAUSES else SECONDS_A_KEY)
                engine.press(text[at])
                typing.pressed.append((time.monotonic(), at + (text[at] != "\n")))
                time.sleep(max(0.0, due - time.monotonic()))
                page = Page.of(engine)
                if page.status in SAVED:
                    typing.saved = _counted(page, lines)
    finally:
        killer.join()
        engine.kill()
    return typing


def _counted(page: Page, lines: Sequence[str]) -> int:
    count = keys_behind(page.lines, lines)
    if count is None:
        raise Mixed(f"typed {[*lines][: len(page.lines)]}, shown {page.lines}")
    return count


class Mixed(Exception):
    """The page shows what nobody typed."""


def one_line(text: str) -> str:
    """A note as it is typed into the field: on one line."""
    return " ".join(text.split())
