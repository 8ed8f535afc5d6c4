"""How other processes hear of news: by Redis, or by looking at the database.

By Redis (`REDIS_URL`) each process publishes what it committed, and hears what the others
did. Without it, where there are several processes, each looks at the heads of the networks
that somebody listens to, every 300 ms. Neither is needed for anything but speed: what gets
lost on the way is found by the listeners' own look and by the devices' polls. Scopes and
numbers travel here, never a word of a record.

Who is at what right now goes beside them: by Redis on a channel of its own, or by PostgreSQL's
NOTIFY, which keeps nothing. Where that is lost, a name shows a moment later or not at all.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from typing import Any

import orjson
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.errors import Busy
from server.sync.dialect import many, run
from server.sync.keeping_on import keep_on
from server.sync.live import Hub
from server.sync.news import News, news_between
from server.sync.notifying import Notifying
from server.sync.places import Place

POLL_SECONDS = 0.3
CHANNEL = "rounds:live"
PLACES = "rounds:places"
WAITING_NEWS = 10_000
AGAIN_SECONDS = 1.0

log = logging.getLogger(__name__)


def set_up(app: Flask, settings: Settings) -> None:
    """Give the app's hub the relay that fits. Brings nothing until it is started."""
    hub: Hub = app.extensions["rounds_live"]
    if settings.redis_url:
        hub.relay = RedisRelay(hub, settings.redis_url)
    elif settings.processes > 1:
        notifying = Notifying(hub.deliver_place, settings.database)
        hub.relay = PollingRelay(hub, app, notifying)


class RedisRelay:
    """Redis or Valkey, by publish and subscribe."""

    def __init__(self, hub: Hub, url: str) -> None:
        import redis

        self._hub = hub
        self._error = redis.RedisError
        self._client: Any = redis.Redis.from_url(
            url, socket_timeout=2, socket_connect_timeout=2, health_check_interval=10
        )
        self._self = clock.new_id()
        self.hears = threading.Event()
        """Set while Redis has said that it will tell us."""
        self._waiting: queue.Queue[News | Place | None] = queue.Queue(WAITING_NEWS)
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def send(self, news: News) -> None:
        self._put(news)

    def pass_on(self, place: Place) -> None:
        self._put(place)

    def _put(self, told: News | Place) -> None:
        self._run("publish", self._publish)
        try:
            self._waiting.put_nowait(told)
        except queue.Full:
            log.warning("hints are lost: Redis takes none")

    def start(self) -> None:
        self._run("hear", self._hear)

    def stop(self) -> None:
        self._stopped.set()
        if self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(timeout=5)
        self._client.close()

    def _run(self, name: str, work: Any) -> None:
        """Start one thread of this name, once."""
        with self._lock:
            if any(thread.name == f"live-{name}" for thread in self._threads):
                return
            thread = threading.Thread(target=work, name=f"live-{name}", daemon=True)
            self._threads.append(thread)
        thread.start()

    def _publish(self) -> None:
        """What cannot be said is lost, and what comes after it is not."""
        self._keep_on(self._say, pause=0, waits="hints for other processes")

    def _say(self) -> None:
        if (waiting := self._waiting.get()) is None:
            return
        channel = CHANNEL if isinstance(waiting, News) else PLACES
        body = _news(waiting) if isinstance(waiting, News) else asdict(waiting)
        self._client.publish(channel, orjson.dumps({"from": self._self, **body}))

    def _hear(self) -> None:
        self._keep_on(self._subscribe, pause=AGAIN_SECONDS, waits="hints of other processes")

    def _keep_on(self, work: Callable[[], None], *, pause: float, waits: str) -> None:
        keep_on(
            work, until=self._stopped, pause=pause, expected=(self._error,), log=log, waits=waits
        )

    def _subscribe(self) -> None:
        try:
            with closing(self._client.pubsub()) as heard:
                heard.subscribe(CHANNEL, PLACES)
                self._listen(heard)
        finally:
            self.hears.clear()

    def _listen(self, heard: Any) -> None:
        while not self._stopped.is_set():
            message = heard.get_message(timeout=1.0)
            if message is None:
                continue
            if message["type"] == "subscribe":
                self.hears.set()
            elif message["type"] == "message":
                self._understand(message["channel"].decode(), message["data"])

    def _understand(self, channel: str, data: bytes) -> None:
        try:
            self._take(channel, orjson.loads(data))
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("a hint of another release was not understood")

    def _take(self, channel: str, told: dict[str, Any]) -> None:
        if told.pop("from") == self._self:
            return
        if channel == PLACES:
            self._hub.deliver_place(Place(**told))
        else:
            scopes = frozenset(told["scopes"])
            self._hub.deliver(News(told["network"], told["head"], scopes, told["moves_grants"]))


def _news(news: News) -> dict[str, Any]:
    return {
        "network": news.network_id,
        "head": news.head,
        "scopes": [*news.scopes],
        "moves_grants": news.moves_grants,
    }


class PollingRelay:
    """The database itself, asked by one thread."""

    def __init__(self, hub: Hub, app: Flask, notifying: Notifying) -> None:
        self._hub = hub
        self.places = notifying
        self._app = app
        self._heads: dict[str, int] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="live-poll", daemon=True)

    def send(self, news: News) -> None:
        """Nothing to do: the others look."""

    def pass_on(self, place: Place) -> None:
        self.places.send(place)

    def start(self) -> None:
        self._thread.start()
        self.places.start()

    def stop(self) -> None:
        self._stopped.set()
        self.places.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _work(self) -> None:
        keep_on(
            self._look_now,
            until=self._stopped,
            pause=POLL_SECONDS,
            expected=(Busy, SQLAlchemyError),
            log=log,
            waits="hints",
        )

    def _look_now(self) -> None:
        networks = self._hub.networks()
        if networks:
            with self._app.app_context():
                self.look(networks)
        else:
            self._heads.clear()
        self._stopped.wait(POLL_SECONDS)

    def look(self, networks: list[str]) -> None:
        """Deliver what moved since the last look. The first look at a network tells nothing."""
        with reading(EVERY_NETWORK) as tx:
            found = run(tx, "SELECT id, head FROM network WHERE id {among}", many(tx, networks))
            heads: dict[str, int] = {row[0]: row[1] for row in found}
            moved = [
                news_between(tx, network_id, self._heads[network_id], head)
                for network_id, head in heads.items()
                if self._heads.get(network_id, head) < head
            ]
        self._heads = heads
        for news in moved:
            self._hub.deliver(news)
