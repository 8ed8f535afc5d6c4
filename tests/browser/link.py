"""A TCP link to the server that a test can cut.

The only honest "offline": it holds for every process of the browser, service workers and
background sync included, which outrun what developer tools emulate.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Link:
    """Passes bytes between a port of its own and the server's, until it is cut."""

    def __init__(self, upstream_port: int) -> None:
        self._upstream_port = upstream_port
        self._is_up = True
        self._cuts = 0
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._pumps: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self._is_up = False
        with self._lock:
            self._cuts += 1
            held = [*self._sockets]
        for each in held:
            _shut(each)

    def restore(self) -> None:
        self._is_up = True

    def lead_to(self, port: int) -> None:
        """End every connection; new ones reach something else."""
        self.cut()
        self._upstream_port = port
        self.restore()

    def close(self) -> None:
        self.cut()
        self._listener.close()
        for pump in self._pumps:
            pump.join(timeout=10)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            cuts = self._cuts
            far = self._reach() if self._is_up else None
            if far is None or not self._hold(near, far, cuts):
                near.close()
                continue
            for each in (near, far):  # Bytes go on at once, as from the server itself.
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink in ((near, far), (far, near)):
                pump = threading.Thread(target=self._pump, args=(source, sink), daemon=True)
                pump.start()
                self._pumps.append(pump)

    def _hold(self, near: socket.socket, far: socket.socket, cuts: int) -> bool:
        """Whether nobody cut the link while the server was reached: that cut holds for it too."""
        with self._lock:
            if self._cuts == cuts:
                self._sockets |= {near, far}
                return True
        far.close()
        return False

    def _reach(self) -> socket.socket | None:
        try:
            far = socket.create_connection(("127.0.0.1", self._upstream_port), timeout=5)
        except OSError:
            return None
        far.settimeout(None)
        return far

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for each in (source, sink):
            _shut(each)
            each.close()
            with self._lock:
                self._sockets.discard(each)


def _shut(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)


@contextmanager
def a_link(upstream_port: int) -> Iterator[Link]:
    link = Link(upstream_port)
    try:
        yield link
    finally:
        link.close()
