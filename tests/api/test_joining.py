"""Joining a network: an invitation's page, six digits in the installed app, a session."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server import clock
from tests.make import BOTH_DATABASES, a_device, a_member, a_network

pytestmark = BOTH_DATABASES


@pytest.fixture
def lead(app):
    return a_member(app, a_network(), "lead")


def invited(lead, **place):
    """A fresh way in: link, token, code."""
    answer = lead.post(f"/networks/{lead.network_id}/invitations", {"roles": ["member"], **place})
    assert answer.status_code == 201, answer.json
    return {**answer.json, "token": answer.json["link"].rpartition("/")[2]}


def join(client, **body):
    return client.post("/api/v1/join", json={"device": a_device(), **body})


def test_the_page_says_where_one_is_invited_and_by_which_role_but_not_by_whom(lead, client):
    token = invited(lead, name="Sam Sample")["token"]

    page = client.post("/api/v1/join/look", json={"token": token}).json

    assert page["network_name"] == "Invented Network"
    assert page["invited_by_roles"] == ["lead"]
    assert page["name"] == "Sam Sample"
    assert "Robin" not in str(page)


def test_the_page_gives_six_digits_that_open_the_installed_app(lead, client, app):
    token = invited(lead, name="Sam Sample")["token"]
    code = client.post("/api/v1/join/code", json={"token": token}).json["code"]

    installed = app.test_client()
    answer = join(installed, code=code)

    assert answer.status_code == 200
    assert answer.json["person"]["name"] == "Sam Sample"
    assert answer.json["memberships"][0]["network"]["id"] == lead.network_id
    assert installed.get("/api/v1/me").json["person"]["name"] == "Sam Sample"


def test_an_invitation_is_spent_by_the_session_and_not_by_the_look(lead, client):
    way = invited(lead, name="Sam Sample")
    client.post("/api/v1/join/look", json={"token": way["token"]})
    client.post("/api/v1/join/code", json={"token": way["token"]})

    assert join(client, token=way["token"]).status_code == 200

    again = join(client, token=way["token"])
    assert again.status_code == 410
    assert again.json["error"]["code"] == "join.used"


def test_a_nameless_invitation_asks_for_the_name_and_stays_open(lead, client):
    way = invited(lead)

    asked = join(client, code=way["code"])
    assert asked.status_code == 422
    assert asked.json["error"] == {**asked.json["error"], "code": "join.name_needed"}

    assert join(client, code=way["code"], name="Kim Sample").status_code == 200


def test_a_code_ends_after_ten_minutes_and_the_link_makes_a_new_one(lead, client):
    way = invited(lead, name="Sam Sample")

    later = clock.now() + timedelta(minutes=10, seconds=1)
    with clock.clock_at(lambda: later):
        assert join(client, code=way["code"]).status_code == 404
        fresh = client.post("/api/v1/join/code", json={"token": way["token"]}).json["code"]
        assert join(client, code=fresh).status_code == 200


def test_five_wrong_tries_end_a_code(lead, client):
    way = invited(lead, name="Sam Sample")
    wrong = way["code"][:3] + ("000" if way["code"][3:] != "000" else "001")

    for _ in range(5):
        assert join(client, code=wrong).status_code == 404

    assert join(client, code=way["code"]).json["error"]["code"] == "join.wrong_code"
    assert join(client, token=way["token"]).status_code == 200


def test_four_wrong_tries_do_not_end_a_code(lead, client):
    way = invited(lead, name="Sam Sample")
    wrong = way["code"][:3] + ("000" if way["code"][3:] != "000" else "001")

    for _ in range(4):
        join(client, code=wrong)

    assert join(client, code=way["code"]).status_code == 200


def test_a_guesser_is_stopped_before_six_digits_become_few(lead, app):
    living = invited(lead, name="Sam Sample")["code"][:3]
    other = f"{(int(living) + 1) % 1000:03}000"
    client = app.test_client()

    answers = {join(client, code=other).status_code for _ in range(501)}

    assert answers == {404, 429}


def test_a_lead_shows_a_fresh_link_and_the_printed_one_stays_good(lead, client):
    way = invited(lead, name="Sam Sample")
    path = f"/networks/{lead.network_id}/invitations/{way['invitation']['id']}/code"

    fresh = lead.post(path).json

    assert fresh["link"] != way["link"]
    assert fresh["code"] != way["code"]
    assert join(client, code=way["code"]).status_code == 404
    assert join(client, token=way["token"]).status_code == 200
    assert lead.post(path).status_code == 410


def test_an_invitation_that_was_taken_back_opens_nothing(lead, client):
    way = invited(lead, name="Sam Sample")
    lead.delete(f"/networks/{lead.network_id}/invitations/{way['invitation']['id']}")

    assert join(client, token=way["token"]).json["error"]["code"] == "join.ended"
    assert join(client, code=way["code"]).status_code == 404


def test_an_invitation_ends_after_its_days(lead, client):
    way = invited(lead, name="Sam Sample")

    later = clock.now() + timedelta(days=31)
    with clock.clock_at(lambda: later):
        assert join(client, token=way["token"]).status_code == 410


def test_inviting_many_gives_a_link_for_each(lead, app):
    people = [{"name": f"Guest {n}", "roles": ["member"]} for n in range(30)]

    sheet = lead.post(f"/networks/{lead.network_id}/invitations/batch", {"people": people})

    links = [way["link"] for way in sheet.json["ways_in"]]
    assert len(set(links)) == 30
    first = join(app.test_client(), token=links[0].rpartition("/")[2])
    assert first.json["person"]["name"] == "Guest 0"


def test_somebody_signed_in_joins_one_more_network_as_themselves(lead, app):
    other = a_member(app, a_network("Second Network"), "lead")
    token = invited(other)["token"]

    answer = lead.post("/join", {"token": token, "as_me": True})

    names = [each["network"]["name"] for each in answer.json["memberships"]]
    assert names == ["Invented Network", "Second Network"]
    assert answer.json["person"]["id"] == lead.person_id


def test_on_a_shared_tablet_an_invitation_makes_a_new_person_unless_told(lead, app):
    token = invited(lead, name="Sam Sample")["token"]

    answer = join(lead.client, token=token)

    assert answer.json["person"]["id"] != lead.person_id


def test_who_is_in_the_network_already_is_told_so_and_the_place_stays(lead, client):
    token = invited(lead, name="Sam Sample")["token"]

    answer = lead.post("/join", {"token": token, "as_me": True})

    assert answer.json["error"]["code"] == "join.already_member"
    assert join(client, token=token).status_code == 200


def test_an_invitation_to_a_known_address_never_opens_its_account(lead, app):
    stranger = a_member(app, a_network("Second Network"))
    token = invited(lead, email=stranger.email)["token"]

    answer = join(app.test_client(), token=token, name="Not Them")

    assert answer.json["error"]["code"] == "join.sign_in_first"


def test_only_an_admin_invites_an_admin(lead):
    answer = lead.post(f"/networks/{lead.network_id}/invitations", {"roles": ["admin"]})

    assert answer.status_code == 403
    assert answer.json["error"]["code"] == "members.admin_only"


def test_a_member_invites_nobody(lead, app):
    member = a_member(app, lead.network_id)

    answer = member.post(f"/networks/{lead.network_id}/invitations", {"roles": ["member"]})

    assert answer.status_code == 403


def test_an_unknown_link_is_not_found(client):
    assert client.post("/api/v1/join/look", json={"token": "nothing"}).status_code == 404


@pytest.mark.parametrize("body", [{}, {"code": "123456", "token": "x"}, {"code": "12345"}])
def test_joining_wants_one_way_in(client, body):
    assert client.post("/api/v1/join", json=body).status_code == 422
