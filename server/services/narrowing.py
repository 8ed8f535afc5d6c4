"""Keeping the narrow tables of patterns current: round by round, by the log's own numbers.

The log says which rounds were touched since the tables were last current; of each of them all
rows are made anew, and those of the network itself where a school or a measure was touched. So
nobody who pushes waits for it, and what a row says depends on its round's records alone. Readers
bring the tables up to the network's head before they look, within bounds; what is more waits for
the worker. Steps are short transactions: on SQLite nobody else writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, select

from schemas.vocabulary import ScopeType
from server.db import EVERY_NETWORK, Base, reading, writing
from server.errors import Busy
from server.models.patterns import NarrowedUntil
from server.models.sync import Network, RoundIndex
from server.services.first_shown import records_as_first_shown
from server.services.narrow_network import KINDS, TOUCHED_BY, rows_of_network
from server.services.narrow_rows import RULES, NarrowRows, rows_of
from server.services.released import ROUND_KINDS, VISITORS_KINDS, read_round
from server.sync.dialect import many, run
from server.sync.from_log import records_from_log
from server.sync.read import MergedRecord, records_of

CHANGES_A_STEP = 2_000
ROUNDS_A_STEP = 5
STEPS_A_READER = 200
"""A reader waits for so many steps; where more is to do, the worker does it."""
ROUND_TABLES = (
    "released_round",
    "released_card",
    "released_question",
    "released_pattern",
    "released_evidence",
    "released_item",
    "released_reading",
    "released_now",
)
NETWORK_TABLES = ("released_school", "released_measure", "released_measure_day")
TABLES = (*ROUND_TABLES, *NETWORK_TABLES)

Progress = Callable[[int, int], None]
ByKind = dict[str, list[MergedRecord]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where records are read: of a round, and of the network's own scope."""

    round: Callable[[Connection, str, str], ByKind]
    network: Callable[[Connection, str], ByKind]


@dataclass(frozen=True, slots=True)
class Step:
    """Which rounds are made anew, whether the network's own rows are, and up to which number
    everything is then."""

    rounds: list[str]
    network: bool
    until: int


def is_narrow(tx: Connection, network_id: str) -> bool:
    """Whether the tables tell everything up to the head that this transaction sees."""
    head, until = _standing(tx, network_id)
    return until is not None and until >= head


def bring_up_to_head(network_id: str, steps: int = STEPS_A_READER) -> None:
    """Make anew what was touched. Busy (503) where it takes more than so many steps."""
    with reading(network_id) as tx:
        if is_narrow(tx, network_id):
            return
    for _ in range(steps):
        if take_step(network_id):
            return
    raise Busy()


def bring_all_up() -> int:
    """The worker's part: every network. How many of them were behind."""
    with reading(EVERY_NETWORK) as tx:
        standing = {each: _standing(tx, each) for each in tx.scalars(select(Network.id))}
    behind = {each: until for each, (head, until) in standing.items() if (until or -1) < head}
    for network_id, until in behind.items():
        if until is None:
            _make_anew(network_id, AS_MERGED)
        while not take_step(network_id):
            pass
    return len(behind)


def take_step(network_id: str) -> bool:
    """One transaction of it; whether the tables tell everything then."""
    with writing(network_id) as tx:
        until = _hold(tx, network_id)
        head = tx.scalar(select(Network.head).where(Network.id == network_id)) or 0
        step = _next_step(tx, network_id, until, head)
        for round_id in step.rounds:
            _write_round(tx, network_id, round_id, read_round(tx, network_id, round_id))
        if step.network:
            _write_network(tx, network_id, _read_network(tx, network_id))
        _note(tx, network_id, step.until)
        return step.until >= head


def rebuild(network_id: str, progress: Progress) -> int:
    """Make the tables anew from the log alone. How many rounds there were.

    Round by round, so that readers find all of them meanwhile. What comes meanwhile is made
    by its number afterwards, as always.
    """
    return _make_anew(network_id, FROM_LOG, progress)


def _make_anew(
    network_id: str, source: Source, progress: Progress = lambda done, total: None
) -> int:
    with reading(network_id) as tx:
        head, _ = _standing(tx, network_id)
        known = select(RoundIndex.round_id).where(RoundIndex.network_id == network_id)
        rounds = sorted(tx.scalars(known))
    for place, round_id in enumerate(rounds, 1):
        with writing(network_id) as tx:
            _hold(tx, network_id)
            _write_round(tx, network_id, round_id, source.round(tx, network_id, round_id))
        progress(place, len(rounds))
    with writing(network_id) as tx:
        until = _hold(tx, network_id)
        _write_network(tx, network_id, source.network(tx, network_id))
        for name in ROUND_TABLES:
            table = _table(name)
            mine = table.c.network_id == network_id
            tx.execute(delete(table).where(mine, table.c.round_id.not_in(known)))
        _note(tx, network_id, max(head, until))
    return len(rounds)


def _standing(tx: Connection, network_id: str) -> tuple[int, int | None]:
    """The network's head, and up to where the tables tell by today's rules."""
    row = tx.execute(
        select(Network.head, NarrowedUntil.head, NarrowedUntil.rules)
        .outerjoin(NarrowedUntil, NarrowedUntil.network_id == Network.id)
        .where(Network.id == network_id)
    ).one()
    return row[0], row[1] if row[2] == RULES else None


def _hold(tx: Connection, network_id: str) -> int:
    """Lock the tables of this network for this transaction; up to where they tell.

    Rows of other rules than today's go: then everything is to do.
    """
    run(
        tx,
        "INSERT INTO narrowed_until (network_id, head, rules) VALUES (?, 0, ?) "
        "ON CONFLICT DO NOTHING",
        network_id,
        RULES,
    )
    until, rules = run(
        tx,
        "SELECT head, rules FROM narrowed_until WHERE network_id = ? {for_update}",
        network_id,
    ).one()
    if rules == RULES:
        return int(until)
    for name in TABLES:
        _clear(tx, name, network_id)
    _note(tx, network_id, 0)
    return 0


def _note(tx: Connection, network_id: str, until: int) -> None:
    run(
        tx,
        "UPDATE narrowed_until SET head = ?, rules = ? WHERE network_id = ?",
        until,
        RULES,
        network_id,
    )


def _next_step(tx: Connection, network_id: str, until: int, head: int) -> Step:
    """The next few rounds that the log names after `until`, and whether it names the network's
    own records that are read here."""
    end = min(head, until + CHANGES_A_STEP)
    touched = run(
        tx,
        "SELECT scope, min(seq) FROM change WHERE network_id = ? AND seq > ? AND seq <= ? "
        "GROUP BY scope ORDER BY min(seq)",
        network_id,
        until,
        end,
    )
    rounds: list[str] = []
    for scope, first in touched:
        scope_type, _, round_id = scope.partition(":")
        if scope_type not in (ScopeType.ROUND, ScopeType.VISITORS) or round_id in rounds:
            continue
        if len(rounds) == ROUNDS_A_STEP:
            end = first - 1
            break
        rounds.append(round_id)
    return Step(rounds, _names_network(tx, network_id, until, end), end)


def _names_network(tx: Connection, network_id: str, until: int, end: int) -> bool:
    """Whether one of KINDS may have been written, let in or purged in the network's own scope."""
    named = run(
        tx,
        "SELECT 1 FROM change WHERE network_id = ? AND seq > ? AND seq <= ? AND scope = ? "
        "AND kind {among} LIMIT 1",
        network_id,
        until,
        end,
        f"{ScopeType.NETWORK}:{network_id}",
        many(tx, TOUCHED_BY),
    )
    return named.first() is not None


def _read_network(tx: Connection, network_id: str) -> ByKind:
    scope = f"{ScopeType.NETWORK}:{network_id}"
    return {kind: records_of(tx, network_id, scope=scope, kind=kind) for kind in KINDS}


def _network_from_log(tx: Connection, network_id: str) -> ByKind:
    found: ByKind = {kind: [] for kind in KINDS}
    for record in records_from_log(tx, network_id, f"{ScopeType.NETWORK}:{network_id}"):
        if record.kind in found:
            found[record.kind].append(record)
    return found


def _round_from_log(tx: Connection, network_id: str, round_id: str) -> ByKind:
    found: ByKind = {kind: [] for kind in (*ROUND_KINDS, *VISITORS_KINDS)}
    for scope_type in (ScopeType.ROUND, ScopeType.VISITORS):
        for record in records_from_log(tx, network_id, f"{scope_type}:{round_id}"):
            if record.kind in found:
                found[record.kind].append(record)
    return found


AS_MERGED = Source(read_round, _read_network)
FROM_LOG = Source(_round_from_log, _network_from_log)


def _write_network(tx: Connection, network_id: str, records: ByKind) -> None:
    """Put the network's own rows in the place of those that were there."""
    for name in NETWORK_TABLES:
        _clear(tx, name, network_id)
    for name, lines in rows_of_network(records).by_table.items():
        tx.execute(insert(_table(name)), [{"network_id": network_id, **line} for line in lines])


def _write_round(tx: Connection, network_id: str, round_id: str, records: ByKind) -> None:
    """Put a round's rows in the place of those that were there; none of an unopened one."""
    for name in ROUND_TABLES:
        _clear(tx, name, network_id, round_id)
    opened = tx.scalar(
        select(RoundIndex.opened).where(
            RoundIndex.network_id == network_id,
            RoundIndex.round_id == round_id,
            RoundIndex.deleted.is_(False),
        )
    )
    if opened:
        as_shown = records_as_first_shown(tx, network_id, round_id)
        _insert(tx, network_id, round_id, rows_of(round_id, records, as_shown))


def _insert(tx: Connection, network_id: str, round_id: str, rows: NarrowRows) -> None:
    for name, lines in rows.by_table.items():
        whole = [{"network_id": network_id, "round_id": round_id, **line} for line in lines]
        tx.execute(insert(_table(name)), whole)


def _clear(tx: Connection, name: str, network_id: str, round_id: str | None = None) -> None:
    table = _table(name)
    gone = delete(table).where(table.c.network_id == network_id)
    tx.execute(gone if round_id is None else gone.where(table.c.round_id == round_id))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
