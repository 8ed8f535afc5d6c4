"""Signing in: cookies, limits, and what ends a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from server import clock
from server.db import reading
from tests.make import BOTH_DATABASES, PASSWORD, a_device, a_member, a_network, a_person, an_app

pytestmark = BOTH_DATABASES


@pytest.fixture
def member(app):
    return a_member(app, a_network())


def attempt(client, email, password=PASSWORD, device=None):
    body = {"email": email, "password": password}
    return client.post("/api/v1/session", json={**body, "device": device or a_device()})


def test_who_signed_in_is_me(member):
    me = member.get("/me").json

    assert me["person"]["email"] == member.email
    assert me["person"]["has_password"] is True
    assert me["memberships"][0]["member_id"] == member.member_id
    assert me["memberships"][0]["network"]["time_zone"] == "America/Denver"
    assert me["server_time"].endswith("Z")


def test_the_address_may_be_typed_in_capitals(member, client):
    assert attempt(client, member.email.upper()).status_code == 200


@pytest.mark.parametrize("email", ["nobody@example.org", "", "\x00", "x" * 300])
def test_a_wrong_address_and_a_wrong_password_are_told_alike(member, client, email):
    wrong_password = attempt(client, member.email, "wrong").json
    wrong_address = attempt(client, email, "wrong")

    assert wrong_password["error"]["code"] == "session.wrong"
    if wrong_address.status_code == 401:
        assert wrong_address.json == wrong_password
    else:
        assert wrong_address.status_code in {400, 422}


def test_the_cookie_is_httponly_lax_and_named_plainly_on_this_machine_alone(member, client):
    cookie = attempt(client, member.email).headers["Set-Cookie"]

    assert cookie.startswith("rounds_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(settings):
    with an_app(replace(settings, public_url="https://rounds.example.org")) as app:
        a_person("Robin Sample", email="robin@example.org")
        cookie = attempt(app.test_client(), "robin@example.org").headers["Set-Cookie"]

    assert cookie.startswith("__Host-rounds=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_only_the_hash_of_a_token_is_stored(member):
    token = member.client.get_cookie("rounds_session").value

    with reading() as tx:
        dump = str(tx.execute(text("select * from session")).all())

    assert len(token) >= 43
    assert token not in dump
    assert sha256(token.encode()).hexdigest() in dump


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(member, app):
    before = member.client.get_cookie("rounds_session").value
    attempt(member.client, member.email, device=member.device)
    after = member.client.get_cookie("rounds_session").value

    thief = app.test_client()
    thief.set_cookie("rounds_session", before)

    assert before != after
    assert thief.get("/api/v1/me").status_code == 401
    assert member.get("/me").status_code == 200


def test_signing_out_ends_the_session_on_the_server(member, app):
    token = member.client.get_cookie("rounds_session").value
    assert member.delete("/session").status_code == 204

    thief = app.test_client()
    thief.set_cookie("rounds_session", token)

    assert thief.get("/api/v1/me").status_code == 401


def test_a_session_ends_when_nobody_comes_for_long_and_lasts_while_they_do(member):
    began = clock.now()
    for days in (60, 120, 180):
        with clock.clock_at(lambda days=days: began + timedelta(days=days)):
            assert member.get("/me").status_code == 200
    with clock.clock_at(lambda: began + timedelta(days=271)):
        assert member.get("/me").status_code == 401


def test_a_session_that_is_used_every_month_ends_after_a_year(member):
    began = clock.now()
    for days in range(30, 365, 30):
        with clock.clock_at(lambda days=days: began + timedelta(days=days)):
            assert member.get("/me").status_code == 200
    with clock.clock_at(lambda: began + timedelta(days=365, seconds=1)):
        assert member.get("/me").status_code == 401


def test_the_browser_keeps_the_cookie_for_as_long_as_a_session_can_last(member, client):
    cookie = attempt(client, member.email).headers["Set-Cookie"]

    assert f"Max-Age={365 * 24 * 3600};" in cookie


def test_a_lost_tablet_is_signed_out_from_another(member, app):
    other = app.test_client()
    attempt(other, member.email, device=a_device("Second tablet"))
    listed = member.get("/me/sessions").json["sessions"]
    lost = next(each for each in listed if each["device_name"] == "Second tablet")

    assert member.delete(f"/me/sessions/{lost['id']}").status_code == 204

    assert other.get("/api/v1/me").status_code == 401
    assert member.get("/me").status_code == 200
    assert len(member.get("/me/sessions").json["sessions"]) == 1


def test_nobody_signs_out_somebody_else(member, app):
    other = a_member(app, member.network_id)
    theirs = other.get("/me/sessions").json["sessions"][0]["id"]

    assert member.delete(f"/me/sessions/{theirs}").status_code == 404
    assert other.get("/me").status_code == 200


def test_ten_wrong_passwords_stop_a_stranger_and_not_the_tablet_that_is_known(member, app):
    stranger = app.test_client()
    answers = [attempt(stranger, member.email, "wrong").status_code for _ in range(11)]

    assert answers == [401] * 10 + [429]
    refused = attempt(stranger, member.email)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert attempt(member.client, member.email, device=member.device).status_code == 200


def test_after_ten_minutes_a_stranger_may_try_again(member, app):
    for _ in range(10):
        attempt(app.test_client(), member.email, "wrong")

    later = clock.now() + timedelta(minutes=10, seconds=1)
    with clock.clock_at(lambda: later):
        assert attempt(app.test_client(), member.email).status_code == 200


def test_thirty_tablets_behind_one_address_all_sign_in(app):
    network_id = a_network()

    for n in range(30):
        somebody = a_member(app, network_id, name=f"Visitor {n}")
        attempt(somebody.client, somebody.email, "mistyped once")
        assert attempt(somebody.client, somebody.email).status_code == 200


def test_a_new_password_wants_the_old_one_and_ends_other_sessions(member, app):
    other = app.test_client()
    attempt(other, member.email)

    refused = member.put("/me", {"password": "quite another password"})
    changed = member.put(
        "/me", {"password": "quite another password", "current_password": PASSWORD}
    )

    assert refused.json["error"]["field"] == "current_password"
    assert changed.status_code == 200
    assert other.get("/api/v1/me").status_code == 401
    assert attempt(app.test_client(), member.email, "quite another password").status_code == 200


def test_an_address_of_somebody_else_is_refused(member, app):
    other = a_member(app, member.network_id)

    answer = member.put("/me", {"email": other.email.upper(), "current_password": PASSWORD})

    assert answer.status_code == 409
    assert answer.json["error"] == {**answer.json["error"], "field": "email"}


def test_a_person_changes_their_language(member):
    assert member.put("/me", {"language": "es"}).json["person"]["language"] == "es"
    assert member.put("/me", {"language": "xx"}).status_code == 422
