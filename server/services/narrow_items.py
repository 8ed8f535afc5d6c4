"""Next-level items of the narrow tables: page by page for a screen, one by one for a file.

Checks no access: whoever asks says which rounds may be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.vocabulary import CheckBack, Horizon, Level, Taker
from server.services.exports.content import ItemsPage, NextLevel
from server.services.narrow_places import read_place, spell_place
from server.services.released import word_of
from server.sync.dialect import many, run, stream

Line = Mapping[Any, Any]

ITEMS_OF_A_PAGE = 40
AT_A_TIME = 200

_READ = "SELECT place, content FROM released_item WHERE network_id = ? AND round_id {among}"


@dataclass(frozen=True, slots=True)
class ReleasedItems:
    """Next-level items of these rounds of one network.

    rounds: those that are in the tables. own: what the table would hold of rounds that are not
    opened to anybody.
    """

    tx: Connection
    network_id: str
    rounds: Sequence[str]
    own: Sequence[Line] = ()

    def __len__(self) -> int:
        asked = "SELECT count(*) FROM released_item WHERE network_id = ? AND round_id {among}"
        return int(run(self.tx, asked, *self._values()).scalar_one()) + len(self.own)

    def __iter__(self) -> Iterator[NextLevel]:
        """Of opened rounds alone: nothing else goes into a file."""
        asked = f"{_READ} ORDER BY place"
        with stream(self.tx, asked, *self._values(), at_a_time=AT_A_TIME) as lines:
            for line in lines.mappings():
                yield _item(line)

    def page(self, after: str | None = None) -> ItemsPage:
        """Those behind that place."""
        place = read_place(after) if after else ""
        asked = f"{_READ} AND place > ? ORDER BY place LIMIT ?"
        lines: list[Line] = [
            *run(self.tx, asked, *self._values(), place, ITEMS_OF_A_PAGE + 1).mappings(),
            *(line for line in self.own if line["place"] > place),
        ]
        lines.sort(key=lambda line: str(line["place"]))
        last = lines[ITEMS_OF_A_PAGE - 1]["place"] if len(lines) > ITEMS_OF_A_PAGE else None
        items = tuple(map(_item, lines[:ITEMS_OF_A_PAGE]))
        return ItemsPage(items, last and spell_place(last))

    def _values(self) -> tuple[str, str]:
        return self.network_id, many(self.tx, self.rounds)


def _item(line: Line) -> NextLevel:
    plain = orjson.loads(line["content"])
    return NextLevel(
        text=plain["text"],
        horizon=Horizon(plain["horizon"]),
        level=Level(plain["level"]),
        taken_on_by=word_of(Taker, plain["taken_on_by"]),
        support=plain["support"],
        check_back_on=date.fromisoformat(plain["check_back_on"]),
        outcome=word_of(CheckBack, plain["outcome"]),
        learned=plain["learned"],
        of_use=plain["of_use"],
    )
