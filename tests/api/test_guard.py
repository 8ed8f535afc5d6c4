"""What stands on every answer, whoever gives it and whatever it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from server.app import create_app
from server.config import Settings
from tests.make import PASSWORD, Somebody, a_device, a_member, a_network, an_app, signed_in

ROOT = Path(__file__).parents[2]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
}


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead")


def paths(lead: Somebody) -> list[str]:
    """An answer of each kind: a screen, a missing file, JSON, a file, failures."""
    network = f"/api/v1/networks/{lead.network_id}"
    return [
        "/",
        "/rounds",
        "/assets/none.js",
        "/api/v1/health",
        "/api/v1/openapi.json",
        "/api/v1/me",
        f"{network}/members",
        f"{network}/patterns",
        f"{network}/patterns/export?format=csv",
        f"{network}/patterns/export?format=xlsx",
        f"{network}/none",
        "/api/v1/networks/x/members",
    ]


def test_every_kind_of_answer_carries_the_same_policy(lead: Somebody) -> None:
    for path in paths(lead):
        headers = lead.client.get(path, buffered=True).headers
        policy = {each.strip() for each in headers["Content-Security-Policy"].split(";")}
        assert policy >= POLICY, path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def test_every_kind_of_answer_says_what_it_is(lead: Somebody) -> None:
    for path in paths(lead):
        kind = lead.client.get(path, buffered=True).headers["Content-Type"]
        is_file = "format=xlsx" in path
        assert kind == "application/json" or is_file or kind.endswith("; charset=utf-8"), path


def test_no_answer_of_the_api_is_kept_by_anybody(lead: Somebody) -> None:
    for path in paths(lead):
        if path.startswith("/api/"):
            assert lead.client.get(path).headers["Cache-Control"] == "no-store", path


def test_no_origin_is_given_leave_to_read(lead: Somebody) -> None:
    for path in paths(lead):
        for method in ("GET", "OPTIONS"):
            sent = {"Origin": "https://elsewhere.example.org"}
            answer = lead.client.open(path, method=method, headers=sent, buffered=True)
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_trace_is_no_method_of_any_path(lead: Somebody) -> None:
    for path in paths(lead):
        assert lead.client.open(path, method="TRACE", buffered=True).status_code in {404, 405}


def test_over_https_browsers_are_told_to_stay_there_with_all_subdomains(tmp_path: Path) -> None:
    settings = Settings(data_dir=str(tmp_path), public_url="https://rounds.example.org")

    answer = create_app(settings).test_client().get("/api/v1/health")

    told = answer.headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("proxies", "stopped"), [(0, True), (1, False)])
def test_a_forged_address_counts_for_nothing_without_a_proxy_of_ours(
    tmp_path: Path, proxies: int, stopped: bool
) -> None:
    """Each try says it comes from elsewhere: believed only where a front of ours says so."""
    settings = Settings(data_dir=str(tmp_path), trusted_proxies=proxies, site_attempts=3)
    with an_app(settings) as app:
        statuses = [
            app.test_client()
            .post(
                "/api/v1/join",
                json={"code": f"00000{number}", "device": a_device()},
                headers={"X-Forwarded-For": f"203.0.113.{number}"},
            )
            .status_code
            for number in range(5)
        ]

    assert (429 in statuses) == stopped


def test_a_line_of_the_log_says_who_asked_by_an_id(
    app: Flask, settings: Settings, lead: Somebody, capsys: pytest.CaptureFixture[str]
) -> None:
    anew = signed_in(app, replace(lead, client=create_app(settings).test_client()))
    anew.get("/networks/00000000-0000-4000-8000-000000000000/members")
    anew.client.delete_cookie("rounds_session")
    anew.get("/me")
    anew.post("/session", {"email": lead.email, "password": PASSWORD})
    anew.post("/session", {"email": lead.email, "password": "a wrong password"})

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    said = [(line["route"], line["status"], line["person_id"]) for line in lines]
    assert said == [
        ("/api/v1/networks/<id:network_id>/members", 404, lead.person_id),
        ("/api/v1/me", 401, None),
        ("/api/v1/session", 200, lead.person_id),
        ("/api/v1/session", 401, None),
    ]
    assert all(line["at"].endswith("Z") for line in lines)


def test_the_service_cannot_read_the_codes_history() -> None:
    unit = (ROOT / "deploy" / "rounds.service").read_text()

    assert "InaccessiblePaths=-/opt/rounds/.git" in unit
