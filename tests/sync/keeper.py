"""The keeper of one network's server: grants, backups, restores and purges, behind its back.

Everything here is done in the tables, as no request could; and read from them for checks.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from server.db import reading, writing
from server.models.sync import Change, Network, Participation, Record, RoundIndex
from server.sync.ledger import Entry
from server.sync.purge import purge
from server.sync.release import release
from tests.sync.devices import Device

TABLES = [model.__table__ for model in (Network, Change, Record, Participation, RoundIndex)]


class Keeper:
    """What a world knows of its server. `touched`: grants that were moved on the way."""

    network: str
    rounds: dict[str, str]
    records: dict[str, str]
    backups: list[dict[str, list[Any]]]
    ledger: list[Entry]
    touched: set[tuple[str, str]]
    purged: set[str]
    restored: bool

    def grant(self, member: str, round_name: str, ok: bool, roles: str = "visitor") -> None:
        """Give or take a round, as a change of roles would, without moving the head."""
        round_id = self.rounds[round_name]
        table = Participation.__table__
        record = f"{round_name}{member[1:]}"
        mine = (table.c.network_id == self.network, table.c.record_id == record)
        with writing(self.network) as tx:
            tx.execute(delete(table).where(*mine))
            if ok:
                tx.execute(
                    insert(table).values(
                        network_id=self.network,
                        record_id=record,
                        round_id=round_id,
                        member_id=member,
                        roles=roles,
                    )
                )
        self.touched.add((member, f"round:{round_id}"))

    def backup(self) -> None:
        """A backup of the network, and the head that it holds as `durable`."""
        with writing(self.network) as tx:
            rows = {t.name: [*tx.execute(select(t).where(_of(t, self.network)))] for t in TABLES}
            self.backups.append(
                {name: [r._asdict() for r in found] for name, found in rows.items()}
            )
            network = Network.__table__
            tx.execute(
                update(network)
                .where(network.c.id == self.network)
                .values(durable=self.backups[-1]["network"][0]["head"])
            )

    def restore(self, index: int) -> None:
        """Put the tables back as they were; purges are applied again before any request."""
        self.restored = True
        with writing(self.network) as tx:
            for table in TABLES:
                tx.execute(delete(table).where(_of(table, self.network)))
                rows = self.backups[index][table.name]
                if rows:
                    tx.execute(insert(table), rows)
        self._purge_again()

    def _purge_again(self) -> None:
        with writing(self.network) as tx:
            purge(tx, self.network, (), known=self.ledger)

    def purge(self, name: str) -> None:
        with writing(self.network) as tx:
            entries = purge(tx, self.network, [self.records[name]])
        if entries:
            self.ledger += entries
            self.purged.add(name)

    def release_first(self) -> None:
        waiting = [row for row in self.log() if row.status == "set_aside" and row.body]
        if waiting:
            with writing(self.network) as tx:
                release(tx, self.network, [min(row.id for row in waiting)])

    def log(self) -> list[Any]:
        change = Change.__table__
        with reading(self.network) as tx:
            mine = select(change).where(change.c.network_id == self.network)
            return [*tx.execute(mine.order_by(change.c.seq))]

    def head(self) -> tuple[int, str]:
        network = Network.__table__
        with reading(self.network) as tx:
            row = tx.execute(select(network).where(network.c.id == self.network)).one()
            return row.head, row.chain

    def may_read(self, device: Device, scope: str) -> bool:
        if scope.startswith("own:"):
            return scope == f"own:{device.member}"
        table = Participation.__table__
        with reading(self.network) as tx:
            found = select(table.c.round_id).where(
                table.c.network_id == self.network, table.c.member_id == device.member
            )
            return scope.partition(":")[2] in {row.round_id for row in tx.execute(found)}

    def is_told(self, device: Device, name: str) -> bool:
        """Whether a record of a scope that the device may read is told to it as it is."""
        return True


def _of(table: Table, network: str) -> Any:
    return (table.c.id if table.name == "network" else table.c.network_id) == network
