"""`make bench PEERS=kinto`: the same return of a school, beside what others have built.

Kinto comes from the package index into a virtual environment of its own, `.venv-peers`, never
into the locks, and is served as it documents for production: its PostgreSQL storage, cache in
memory, the same gunicorn, one process. Load, servers and database are pinned to the same one
core. It keeps a record's last version alone: no log, no versions, no hashes.

    python -m tests.load.bench_peers [--peers kinto] [--schools 15]
"""

from __future__ import annotations

import argparse
import base64
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import orjson

from tests.load.bench_load import (
    APP,
    DEVICES,
    HEAVY,
    NOTES,
    Pairs,
    Product,
    School,
    a_store,
    expect_stored,
    in_turn,
    load,
    prepare,
)
from tests.load.crowd import Crowd, Json, parsed
from tests.load.measure import ROOT, Ratio, a_server, compare, table_of, write_part
from tests.postgres import passing_url

VENV = ROOT / ".venv-peers"
KINTO = ("kinto[postgresql]==26.5.0", "gunicorn>=26.1")
SIDE = Product()

SETTINGS = """
[server:main]
use = egg:gunicorn
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.storage_pool_size = 30
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.batch_max_requests = 100
kinto.userid_hmac_secret = not-a-secret-of-anybody
kinto.bucket_create_principals = system.Authenticated
multiauth.policies = basicauth
multiauth.policy.basicauth.use = kinto.core.authentication.BasicAuthAuthenticationPolicy
"""


class KintoCrowd(Crowd):
    """Devices of one school: a bucket for each device, as each keeps notes of its own."""

    def __init__(self, port: int, school: School) -> None:
        super().__init__(port, school.tokens)
        self.members = school.members

    def bytes_of(self, device: int, method: str, path: str, body: Json | None = None) -> bytes:
        spelled = b"" if body is None else orjson.dumps(body)
        name = base64.b64encode(f"{self.members[device]}:x".encode()).decode()
        head = (
            f"{method} /v1{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {name}\r\n"
            "Content-Type: application/json\r\nAccept-Encoding: gzip\r\n"
            f"Content-Length: {len(spelled)}\r\n\r\n"
        )
        return head.encode() + spelled

    def records(self, device: int) -> str:
        return f"/buckets/{self.members[device]}/collections/notes/records"

    def make_places(self) -> None:
        for at, member in enumerate(self.members):
            for path in (f"/buckets/{member}", f"/buckets/{member}/collections/notes"):
                status, body = self.ask(at, self.bytes_of(at, "PUT", path, {"data": {}}))
                assert status in (200, 201), body[:300]

    def push(self, device: int, changes: list[Json]) -> bytes:
        puts = [
            {
                "method": "PUT",
                "path": f"{self.records(device)}/{change['record']}",
                "body": {"data": {**change, "id": change["record"]}},
            }
            for change in changes
        ]
        return self.bytes_of(device, "POST", "/batch", {"requests": puts})


@contextmanager
def a_kinto(folder: Path, address: str) -> Iterator[int]:
    """A Kinto on a free port, its tables made."""
    install()
    settings = folder / "kinto.ini"
    settings.write_text(SETTINGS.format(url=address.replace("%", "%%")))
    python = str(VENV / "bin" / "python")
    migrate = [str(VENV / "bin" / "kinto"), "migrate", "--ini", str(settings)]
    subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "gunicorn", "--paste", str(settings), "-k", "gthread"]
    command += ["--workers=1", "--threads=64", "--keep-alive=300", f"--bind=127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--no-control-socket"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Kinto did not start")


def install() -> None:
    if not (VENV / "bin" / "kinto").exists():
        subprocess.run(["uv", "venv", "--quiet", VENV], check=True)
        into = ["uv", "pip", "install", "--quiet", "--python", VENV / "bin" / "python"]
        subprocess.run([*into, *KINTO], check=True)


class Beside:
    """One school on both, and what each of the three takes: seconds of Kinto and of ours."""

    def __init__(self, school: School, ours: Crowd, theirs: KintoCrowd) -> None:
        self.school, self.ours, self.theirs = school, ours, theirs

    def push(self, at: int) -> tuple[float, float]:
        ours = [self._push_of_ours(device) for device in range(DEVICES)]
        theirs = [self._push_of_theirs(device) for device in range(DEVICES)]
        return in_turn(
            at,
            lambda: expect_all(self.theirs.send(theirs)),
            lambda: expect_stored(self.ours.send(ours)),
        )

    def idle_poll(self, at: int) -> tuple[float, float]:
        asked = [load(SIDE, self.school, self.ours, device)[1] for device in range(DEVICES)]
        ours = [self.ours.request(i, SIDE.pull_path, body) for i, body in enumerate(asked)]
        theirs = [self._news_of_theirs(device) for device in range(DEVICES)]
        return in_turn(
            at, lambda: expect_all(self.theirs.send(theirs)), lambda: self.ours.send(ours)
        )

    def first_load(self, at: int) -> tuple[float, float]:
        """Of one member with many notes."""
        for _ in range(HEAVY // NOTES):
            expect_all([self.theirs.ask(0, self._push_of_theirs(0))])
            expect_stored([self.ours.ask(0, self._push_of_ours(0))])
        whole = self.theirs.bytes_of(0, "GET", self.theirs.records(0))

        def load_theirs() -> None:
            assert len(parsed(self.theirs.send_one(0, whole))["data"]) >= HEAVY

        def load_ours() -> None:
            assert load(SIDE, self.school, self.ours, 0)[0] >= HEAVY

        return in_turn(at, load_theirs, load_ours)

    def _push_of_ours(self, device: int) -> bytes:
        return self.ours.request(device, SIDE.push_path, self.school.push(device))

    def _push_of_theirs(self, device: int) -> bytes:
        return self.theirs.push(device, self.school.push(device)["changes"])

    def _news_of_theirs(self, device: int) -> bytes:
        path = self.theirs.records(device)
        whole = self.theirs.send_one(device, self.theirs.bytes_of(device, "GET", path))
        last = max(record["last_modified"] for record in parsed(whole)["data"])
        return self.theirs.bytes_of(device, "GET", f"{path}?_since={last}")


def expect_all(answers: list[tuple[int, bytes]]) -> None:
    for status, body in answers:
        assert status == 200, body[:300]
        for one in parsed(body).get("responses", ()):
            assert one["status"] in (200, 201), one


WORK = {"push": DEVICES * NOTES, "idle poll": DEVICES, "first load": HEAVY}


def measure(schools: int) -> list[Ratio]:
    with ExitStack() as stack:
        settings = stack.enter_context(a_store("postgres"))
        other = stack.enter_context(a_store("postgres"))
        made = prepare(settings, schools)
        folder, address = Path(settings.data_dir), settings.database_url
        served = stack.enter_context(a_server(folder, APP, DATABASE_URL=address))
        port = stack.enter_context(a_kinto(Path(other.data_dir), passing_url(other.database_url)))
        pairs: dict[str, Pairs] = {what: [] for what in WORK}
        for at, school in enumerate(made):
            ours, theirs = Crowd(served.port, school.tokens), KintoCrowd(port, school)
            theirs.make_places()
            both = Beside(school, ours, theirs)
            pairs["push"].append(both.push(at))
            pairs["idle poll"].append(both.idle_poll(at))
            pairs["first load"].append(both.first_load(at))
            ours.close(), theirs.close()
    return [_ratio(what, found) for what, found in pairs.items()]


def _ratio(what: str, pairs: Pairs) -> Ratio:
    theirs, ours = (WORK[what] / statistics.median(p[side] for p in pairs) for side in (0, 1))
    detail = f"{ours:,.0f} a second, Kinto {theirs:,.0f}"
    return compare(f"{what} / Kinto, postgres", pairs, 1.0, at_least=True, detail=detail)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", choices=["kinto"], default="kinto")
    parser.add_argument("--schools", type=int, default=15)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ratios = measure(asked.schools)
    table = table_of(ratios)
    sys.stdout.write(table + "\n")
    write_part("bench_peers", table)
    return 1 if any(ratio.is_red for ratio in ratios) else 0


if __name__ == "__main__":
    raise SystemExit(main())
