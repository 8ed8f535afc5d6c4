"""Who is at what right now: beside the hints, and like them kept nowhere.

A device says at which record its member is, and says it again every few seconds while that
holds. Here it is a line in the memory of the process, gone when the device says so, or when
it has been silent for a moment. It is in no log, no database, no file and no answer but the
open streams of those who hold the scope. Nothing here decides who may: domain.access does.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

LASTS_SECONDS = 12.0
"""So long a device is believed that says nothing more. It says it again every five."""
MOST_DEVICES = 500
"""Of one network. More are not shown; nobody would read them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device's member is. record: None when they left."""

    network_id: str
    scope: str
    device: str
    member_id: str
    record: str | None
    writing: bool = False


class Places:
    """All that this process was told and that is not over yet."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._by_network: dict[str, dict[str, tuple[Place, float]]] = defaultdict(dict)

    def put(self, place: Place) -> list[str]:
        """Take it in. The scopes in which others see something new now; often none."""
        with self._lock:
            self._forget_ended()
            here = self._by_network[place.network_id]
            before = here.pop(place.device, (None, 0.0))[0]
            if place.record is not None and len(here) < MOST_DEVICES:
                here[place.device] = (place, self._now() + LASTS_SECONDS)
            if not here:
                del self._by_network[place.network_id]
        if before == place or (before is None and place.record is None):
            return []
        return [*{each.scope for each in (before, place) if each is not None}]

    def _forget_ended(self) -> None:
        """In every network: nothing stays because nobody there says anything more."""
        now = self._now()
        for network_id, here in [*self._by_network.items()]:
            for device in [device for device, (_, ends) in here.items() if ends <= now]:
                del here[device]
            if not here:
                del self._by_network[network_id]

    def among(
        self, network_id: str, scopes: Iterable[str], but_member: str
    ) -> tuple[list[dict[str, Any]], float]:
        """Who else is where in these scopes, and when the first of them may be gone."""
        held = frozenset(scopes)
        with self._lock:
            now = self._now()
            seen = [
                (place, ends)
                for place, ends in self._by_network.get(network_id, {}).values()
                if ends > now and place.scope in held and place.member_id != but_member
            ]
        told = {(place.record, place.member_id): False for place, _ in seen}
        for place, _ in seen:  # One person with two tablets is one person.
            told[place.record, place.member_id] |= place.writing
        ends = min((ends for _, ends in seen), default=float("inf"))
        return [
            {"record": record, "member": member, "writing": writing}
            for (record, member), writing in sorted(told.items(), key=str)
        ], ends
