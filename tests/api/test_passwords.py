"""Passwords: what is taken, how it is kept, and the fields they are typed into."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from flask import Flask
from sqlalchemy import select

from server.db import reading
from server.models.accounts import Person, SignInCode
from server.services.passwords import hash_password, is_password
from tests.make import PASSWORD, Somebody, a_member, a_network

SCREENS = Path(__file__).parents[2] / "pwa" / "src"


@pytest.fixture
def member(app: Flask) -> Somebody:
    return a_member(app, a_network())


def change(member: Somebody, password: str, current: str = PASSWORD) -> int:
    answer = member.put("/me", {"password": password, "current_password": current})
    return answer.status_code


def test_ten_characters_are_the_least(member: Somebody) -> None:
    answer = member.put("/me", {"password": "nine char", "current_password": PASSWORD})

    assert (answer.status_code, answer.json["error"]["field"]) == (422, "password")
    assert change(member, "ten of any") == 200


def test_a_password_is_taken_exactly_as_it_was_typed(member: Somebody) -> None:
    """Spaces at its ends, any script, two hundred characters; never cut, never folded."""
    password = "  Ño 🗝 " + "un mar sin orilla, " * 10 + "xy "
    assert change(member, password) == 200

    def fits(typed: str) -> bool:
        body = {"email": member.email, "password": typed, "device": member.device}
        return member.client.post("/api/v1/session", json=body).status_code == 200

    assert [fits(password[:-1]), fits(password.strip()), fits(password.lower())] == [False] * 3
    assert fits(password)


@pytest.mark.parametrize(
    "password",
    [
        *("1234567890", "0987654321", "1q2w3e4r5t", "1qaz2wsx3edc", "zaq12wsxcde3", "qwertyuiop"),
        *("qwerty12345", "123456789a", "a123456789", "1122334455", "1111111111", "123123123a"),
        *("Password1!", "P@ssw0rd123", "passwordpassword", "letmein1234", "trustno1trustno1"),
        *("Summer2026!", "princess12", "iloveyou123", "Contraseña1", "teamomucho1", "welcome2026"),
    ],
)
def test_the_commonest_passwords_are_refused(member: Somebody, password: str) -> None:
    answer = member.put("/me", {"password": password, "current_password": PASSWORD})

    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "me.password_common"
    assert answer.json["error"]["field"] == "password"


def test_words_of_the_product_the_network_and_the_person_are_refused(app: Flask) -> None:
    member = a_member(app, a_network("Tidewater Network"), name="Robin Sample")

    for password in ("Rounds2026!", "Tidewater#2026", "tidewaternetwork", "Robin.Sample1"):
        assert change(member, password) == 422, password


@pytest.mark.parametrize("password", ["purple tractor 19", "mi gato come pan", "v8K!qz0Lp2"])
def test_a_common_word_among_others_is_no_common_password(member: Somebody, password: str) -> None:
    assert change(member, password) == 200


def test_a_password_is_kept_by_argon2id_with_its_own_salt(member: Somebody) -> None:
    with reading() as tx:
        kept = tx.scalar(select(Person.password_hash).where(Person.id == member.person_id))

    assert kept is not None
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(PASSWORD) != kept
    assert is_password(kept, PASSWORD)


def test_every_field_for_a_password_hides_it_and_is_known_to_password_managers() -> None:
    """And nothing keeps anybody from pasting."""
    fields = [
        field
        for path in SCREENS.rglob("*.tsx")
        for field in re.findall(r"<TextField\b[^>]*?/>", path.read_text(), re.DOTALL)
        if "password" in field
    ]

    assert len(fields) >= 4
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
    assert not [path for path in SCREENS.rglob("*.ts*") if "onPaste" in path.read_text()]


def test_a_code_is_kept_by_a_slow_hash_salted_with_its_invitation(app: Flask) -> None:
    lead = a_member(app, a_network(), "lead")
    made = lead.post(f"/networks/{lead.network_id}/invitations", {"roles": ["member"]}).json

    with reading() as tx:
        kept = tx.execute(select(SignInCode.code_hash, SignInCode.invitation_id)).one()

    again = hash_secret_raw(
        made["code"].encode(), kept.invitation_id.encode(), 2, 19 * 1024, 1, 32, Type.ID
    )
    assert kept.code_hash == again.hex()
