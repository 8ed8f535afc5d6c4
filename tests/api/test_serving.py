"""The real server over real HTTP: what only gunicorn and a socket can show."""

from __future__ import annotations

import http.client
import json
import socket

import pytest

from tests.make import PASSWORD, a_member, a_network


def request(served, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_somebody_signs_in_and_is_known_over_a_socket(app, served):
    member = a_member(app, a_network())
    body = json.dumps({"email": member.email, "password": PASSWORD})

    answer, _ = request(
        served, "POST", "/api/v1/session", body, {"Content-Type": "application/json"}
    )
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    _, me = request(served, "GET", "/api/v1/me", headers={"Cookie": cookie})

    assert json.loads(me)["person"]["email"] == member.email


@pytest.mark.parametrize(
    "lines",
    [
        ["Transfer-Encoding: chunked"],
        [],
    ],
)
def test_a_body_of_unknown_length_is_refused_and_not_cut(served, lines):
    head = ["POST /api/v1/session HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as link:
        link.sendall("\r\n".join([*head, *lines, "Connection: close", "", ""]).encode())
        if lines:
            link.sendall(b"2\r\n{}\r\n0\r\n\r\n")
        answer = b"".join(iter(lambda: link.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 411")
    assert b"request.length_required" in answer


def test_the_key_for_notices_is_there_once_the_server_answers(app, served):
    key = served.log.parent / "vapid.pem"

    assert key.stat().st_mode & 0o777 == 0o600


def test_a_server_that_is_asked_to_end_ends_soon(served):
    request(served, "GET", "/api/v1/health")

    served.process.terminate()

    assert served.process.wait(timeout=15) == 0


def test_every_line_of_the_log_is_json(served):
    request(served, "GET", "/api/v1/nothing")
    request(served, "GET", "/join/secret-token")

    served.process.terminate()
    served.process.wait(timeout=15)
    lines = served.log.read_text().splitlines()

    assert lines[0].startswith("Rounds answers at http://localhost:")
    assert all(json.loads(line)["level"] for line in lines[1:])
    assert "secret-token" not in served.log.read_text()


def test_a_server_that_is_asked_to_end_ends_its_streams_and_then_itself(app, served):
    member = a_member(app, a_network())
    body = json.dumps({"email": member.email, "password": PASSWORD})
    signed_in, _ = request(
        served, "POST", "/api/v1/session", body, {"Content-Type": "application/json"}
    )
    cookie = signed_in.headers["Set-Cookie"].partition(";")[0]
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    link.request("GET", f"/api/v1/live?network={member.network_id}", headers={"Cookie": cookie})
    stream = link.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert stream.readline() == b": listening\n"

    served.process.terminate()

    assert stream.read().strip() == b""
    assert served.process.wait(timeout=8) == 0
    link.close()
