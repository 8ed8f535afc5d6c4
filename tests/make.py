"""Makers of valid things for tests: people, networks, sessions. Everybody is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, update
from werkzeug.test import TestResponse

from server import clock
from server.app import create_app
from server.config import Settings
from server.db import db, reading, writing
from server.models.accounts import Person
from server.models.sync import Network
from server.schema import bring_up_to_date, is_current
from server.services import accounts, members, sessions
from server.services.passwords import hash_password
from server.services.roles import role_of_server
from server.services.sessions import DeviceSeen
from tests.postgres import with_owner

BOTH_DATABASES = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
"""`pytestmark = BOTH_DATABASES`: run every test of a file on SQLite and on PostgreSQL."""

PASSWORD = "a long invented password"


@contextmanager
def an_app(settings: Settings) -> Iterator[Flask]:
    """An app within its context, its database brought up to date."""
    settings = with_owner(settings)
    app = create_app(settings)
    with app.app_context():
        if not _has_tables():
            make_tables(settings)
        yield app
        db.engine.dispose()


def _has_tables() -> bool:
    """Whether the database is a copy of one that has every table, or was used before."""
    with reading() as tx:
        return is_current(tx)


def make_tables(settings: Settings) -> None:
    """Bring the database up to date, as `rounds migrate` does."""
    settings = with_owner(settings)
    role = None if settings.is_sqlite else role_of_server(settings)
    app = create_app(replace(settings, database_url=settings.migrate_database))
    with app.app_context():
        with db.engine.begin() as connection:
            bring_up_to_date(connection, role)
        db.engine.dispose()


def a_network(name: str = "Invented Network") -> str:
    """A network's id. Wants an app context."""
    network_id = clock.new_id()
    with writing(network_id) as tx:
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


@cache
def _hash_of_password() -> str:
    """PASSWORD's hash, made once: it takes long on purpose."""
    return hash_password(PASSWORD)


def a_person(name: str = "Robin Sample", *, email: str | None = None) -> str:
    """A person's id, with PASSWORD where an address is given."""
    with writing() as tx:
        person_id = accounts.add_person(tx, name, email=email)
        if email is not None:
            hashed = _hash_of_password()
            tx.execute(update(Person).where(Person.id == person_id).values(password_hash=hashed))
        return person_id


def a_membership(network_id: str, person_id: str, *roles: str, school_id: str | None = None) -> str:
    """A member id."""
    place = {
        "roles": members.join_roles([*(roles or ("member",))]),
        "position": None,
        "school_id": school_id,
        "district_id": None,
    }
    with writing(network_id) as tx:
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
    return signed_in(app, Somebody(app.test_client(), network_id, member_id, person_id, email))


def signed_in(app: Flask, somebody: Somebody) -> Somebody:
    """The same person, with a session in their browser."""
    device = a_device()
    seen = DeviceSeen(device["id"], device["name"])
    with writing() as tx:
        token = sessions.start_session(tx, somebody.person_id, seen, timedelta(days=90))
    name = "__Host-rounds" if app.extensions["rounds_settings"].is_secure else "rounds_session"
    somebody.client.set_cookie(name, token)
    return replace(somebody, device=device)
