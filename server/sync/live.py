"""Live hints: who listens hears that something new is there, never what.

A hint is `{network, head}` and says "pull now". A transaction that moved records leaves
*news* here once it is on the disk: the network, its head and the scopes that moved. A
listener is woken when one of its own scopes is among them, or when grants may have moved
and it has to look. Holds no database connection, and nothing in here decides about access.
Whatever is lost on the way is covered: listeners look by themselves every twenty seconds, and
devices poll. The same streams tell who is at what right now (places.py), at most twice a second.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

import orjson
from flask import Flask, current_app

from server.config import Settings
from server.errors import Busy
from server.sync.news import News, Relay
from server.sync.places import Place, Places

COMMENT_SECONDS = 20
CLOSE_SECONDS = 300
STREAMS_A_DEVICE = 2
PLACES_EVERY_SECONDS = 0.5
"""A stream tells of who is where at most so often, however many come and go."""
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a listener finds when it looks: its scopes now, and whether there is news for it."""

    head: int
    scopes: frozenset[str]
    has_news: bool
    member_id: str


class Woken(Enum):
    """Why a listener stops waiting."""

    BY_HINT = "hint"
    BY_PLACES = "places"
    TO_LOOK = "look"
    BY_SILENCE = "silence"
    TO_END = "end"


class Listener:
    """One open stream. `head` is the last one that its device was told."""

    def __init__(self, network_id: str, person_id: str, device: str, head: int = 0) -> None:
        self.network_id = network_id
        self.person_id = person_id
        self.device = device
        self.head = head
        self.member_id = ""
        self._scopes: frozenset[str] | None = None
        self._places_due, self._places_told = NEVER, 0.0
        self._changed = threading.Condition()
        self._heard = 0
        self._must_look = False
        self._ended = False

    def hear(self, news: News) -> None:
        with self._changed:
            if news.head <= self.head:
                return
            if self._scopes is None or news.moves_grants:
                self._must_look = True
            elif self._scopes & news.scopes:
                self._heard = max(self._heard, news.head)
            else:
                return
            self._changed.notify()

    def hear_of_places(self, scopes: Iterable[str]) -> None:
        """Somebody came or went in one of these scopes."""
        with self._changed:
            if self._scopes is not None and not self._scopes.isdisjoint(scopes):
                soonest = max(time.monotonic(), self._places_told + PLACES_EVERY_SECONDS)
                self._places_due = min(self._places_due, soonest)
                self._changed.notify()

    def see_places(self, places: Places) -> list[dict[str, Any]]:
        """Who else is where, as far as this listener may know; when to look again is noted."""
        with self._changed:
            scopes, self._places_due = self._scopes or frozenset(), NEVER
            self._places_told = time.monotonic()
            told, ends = places.among(self.network_id, scopes, self.member_id)
            self._places_due = ends
            return told

    def look_again(self) -> None:
        with self._changed:
            self._must_look = True
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()

    def wait(self, seconds: float) -> Woken:
        until = time.monotonic() + seconds
        with self._changed:
            while (woken := self._woken()) is None:
                left = min(until, self._places_due) - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                elif self._places_due > until:
                    return Woken.BY_SILENCE
            return woken

    def _woken(self) -> Woken | None:
        if self._ended:
            return Woken.TO_END
        if self._must_look:
            self._must_look = False
            return Woken.TO_LOOK
        if self._heard > self.head:
            self.head = self._heard
            return Woken.BY_HINT
        return Woken.BY_PLACES if self._places_due <= time.monotonic() else None

    def take(self, looked: Looked) -> None:
        with self._changed:
            self._scopes = looked.scopes
            self.member_id = looked.member_id
            self.head = max(self.head, looked.head)
            self._places_due = min(self._places_due, time.monotonic())


class Hub:
    """Every open stream of this process, by network."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.places = Places()
        self.relay: Relay | None = None
        self._lock = threading.Lock()
        self._by_network: dict[str, list[Listener]] = defaultdict(list)
        self._closed = False

    def check_room(self) -> None:
        """Busy when no more streams fit: threads are kept for those who push and pull."""
        with self._lock:
            if self._closed or self._count() >= self.most:
                raise Busy(retry_after=60)

    def _count(self) -> int:
        return sum(map(len, self._by_network.values()))

    def enter(self, listener: Listener) -> None:
        """Listen. The oldest stream of a device that has too many ends."""
        with self._lock:
            everybody = [each for some in self._by_network.values() for each in some]
            same = [each for each in everybody if each.device == listener.device]
            self._by_network[listener.network_id].append(listener)
            if self._closed:
                same.append(listener)
        for each in same if self._closed else same[: 1 - STREAMS_A_DEVICE]:
            each.end()

    def leave(self, listener: Listener) -> None:
        with self._lock:
            listening = self._by_network[listener.network_id]
            listening.remove(listener)
            if not listening:
                del self._by_network[listener.network_id]

    def networks(self) -> list[str]:
        """The networks that anybody listens to."""
        with self._lock:
            return [*self._by_network]

    def publish(self, news: News) -> None:
        """Tell everybody, in this process and in others."""
        self.deliver(news)
        if self.relay is not None:
            self.relay.send(news)

    def deliver(self, news: News) -> None:
        """Tell those who listen in this process."""
        with self._lock:
            listening = [*self._by_network.get(news.network_id, ())]
        for each in listening:
            each.hear(news)

    def show(self, place: Place) -> None:
        """Tell everybody where somebody is, in this process and in others."""
        self.deliver_place(place)
        if self.relay is not None:
            self.relay.pass_on(place)

    def deliver_place(self, place: Place) -> None:
        """Tell those who listen in this process, where it is new."""
        scopes = self.places.put(place)
        if not scopes:
            return
        with self._lock:
            listening = [*self._by_network.get(place.network_id, ())]
        for each in listening:
            each.hear_of_places(scopes)

    def look_again(self, person_id: str) -> None:
        """A session of this person ended: their streams look whether it was theirs."""
        with self._lock:
            everybody = [each for some in self._by_network.values() for each in some]
        for each in everybody:
            if each.person_id == person_id:
                each.look_again()

    def close(self) -> None:
        """The process ends: so does every stream."""
        with self._lock:
            self._closed = True
            everybody = [each for some in self._by_network.values() for each in some]
        for each in everybody:
            each.end()


def set_up(app: Flask, settings: Settings) -> None:
    """Give the app its hub. A quarter of the threads is kept for everything else."""
    app.extensions["rounds_live"] = Hub(most=settings.threads * 3 // 4)


def hub() -> Hub:
    """The hub of the app that is at work."""
    return cast(Hub, current_app.extensions["rounds_live"])


def hints(hub: Hub, listener: Listener, look: Callable[[int], Looked | None]) -> Iterator[bytes]:
    """Server-Sent Events, until the device leaves, the time is up, or `look` finds nobody.

    look: what the listener holds now and whether there is news after this head; None when
    its session or its place in the network is gone.
    """
    hub.enter(listener)
    try:
        yield from _hints(hub, listener, look)
    finally:
        hub.leave(listener)


def _hints(hub: Hub, listener: Listener, look: Callable[[int], Looked | None]) -> Iterator[bytes]:
    """The first piece comes when the listener is heard of: nothing after it is missed."""
    until = time.monotonic() + CLOSE_SECONDS
    woken, is_first = Woken.TO_LOOK, True
    seen: list[dict[str, Any]] = []
    while woken is not Woken.TO_END and time.monotonic() < until:
        has_news = woken is Woken.BY_HINT
        if woken is Woken.BY_PLACES:
            before, seen = seen, listener.see_places(hub.places)
            if seen != before:
                yield _places(listener, seen)
        elif not has_news:
            looked = look(listener.head)
            if looked is None:
                return
            listener.take(looked)
            has_news = looked.has_news
        if has_news:
            yield _event(listener)
        elif is_first or woken is Woken.BY_SILENCE:
            yield b": listening\n\n"
        is_first = False
        woken = listener.wait(min(COMMENT_SECONDS, max(0.0, until - time.monotonic())))


def _event(listener: Listener) -> bytes:
    told = orjson.dumps({"network": listener.network_id, "head": listener.head})
    return b"id: %d\ndata: %s\n\n" % (listener.head, told)


def _places(listener: Listener, seen: list[dict[str, Any]]) -> bytes:
    """An event of another name and without an id: an app that does not know it hears nothing."""
    told = orjson.dumps({"network": listener.network_id, "here": seen})
    return b"event: here\ndata: %s\n\n" % told
