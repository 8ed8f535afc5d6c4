"""Makers of valid things for tests: people, networks, sessions. Everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert
from werkzeug.test import TestResponse

from server import clock
from server.db import writing
from server.models.sync import Network
from server.services import accounts, members

PASSWORD = "a long invented password"


def a_network(name: str = "Invented Network") -> str:
    """A network's id. Wants an app context."""
    network_id = clock.new_id()
    with writing() as tx:
        tx.execute(insert(Network).values(id=network_id, name=name, time_zone="America/Denver"))
    return network_id


@dataclass(frozen=True)
class Somebody:
    """A member with a browser of their own, signed in."""

    client: FlaskClient
    network_id: str
    member_id: str
    person_id: str
    email: str
    device: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.get(f"/api/v1{path}", **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        return self.client.post(f"/api/v1{path}", json={} if body is None else body, **kwargs)

    def put(self, path: str, body: Any, **kwargs: Any) -> TestResponse:
        return self.client.put(f"/api/v1{path}", json=body, **kwargs)

    def patch(self, path: str, body: Any, **kwargs: Any) -> TestResponse:
        return self.client.patch(f"/api/v1{path}", json=body, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.delete(f"/api/v1{path}", **kwargs)


def a_device(name: str = "Invented tablet") -> dict[str, str]:
    return {"id": clock.new_id(), "name": name}


def a_person(name: str = "Robin Sample", *, email: str | None = None) -> str:
    """A person's id, with PASSWORD where an address is given."""
    with writing() as tx:
        return accounts.add_person(tx, name, email=email, password=PASSWORD if email else None)


def a_membership(
    network_id: str, person_id: str, *roles: str, school_id: str | None = None
) -> str:
    """A member id."""
    place = {
        "roles": members.join_roles([*(roles or ("member",))]),
        "position": None,
        "school_id": school_id,
        "district_id": None,
    }
    with writing() as tx:
        return members.add_membership(tx, network_id, person_id, place)


def a_member(
    app: Flask,
    network_id: str,
    *roles: str,
    name: str = "Robin Sample",
    school_id: str | None = None,
) -> Somebody:
    """A member of the network who is signed in on a device of their own."""
    email = f"{clock.new_id()}@example.org"
    person_id = a_person(name, email=email)
    member_id = a_membership(network_id, person_id, *roles, school_id=school_id)
    return sign_in(app, network_id, member_id, person_id, email)


def sign_in(
    app: Flask, network_id: str, member_id: str, person_id: str, email: str
) -> Somebody:
    """A browser that is signed in as the person."""
    client = app.test_client()
    device = a_device()
    body = {"email": email, "password": PASSWORD, "device": device}
    answer = client.post("/api/v1/session", json=body)
    assert answer.status_code == 200, answer.json
    return Somebody(client, network_id, member_id, person_id, email, device)
