"""`make bench`, a hundred tablets that find the network at the same moment.

Each sends its forty notes when all are let go, waits as it is told where the server is busy,
and sends again. Checked: nothing lost, nothing doubled, no failure but 503 with Retry-After.
Measured: how long a batch takes from its first sending to its acknowledgement, with server and
load on two cores and fsync on; and what the server came to hold in memory.

    python -m tests.load.bench_return [--stores sqlite,postgres] [--times 3]
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from sqlalchemy import text

from server.config import Settings
from server.db import reading
from tests.load.bench_load import School, a_school, a_store
from tests.load.measure import a_server, write_part
from tests.make import an_app

DEVICES, NOTES = 100, 40
P95_SECONDS = 2.0
MOST_MEMORY = 300


@dataclass
class Told:
    """What the devices were answered, and when."""

    seconds: list[float] = field(default_factory=list)
    busy: int = 0
    wrong: list[str] = field(default_factory=list)


class Tablet:
    """One device, with a connection that it keeps."""

    def __init__(self, port: int, token: str) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.link.connect()
        self.headers = {"Content-Type": "application/json", "Cookie": f"rounds_session={token}"}

    def send(self, body: bytes, told: Told) -> None:
        """Send until it is acknowledged. A busy server says how long to wait."""
        began = time.perf_counter()
        while True:
            self.link.request("POST", "/api/v1/push", body, self.headers)
            answer = self.link.getresponse()
            content = answer.read()
            again = answer.headers.get("Retry-After")
            if answer.status == 503 and again is not None:
                told.busy += 1
                time.sleep(float(again))
                continue
            results = orjson.loads(content).get("results", ())
            if answer.status != 200 or any(one["status"] != "applied" for one in results):
                told.wrong.append(f"{answer.status} {content[:100]!r}")
            told.seconds.append(time.perf_counter() - began)
            return


def release(port: int, school: School, told: Told) -> set[str]:
    """Let every device go at the same moment; the ids of what they sent."""
    tablets = [Tablet(port, token) for token in school.tokens]
    pushes = [school.push(at, NOTES) for at in range(DEVICES)]
    gate = threading.Barrier(DEVICES)

    def go(at: int) -> None:
        body = orjson.dumps(pushes[at])
        gate.wait(60)
        tablets[at].send(body, told)

    with ThreadPoolExecutor(DEVICES) as threads:
        list(threads.map(go, range(DEVICES)))
    for tablet in tablets:
        tablet.link.close()
    return {change["id"] for push in pushes for change in push["changes"]}


def stored(settings: Settings, school: School) -> Counter[str]:
    """How often the log holds each note, and each record is there."""
    with an_app(settings), reading(school.network) as tx:
        asked = (
            "SELECT c.id FROM change c JOIN record r "
            "ON r.network_id = c.network_id AND r.id = c.record_id WHERE c.kind = 'note'"
        )
        return Counter(row[0] for row in tx.execute(text(asked)))


def measure(store: str, times: int) -> tuple[str, bool]:
    """One line of the table, and whether everything held."""
    told, sent = Told(), set[str]()
    with a_store(store) as settings:
        with an_app(settings):
            school = a_school(DEVICES)
        folder, address = Path(settings.data_dir), settings.database_url
        with a_server(folder, "wsgi:app", DATABASE_URL=address) as served:
            for _ in range(times):
                sent |= release(served.port, school, told)
            memory = served.memory_mb()
        found = stored(settings, school)
    lost, doubled = len(sent - found.keys()), sum(count > 1 for count in found.values())
    cuts = statistics.quantiles(told.seconds, n=20)
    holds = not (lost or doubled or told.wrong) and cuts[18] < P95_SECONDS and memory < MOST_MEMORY
    return (
        f"| {store} | {lost} | {doubled} | {len(told.wrong)} | {told.busy} "
        f"| {cuts[9]:.2f} s | {cuts[18]:.2f} s | {memory:.0f} MiB "
        f"| {'holds' if holds else 'red'} |"
    ), holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", default="sqlite,postgres")
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    lines = [
        "| Store | Lost | Doubled | Failed | 503 | Median batch | p95 batch (< 2 s) "
        "| Memory (< 300 MiB) | Verdict |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    all_hold = True
    for store in asked.stores.split(","):
        line, holds = measure(store, asked.times)
        lines.append(line)
        all_hold &= holds
    table = "\n".join(lines)
    sys.stdout.write(table + "\n")
    write_part("bench_return", table)
    return 0 if all_hold else 1


if __name__ == "__main__":
    raise SystemExit(main())
