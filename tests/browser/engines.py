"""Firefox and WebKit, driven by what they bring along: Marionette, and WebDriver over HTTP.

Each keeps a profile on disk and can be killed. As little of both protocols as a start, a page,
a key and a script need. Chromium, by Playwright, is in chromium_engine.py.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tests.serving import a_free_port

STARTS_WITHIN = 60
ENDS_WITHIN = 30
WEBKIT_BROWSER = Path(__file__).with_name("webkit_browser.py")
RETURN = "\ue007"
WEBKIT_FEATURES = "StorageAPI,StorageAPIEstimate"


class Engine(ABC):
    """One browser on one profile. `run` runs the body of an async function in the page."""

    binary: str | None

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def goto(self, url: str) -> None: ...

    @abstractmethod
    def run(self, body: str, *args: Any) -> Any: ...

    @abstractmethod
    def press(self, key: str) -> None:
        """One key down and up, as hands do it; a line break is the return key."""

    def spawn(self, *command: str) -> None:
        """In a session of its own: a kill takes its children along."""
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "NO_AT_BRIDGE": "1"},
        )

    def strike(self) -> None:
        """SIGKILL and nothing else: from another thread too, in the middle of anything."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> None:
        self.strike()
        if self.process:
            self.process.wait()
        self.process = None

    @abstractmethod
    def close(self) -> None:
        """Quit as a person does: everything reaches the disk, the sign-in too."""


def as_actions(key: str) -> dict[str, Any]:
    """A key as WebDriver's actions want it."""
    value = RETURN if key == "\n" else key
    strokes = [{"type": stroke, "value": value} for stroke in ("keyDown", "keyUp")]
    return {"actions": [{"type": "key", "id": "keys", "actions": strokes}]}


def as_callback(body: str) -> str:
    """An async body as WebDriver's scripts want it: the last argument is called with its end."""
    return (
        "const done = arguments[arguments.length - 1];"
        f"(async (...args) => {{ {body} }})(...[...arguments].slice(0, -1))"
        ".then((value) => done({ value: value ?? null }), (error) => done({ error: `${error}` }));"
    )


def ended(answer: Any) -> Any:
    assert "error" not in answer, answer["error"]
    return answer["value"]


class Firefox(Engine):
    """By Marionette: messages of JSON, each with its length before it."""

    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    pipe: Any = None

    def start(self) -> None:
        self.profile.mkdir(exist_ok=True)
        port = a_free_port()
        prefs = {"marionette.port": port, "app.update.enabled": False}
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in prefs.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        (self.profile / ".parentlock").unlink(missing_ok=True)
        assert self.binary
        self.spawn(self.binary, "--headless", "--marionette", "--profile", str(self.profile))
        with reach(port) as near:
            self.pipe = near.makefile("rwb")
        self.count = 0
        self.read()
        self.ask("WebDriver:NewSession", {})
        self.ask("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 60_000})

    def kill(self) -> None:
        super().kill()
        if self.pipe:
            self.pipe.close()
        self.pipe = None

    def close(self) -> None:
        self.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        if self.process:
            self.process.wait(ENDS_WITHIN)
        self.kill()

    def goto(self, url: str) -> None:
        self.ask("WebDriver:Navigate", {"url": url})

    def run(self, body: str, *args: Any) -> Any:
        asked = {"script": as_callback(body), "args": [*args]}
        return ended(self.ask("WebDriver:ExecuteAsyncScript", asked)["value"])

    def press(self, key: str) -> None:
        self.ask("WebDriver:PerformActions", as_actions(key))

    def ask(self, command: str, values: dict[str, Any]) -> Any:
        self.count += 1
        message = json.dumps([0, self.count, command, values]).encode()
        assert self.pipe
        self.pipe.write(f"{len(message)}:".encode() + message)
        self.pipe.flush()
        _, _, error, result = self.read()
        assert error is None, error
        return result

    def read(self) -> Any:
        assert self.pipe
        length = b""
        while (byte := self.pipe.read(1)) != b":":
            assert byte, "Firefox has gone"
            length += byte
        return json.loads(self.pipe.read(int(length)))


class WebKit(Engine):
    """The engine of iPads, as WebKitGTK: WebDriver over HTTP, in a window nobody sees."""

    binary = shutil.which("WebKitWebDriver")

    def start(self) -> None:
        port = a_free_port()
        self.port = port
        assert self.binary
        self.spawn("xvfb-run", "-a", self.binary, f"--port={port}")
        reach(port).close()
        args = [f"--profile={self.profile}", f"--features={WEBKIT_FEATURES}", "--automation"]
        options = {"binary": str(WEBKIT_BROWSER), "args": args}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session = self.ask("POST", "/session", {"capabilities": wanted})["sessionId"]
        self.ask("POST", f"/session/{self.session}/timeouts", {"script": 60_000})

    def close(self) -> None:
        with suppress(AssertionError):  # The window has gone before it can say so.
            self.ask("DELETE", f"/session/{self.session}", {})
        self.kill()

    def goto(self, url: str) -> None:
        self.ask("POST", f"/session/{self.session}/url", {"url": url})

    def run(self, body: str, *args: Any) -> Any:
        asked = {"script": as_callback(body), "args": [*args]}
        return ended(self.ask("POST", f"/session/{self.session}/execute/async", asked))

    def press(self, key: str) -> None:
        self.ask("POST", f"/session/{self.session}/actions", as_actions(key))

    def ask(self, method: str, path: str, values: dict[str, Any]) -> Any:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)) as connection:
            connection.request(method, path, json.dumps(values))
            answer = json.loads(connection.getresponse().read())["value"]
        assert not (isinstance(answer, dict) and "stacktrace" in answer), answer
        return answer


def reach(port: int) -> socket.socket:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=90)
        except OSError:
            assert time.monotonic() < until, "the browser did not start"
            time.sleep(0.05)
