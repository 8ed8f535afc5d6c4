"""The front of a district's server, tried with the shipped Caddyfile on loopback."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from server import schema
from server.app import create_app
from server.config import Settings
from server.db import db
from tests.make import PASSWORD, a_member, a_network
from tests.serving import ROOT, Served, a_free_port, serve

CADDY = shutil.which("caddy")
STARTS_WITHIN = 60

pytestmark = pytest.mark.skipif(CADDY is None, reason="no caddy on this machine")


@dataclass(frozen=True)
class Front:
    """A district's server as browsers meet it."""

    port: int
    open_port: int
    email: str
    behind: Served

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # the certificate is Caddy's own, made for this run
        connection = http.client.HTTPSConnection("localhost", self.port, context=context, timeout=5)
        try:
            data = None if body is None else json.dumps(body).encode()
            sent = {"Content-Type": "application/json", **headers} if data else headers
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    port, open_port = a_free_port(), a_free_port()
    settings = Settings(
        data_dir=str(folder), public_url=f"https://localhost:{port}", trusted_proxies=1
    )
    email = _a_person(settings)
    with serve(settings) as behind, _caddy(folder, port, open_port, behind.port):
        made = Front(port, open_port, email, behind)
        _wait_for(made)
        yield made


def _a_person(settings: Settings) -> str:
    app = create_app(settings)
    with app.app_context():
        with db.engine.begin() as connection:
            schema.bring_up_to_date(connection)
        somebody = a_member(app, a_network(), "lead")
        db.engine.dispose()
        return somebody.email


def _caddy(folder: Path, port: int, open_port: int, behind: int) -> _Running:
    """The shipped file, with a certificate of Caddy's own and nothing outside the folder."""
    wrapper = folder / "Caddyfile"
    wrapper.write_text(
        "{\n\tadmin off\n\tauto_https disable_redirects\n\tlocal_certs\n\tskip_install_trust\n"
        f"\thttps_port {port}\n\thttp_port {open_port}\n"
        f"\tstorage file_system {folder}/caddy\n}}\nimport {ROOT}/deploy/Caddyfile\n"
    )
    environment = {
        **os.environ,
        "ROUNDS_ADDRESS": "localhost",
        "ROUNDS_PORT": str(behind),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = [str(CADDY), "run", "--config", str(wrapper), "--adapter", "caddyfile"]
    return _Running(command, environment, folder / "caddy.log")


class _Running:
    """A process that ends with the block."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log

    def __enter__(self) -> None:
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=output, stderr=output
            )

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


def _wait_for(front: Front) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            if front.ask("GET", "/api/v1/ready")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the front did not start")


def sign_in(front: Front, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    body = {"email": front.email, "password": PASSWORD}
    return front.ask("POST", "/api/v1/session", body, **headers)


def test_the_app_can_be_installed(front: Front):
    status, headers, body = front.ask("GET", "/manifest.webmanifest")

    manifest = json.loads(body)
    assert status == 200
    assert headers["Content-Type"].startswith("application/manifest+json")
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert front.ask("GET", icon["src"])[0] == 200


def test_the_cookie_is_secure_and_bound_to_this_host(front: Front):
    status, headers, _ = sign_in(front)

    cookie = headers["Set-Cookie"]
    assert status == 200
    assert cookie.startswith("__Host-rounds=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


def test_browsers_are_told_to_stay_on_https(front: Front):
    _, headers, _ = front.ask("GET", "/")

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_page_of_another_origin_cannot_write(front: Front):
    status, _, _ = sign_in(front, Origin="https://elsewhere.example")

    assert status == 403


def test_too_large_a_body_is_refused_before_the_application(front: Front):
    # To a door where the application reads what it is given, and only a little too much:
    # whoever answers early, or leaves more than that unread, hangs up on one who still sends.
    body = {"email": "a" * 4_100_000, "password": PASSWORD}
    status, headers, _ = front.ask("POST", "/api/v1/session", body)

    assert status == 413
    assert "Sync-Server" not in headers


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("GET", "/rounds", "text/html,*/*", 308),
        ("GET", "/api/v1/me", "text/html,*/*", 403),
        ("POST", "/api/v1/push", "application/json", 403),
        ("GET", "/sw.js", "*/*", 403),
    ],
)
def test_over_http_a_page_is_led_to_https_and_nothing_else(
    front: Front, method: str, path: str, accept: str, status: int
):
    connection = http.client.HTTPConnection("localhost", front.open_port, timeout=5)
    connection.request(method, path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert answer.status == status
    assert answer.headers["Location"] == ("https://localhost/rounds" if status == 308 else None)
