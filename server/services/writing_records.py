"""Writing records on the server for a member: through the same push as a device's changes.

For imports and the demo. What the server would set aside or refuse from a device it sets
aside or refuses here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from server.sync.envelope import read_changes
from server.sync.protocol import Json, Result, Writer
from server.sync.push import push_batch

BATCH = 40
"""As many as a tablet sends at once."""


def send(network_id: str, member_id: str, changes: Iterable[Json]) -> Iterator[Result]:
    """Push the changes as the member's, a batch a transaction; yields what became of each."""
    waiting = iter(changes)
    while batch := list(islice(waiting, BATCH)):
        yield from push_batch(network_id, Writer(member_id), read_changes(batch)).results


def send_all(network_id: str, member_id: str, changes: Iterable[Json]) -> None:
    """The same, where anything but `applied` is a mistake in our own code."""
    for result in send(network_id, member_id, changes):
        if result.status != "applied":
            raise ValueError(f"not applied: {result.reason} {result.field}")
