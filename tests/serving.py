"""A real server for tests: gunicorn in a process of its own, on a free port of loopback."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from server.config import Settings

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 90


@dataclass(frozen=True)
class Served:
    """A server that answers at `url`; its log is a file of JSON lines."""

    url: str
    port: int
    log: Path
    process: subprocess.Popen[bytes]


def a_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def environment_of(settings: Settings, root: Path = ROOT) -> dict[str, str]:
    """The environment that gives these settings to the product in the folder `root`."""
    given = {name.upper(): str(getattr(settings, name)) for name in Settings.__dataclass_fields__}
    return {**os.environ, **given, "PYTHONPATH": str(root)}


@contextmanager
def serve(
    settings: Settings, *options: str, root: Path = ROOT, port: int | None = None
) -> Iterator[Served]:
    """Run `rounds serve` with these settings until the block ends.

    root: a folder with another copy of the product. port: the one to be found at again.
    """
    port = port or a_free_port()
    settings = replace(settings, port=port)
    log = settings.folder / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "serve", *options],
            env=environment_of(settings, root),
            cwd=root,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until_it_answers(port, process, log)
        yield Served(f"http://localhost:{port}", port, log, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server is ready; fail with its log when it ends or takes too long."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/api/v1/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
