"""A Redis of the tests' own, on a port of its own: never one that runs on this machine."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.serving import a_free_port

PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")
STARTS_WITHIN = 20

needs_redis = pytest.mark.skipif(
    PROGRAM is None, reason="skipped: neither Redis nor Valkey was found (make browsers)"
)


@contextmanager
def a_redis(folder: Path, port: int | None = None) -> Iterator[str]:
    """Its address, until the block ends. Keeps nothing on the disk."""
    port = port or a_free_port()
    command = [PROGRAM or "", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with (folder / "redis.log").open("ab") as output:
        process = subprocess.Popen([*command, "--dir", str(folder)], stdout=output, stderr=output)
    try:
        _wait_until_it_answers(port, process)
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    with redis.Redis(port=port) as client:
        while time.monotonic() < until and process.poll() is None:
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.02)
            else:
                return
    raise AssertionError("Redis did not start")
