"""Every answer: one shape for failures on every path, the same headers on all of them."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from werkzeug.exceptions import HTTPException

from server import errors
from server.app import create_app
from server.config import Settings
from server.errors import RuleBroken
from tests.make import a_device, a_member, a_network

MADE_OF = {
    errors.TooMany: (60,),
    errors.FileRefused: ([RuleBroken("import.empty"), RuleBroken()], 3),
}
RULES = [
    each(*MADE_OF.get(each, ()))
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, RuleBroken)
]
STATUSES = [400, 401, 403, 404, 405, 408, 409, 410, 411, 413, 415, 422, 429, 431, 500, 503]
ID = "00000000-0000-4000-8000-000000000000"


def assert_is_failure(answer, status: int | None = None) -> None:
    if status is not None:
        assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert set(answer.json) == {"error"}
    assert {"code", "message"} <= set(answer.json["error"])
    assert not answer.json["error"]["message"].startswith("error.")
    assert answer.headers["Sync-Server"] == "1"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def routes(app):
    """Every route of the API with one of its methods, ids filled in."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<id:{name}>", ID)
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield method, path


@pytest.fixture
def member(app):
    return a_member(app, a_network(), "lead")


def test_every_rule_is_answered_in_the_one_shape(tmp_path):
    app = create_app(Settings(data_dir=str(tmp_path)))

    @app.get("/api/v1/rule/<int:number>")
    def break_rule(number):
        raise RULES[number]

    @app.get("/api/v1/status/<int:status>")
    def fail(status):
        error = HTTPException()
        error.code = status
        raise error

    client = app.test_client()
    for number, rule in enumerate(RULES):
        assert_is_failure(client.get(f"/api/v1/rule/{number}"), rule.status)
    for status in STATUSES:
        assert_is_failure(client.get(f"/api/v1/status/{status}"), status)


def test_every_route_refuses_a_wrong_method_in_the_one_shape(app, client):
    for _, path in routes(app):
        answer = client.open(path, method="PROPFIND")
        assert_is_failure(answer, 405)
        assert answer.headers["Allow"]


def test_every_write_without_a_length_is_refused(app, client):
    for method, path in routes(app):
        if method in {"POST", "PUT", "PATCH"}:
            answer = client.open(path, method=method, headers={"Transfer-Encoding": "chunked"})
            assert_is_failure(answer, 411)


def test_every_write_of_another_site_is_refused(app, member):
    for method, path in routes(app):
        if method == "GET":
            continue
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": "https://other.example.org"},
            {"Origin": "https://other.example.org"},
            {"Origin": "null"},
        ):
            answer = member.client.open(path, method=method, json={}, headers=headers)
            assert_is_failure(answer, 403)
            assert answer.json["error"]["code"] == "request.foreign_origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_a_write_of_our_own_page_is_taken(member, headers):
    assert member.put("/me", {"language": "es"}, headers=headers).status_code == 200


def test_every_write_that_is_not_json_is_refused(app, member):
    for method, path in routes(app):
        if method != "GET":
            answer = member.client.open(path, method=method, data="name=Sam")
            assert_is_failure(answer, 415)


def test_every_route_that_needs_a_session_says_so(app, client):
    document = client.get("/api/v1/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method == "parameters" or "security" not in operation:
                continue
            real = re.sub(r"\{\w+\}", ID, path)
            answer = client.open(real, method=method.upper(), json={})
            assert_is_failure(answer, 401)


def test_a_path_of_the_api_that_is_not_there_is_no_screen(client):
    assert_is_failure(client.get("/api/v1/nothing"), 404)
    assert_is_failure(client.get("/api/"), 404)


@pytest.mark.parametrize(
    ("language", "words"), [("es-MX,es;q=0.9", "No se encontró."), ("fr", "This was not found.")]
)
def test_a_failure_speaks_the_browsers_language(client, language, words):
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": language})

    assert answer.json["error"]["message"] == words


def test_a_bug_says_nothing_of_itself_but_a_number_that_stands_in_the_log(tmp_path, capsys):
    app = create_app(Settings(data_dir=str(tmp_path)))

    @app.get("/api/v1/bug")
    def bug():
        raise ValueError("the words of a note")

    answer = app.test_client().get("/api/v1/bug")

    assert_is_failure(answer, 500)
    assert "words of a note" not in answer.text
    log = capsys.readouterr().err
    assert answer.json["error"]["request_id"] in log
    assert "ValueError" in log
    assert "words of a note" not in log


def test_a_log_line_holds_no_path_token_or_address(settings, capsys):
    client = create_app(settings).test_client()
    client.get("/join/a-secret-token", headers={"X-Forwarded-For": "203.0.113.9"}, buffered=True)
    client.post("/api/v1/join/look", json={"token": "another-secret"})

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    assert [line["route"] for line in lines] == ["/<path:path>", "/api/v1/join/look"]
    assert all(line["request_id"] for line in lines)
    assert "secret" not in json.dumps(lines)
    assert "203.0.113.9" not in json.dumps(lines)
    assert "127.0.0.1" not in json.dumps(lines)


def sent(member, data, **headers):
    return member.client.put(
        "/api/v1/me", data=data, content_type="application/json", headers=headers
    )


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 411, "request.length_required"),
        (b"{", 400, "request.malformed"),
        (b"\xff\xfe", 400, "request.malformed"),
        (b'\xef\xbb\xbf{"name": "x"}', 400, "request.malformed"),
        (b'{"name": NaN}', 400, "request.malformed"),
        (b'{"name": "a\\u0000b"}', 400, "request.unsafe_text"),
        (b'{"name": "\\ud83d"}', 400, "request.unsafe_text"),
        (b'{"\\ud83d": 1}', 400, "request.unsafe_text"),
        (b'{"name": ["\\udc00"]}', 400, "request.unsafe_text"),
        (b"[" * 100_000, 400, "request.too_deep"),
        (b"[" * 33 + b"]" * 33, 400, "request.too_deep"),
        (b'{"name":' * 1000 + b"1" + b"}" * 1000, 400, "request.too_deep"),
        (b'{"name": "' + b"x" * 1_000_000 + b'"}', 413, "request.too_large"),
        (b'{"name": ' + b"9" * 5000 + b"}", 400, "request.malformed"),
        (b"[]", 422, "request.invalid"),
        (b"null", 422, "request.invalid"),
        (b'"text"', 422, "request.invalid"),
        (b'{"surprise": 1}', 422, "request.invalid"),
        (b'{"name": 7}', 422, "request.invalid"),
        (b'{"name": null}', 422, "request.invalid"),
        (b'{"name": "   "}', 422, "request.invalid"),
        (b'{"name": {"name": "x"}}', 422, "request.invalid"),
    ],
)
def test_a_bad_body_is_a_clear_failure(member, data, status, code):
    answer = sent(member, data)

    assert_is_failure(answer, status)
    assert answer.json["error"]["code"] == code


@pytest.mark.parametrize("text", ["\\u0000", "a\\\\u0000b", "[[[[" * 40, '\\" [{', "é 🙂 \\ud83d"])
def test_text_that_only_looks_dangerous_is_kept_as_it_is(member, text):
    answer = member.put("/me", {"name": text})

    assert answer.status_code == 200
    assert answer.json["person"]["name"] == text


def test_a_failure_names_the_field_and_never_the_value(member):
    answer = member.post("/session", {"email": "x", "password": "y", "device": {"id": "secret"}})

    assert answer.json["error"]["field"] in {"device.id", "device.name"}
    assert "secret" not in answer.text


def test_a_field_name_that_is_no_word_is_not_repeated(member):
    answer = member.put("/me", {"<script>alert(1)</script>": 1})

    assert "script" not in answer.text


def test_a_packed_body_is_read_and_one_that_swells_is_refused(member):
    body = gzip.compress(b'{"language": "es"}')
    bomb = gzip.compress(b'{"name": "' + b"x" * 20_000_000 + b'"}')

    assert sent(member, body, **{"Content-Encoding": "gzip"}).status_code == 200
    assert_is_failure(sent(member, bomb, **{"Content-Encoding": "gzip"}), 413)
    assert_is_failure(sent(member, body[:-5], **{"Content-Encoding": "gzip"}), 400)
    assert_is_failure(sent(member, b"no gzip", **{"Content-Encoding": "gzip"}), 400)
    assert_is_failure(sent(member, body, **{"Content-Encoding": "br"}), 415)


@pytest.mark.parametrize("path", ["/%00", "/api/v1/%00", "/assets/%00", "/..%2f..%2fwsgi.py"])
def test_a_strange_path_is_no_bug(client, path):
    answer = client.get(path, buffered=True)

    assert answer.status_code in {200, 404, 503}
    assert b"create_app" not in answer.data


@pytest.mark.parametrize("cookie", ["", "x" * 4000, "é"])
def test_a_strange_cookie_is_nobody(client, cookie):
    client.set_cookie("rounds_session", cookie)

    assert_is_failure(client.get("/api/v1/me"), 401)


def test_a_full_disk_or_a_locked_database_is_busy_and_stores_nothing(member, app):
    from sqlalchemy import text

    from server.db import db

    with db.engine.connect() as connection:
        connection.execute(text("select 1"))
        connection.rollback()
        other = connection.execution_options(writes=True)
        with other.begin():
            answer = member.put("/me", {"name": "Somebody Else"})

    assert_is_failure(answer, 503)
    assert answer.headers["Retry-After"] == "2"
    assert member.get("/me").json["person"]["name"] == "Robin Sample"


def test_a_full_disk_is_told_apart(member):
    from sqlalchemy import text

    from server.db import db

    with db.engine.connect() as connection:
        pages = connection.scalar(text("pragma page_count"))
    db.engine.dispose()
    from sqlalchemy import event

    def no_more_pages(connection, record):
        connection.execute(f"pragma max_page_count={pages}")

    event.listen(db.engine, "connect", no_more_pages)
    answers = [
        member.post(
            f"/networks/{member.network_id}/invitations/batch",
            {"people": [{"name": f"{n} {'x' * 150}", "roles": ["member"]} for n in range(200)]},
        )
        for _ in range(3)
    ]

    assert_is_failure(answers[-1], 503)
    assert answers[-1].json["error"]["code"] == "server.storage_full"
    listed = member.get(f"/networks/{member.network_id}/invitations").json["invitations"]
    assert len(listed) % 200 == 0


def test_a_device_says_who_it_is(member, client):
    body = {"email": member.email, "password": "wrong", "device": {**a_device(), "id": "x"}}

    assert client.post("/api/v1/session", json=body).status_code == 422
