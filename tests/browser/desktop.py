"""A desktop of a test's own, on which a browser shows its notices and a person presses them.

The browser tells the desktop by D-Bus, as it does on anybody's machine; a press comes back the
same way. So what the service worker may do then is what the browser lets it do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

import pytest

from tests import chromium
from tests.browser.tablet import CHROMIUM

SHOWN_WITHIN = 30
SYSTEM_PYTHON = "/usr/bin/python3"
ALONE = (SYSTEM_PYTHON, "-P")
"""Without the folder of what it runs, whose files may be named like Python's own."""

DESK = Path(__file__).with_name("notice_desk.py")


def _has_a_desktop() -> bool:
    """The Chromium that npm has is a shell without notices; the desk is written for GLib."""
    if str(CHROMIUM).startswith(str(chromium.FOLDER)) or not shutil.which("dbus-daemon"):
        return False
    if not Path(SYSTEM_PYTHON).exists():
        return False
    knows_glib = subprocess.run([*ALONE, "-c", "import gi"], capture_output=True, check=False)
    return knows_glib.returncode == 0


needs_desktop = pytest.mark.skipif(
    not _has_a_desktop(),
    reason="skipped: nothing here shows notices; it takes dbus-daemon, python3-gi and a "
    "program from Debian to show them for (make, as root, target browsers)",
)


@dataclass
class Desktop:
    address: str
    """Of its bus: what a browser is told in DBUS_SESSION_BUS_ADDRESS."""

    presses: IO[str]
    lines: Queue[str]

    def next_notice(self) -> dict[str, Any]:
        """The next one that is shown: its number, title and body."""
        found: dict[str, Any] = json.loads(self.lines.get(timeout=SHOWN_WITHIN))
        return found

    def press(self, notice: dict[str, Any]) -> None:
        print(notice["number"], file=self.presses, flush=True)


@contextmanager
def a_desktop() -> Iterator[Desktop]:
    with ExitStack() as running:
        bus = running.enter_context(_program("dbus-daemon", "--session", "--print-address"))
        assert bus.stdout
        address = bus.stdout.readline().strip()
        around = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        desk = running.enter_context(_program(*ALONE, str(DESK), env=around))
        assert desk.stdin
        assert desk.stdout
        assert desk.stdout.readline() == "ready\n"
        lines: Queue[str] = Queue()
        listening = Thread(target=lambda out: [*map(lines.put, out)], args=[desk.stdout])
        listening.start()
        yield Desktop(address, desk.stdin, lines)
        desk.terminate()
        listening.join()


@contextmanager
def _program(*words: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        words, stdin=pipe, stdout=pipe, stderr=quiet, text=True, env=env
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
