"""How gunicorn runs the app, and the thread that runs beside the requests.

One process with many threads: with SQLite there is one writer, kept by a lock in the
process, and a waiting stream costs a thread and no connection.
"""

from __future__ import annotations

from typing import Any

from server.worker import Worker

worker_class = "gthread"
workers = 1
keepalive = 75
graceful_timeout = 10
timeout = 60
control_socket_disable = True
accesslog = None
loglevel = "warning"

_beside: list[Worker] = []


def post_worker_init(worker: Any) -> None:
    """Begin to work off notices once the app answers."""
    beside = Worker(worker.wsgi)
    _beside.append(beside)
    beside.start()


def worker_exit(server: Any, worker: Any) -> None:
    """End with the process."""
    while _beside:
        _beside.pop().stop()
