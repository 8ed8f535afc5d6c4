"""How gunicorn runs the app, and the threads that run beside the requests.

Each process has many threads: a waiting stream costs one of them and no connection. With
SQLite there is one process, and one writer kept by a lock in it.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable
from typing import Any

from server.sync.live import Hub
from server.worker import Worker

worker_class = "gthread"
workers = 1
keepalive = 75
graceful_timeout = 10
timeout = 60
control_socket_disable = True
accesslog = None
loglevel = "warning"
umask = 0o077

COLLECT_AFTER = 20_000
"""Objects made and not yet freed before the collector looks for circles. A push makes some
2,000 that are gone when it is answered, and no circle: at Python's 700 the collector ran in
the midst of each, and over the whole app every few pushes, for a tenth of a push's time."""

_ends: list[Callable[[], None]] = []


def post_worker_init(worker: Any) -> None:
    """Begin to work off notices, and to hear of other processes, once the app answers."""
    _collect_rarely()
    hub: Hub = worker.wsgi.extensions["rounds_live"]
    beside = Worker(worker.wsgi)
    beside.start()
    _ends.append(beside.stop)
    if hub.relay is not None:
        hub.relay.start()
        _ends.append(hub.relay.stop)
    for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT):
        _end_streams_on(number, hub)


def _collect_rarely() -> None:
    """The app itself stays for good: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 10, 10)


def _end_streams_on(number: signal.Signals, hub: Hub) -> None:
    """Streams end before gunicorn waits for them. A signal must not wait for a lock itself."""
    before = signal.getsignal(number)

    def handle(*args: Any) -> None:
        threading.Thread(target=hub.close, daemon=True).start()
        if callable(before):
            before(*args)

    signal.signal(number, handle)


def worker_exit(server: Any, worker: Any) -> None:
    """End with the process."""
    while _ends:
        _ends.pop()()
