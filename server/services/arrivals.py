"""Who comes to read a network, and as what: what every tablet asks all day, by one statement.

The session, the network's row and the member's place in it. Decides nothing: whoever asks
refuses where there is no session, no network or no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from server.domain.access import Standing
from server.errors import NotFound
from server.services.sessions import SESSION_COLUMNS, Who, hash_of, who_of
from server.sync.dialect import run
from server.sync.grants import STANDING_COLUMNS, standing_of_rows
from server.sync.pull import NETWORK_COLUMNS, NetworkRow

_ARRIVAL = f"""
SELECT {SESSION_COLUMNS}, {NETWORK_COLUMNS}, {STANDING_COLUMNS}
FROM session s
LEFT JOIN network n ON n.id = ?
LEFT JOIN membership m ON m.network_id = n.id AND m.person_id = s.person_id
LEFT JOIN participation p ON p.network_id = m.network_id AND p.member_id = m.id
WHERE s.token_hash = ?
"""  # noqa: S608 - our own names
_OF_SESSION = SESSION_COLUMNS.count(",") + 1
_OF_NETWORK = _OF_SESSION + NETWORK_COLUMNS.count(",") + 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who may be anything in the network, or nothing: `place` says."""

    who: Who
    network_id: str
    _rows: list[tuple[Any, ...]]

    def place(self, tx: Connection) -> tuple[NetworkRow, Standing]:
        """The network's row and the member's standing. NotFound for whoever never was one."""
        network = self._rows[0][_OF_SESSION:_OF_NETWORK]
        if network[0] is None:
            raise NotFound()
        places = [row[_OF_NETWORK:] for row in self._rows]
        return NetworkRow(*network), standing_of_rows(tx, self.network_id, places)


def arrive(tx: Connection, token: str, network_id: str) -> Arrival | None:
    """Who the token stands for in the network; None when it stands for nobody any more."""
    rows = run(tx, _ARRIVAL, network_id, hash_of(token)).all()
    who = who_of(rows[0][:_OF_SESSION]) if rows else None
    return Arrival(who, network_id, [tuple(row) for row in rows]) if who else None
