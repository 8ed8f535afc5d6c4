"""The members of a network: who may change what, and what everybody can read of it."""

from __future__ import annotations

import pytest

from server.db import reading
from server.services.audit import broken_audit
from server.sync.read import record_of
from tests.make import BOTH_DATABASES, a_device, a_member, a_membership, a_network, a_person

pytestmark = BOTH_DATABASES


@pytest.fixture
def admin(app):
    return a_member(app, a_network(), "admin", name="Demo Admin")


@pytest.fixture
def lead(app, admin):
    return a_member(app, admin.network_id, "lead", name="Demo Lead")


@pytest.fixture
def member(app, admin):
    return a_member(app, admin.network_id, name="Robin Sample")


def path_of(somebody):
    return f"/networks/{somebody.network_id}/members/{somebody.member_id}"


def member_record(somebody):
    with reading(somebody.network_id) as tx:
        return record_of(tx, somebody.network_id, somebody.member_id)


def test_everybody_sees_who_is_in_the_network_and_leads_see_devices(admin, lead, member):
    path = f"/networks/{lead.network_id}/members"

    seen_by_lead = {each["name"]: each for each in lead.get(path).json["members"]}
    seen_by_member = {each["name"]: each for each in member.get(path).json["members"]}

    assert [*seen_by_lead] == ["Demo Admin", "Demo Lead", "Robin Sample"]
    assert seen_by_lead["Robin Sample"]["devices"][0]["name"] == "Invented tablet"
    assert seen_by_lead["Robin Sample"]["last_seen_at"]
    assert "devices" not in seen_by_member["Demo Lead"]
    assert "last_seen_at" not in seen_by_member["Demo Lead"]


def test_who_joins_is_a_record_that_devices_can_hold(member):
    record = member_record(member)

    assert record.scope == f"network:{member.network_id}"
    assert record.get("name") == "Robin Sample"
    assert record.tagged("roles") == {"member"}
    assert record.get("active") is True


def test_a_lead_changes_roles_and_the_record_follows(lead, member):
    assert lead.patch(path_of(member), {"roles": ["lead", "analyst"]}).status_code == 204

    assert member_record(member).tagged("roles") == {"lead", "analyst"}
    assert member.get("/me").json["memberships"][0]["roles"] == ["lead", "analyst"]


def test_a_new_name_shows_in_every_network(member):
    member.put("/me", {"name": "Robin Renamed"})

    assert member_record(member).get("name") == "Robin Renamed"


def test_a_removed_member_is_a_stranger_online_and_inactive_in_the_record(lead, member):
    assert lead.delete(path_of(member)).status_code == 204

    assert member.get(f"/networks/{member.network_id}/members").status_code == 404
    assert member.get("/me").json["memberships"] == []
    assert member_record(member).get("active") is False


def test_who_comes_again_is_the_same_member(app, admin, lead):
    network_id = lead.network_id
    person_id = a_person("Kim Sample")
    before = a_membership(network_id, person_id)
    lead.delete(f"/networks/{network_id}/members/{before}")

    after = a_membership(network_id, person_id)

    assert after == before


def test_a_member_changes_nobody(member, lead):
    assert member.patch(path_of(lead), {"roles": ["member"]}).status_code == 403
    assert member.delete(path_of(lead)).status_code == 403


def test_a_lead_neither_makes_nor_removes_an_admin(admin, lead, member):
    assert lead.patch(path_of(member), {"roles": ["admin"]}).status_code == 403
    assert lead.patch(path_of(admin), {"roles": ["member"]}).status_code == 403
    assert lead.delete(path_of(admin)).status_code == 403
    assert lead.post(path_of(admin) + "/recovery").status_code == 403


def test_a_stolen_tablet_is_signed_out_by_a_lead(lead, member):
    assert lead.delete(path_of(member) + "/sessions").status_code == 204

    assert member.get("/me").status_code == 401
    assert lead.get("/me").status_code == 200


def test_an_admin_is_signed_out_by_an_admin_alone(admin, lead, member):
    assert lead.delete(path_of(admin) + "/sessions").status_code == 403
    assert member.delete(path_of(lead) + "/sessions").status_code == 403
    assert admin.get("/me").status_code == 200


def test_the_last_admin_stays(admin, app):
    assert admin.patch(path_of(admin), {"roles": ["lead"]}).status_code == 409
    assert admin.delete(path_of(admin)).json["error"]["code"] == "members.last_admin"

    other = a_member(app, admin.network_id, "admin")
    assert admin.delete(path_of(other)).status_code == 204


def test_a_way_back_in_is_good_once_and_lets_a_new_password_be_set(lead, member, app):
    way = lead.post(path_of(member) + "/recovery").json
    installed = app.test_client()
    body = {"code": way["code"], "device": a_device()}

    me = installed.post("/api/v1/join", json=body).json
    again = app.test_client().post("/api/v1/join", json=body)
    changed = installed.put("/api/v1/me", json={"password": "quite another password"})

    assert me["person"]["id"] == member.person_id
    assert again.status_code == 404
    assert changed.status_code == 200
    assert member.get("/me").status_code == 401


def test_a_way_back_of_one_network_does_not_open_another(lead, member, app):
    other_network = a_network("Second Network")
    a_membership(other_network, member.person_id)
    way = lead.post(path_of(member) + "/recovery").json
    installed = app.test_client()

    me = installed.post("/api/v1/join", json={"code": way["code"], "device": a_device()}).json

    assert [each["network"]["id"] for each in me["memberships"]] == [lead.network_id]
    assert installed.get(f"/api/v1/networks/{other_network}/members").status_code == 404
    refused = installed.put("/api/v1/me", json={"password": "quite another password"})
    assert refused.json["error"]["code"] == "me.current_password_wrong"


def test_a_newer_way_back_ends_the_older(lead, member, app):
    older = lead.post(path_of(member) + "/recovery").json
    lead.post(path_of(member) + "/recovery")

    token = older["link"].rpartition("/")[2]
    answer = app.test_client().post("/api/v1/join", json={"token": token})

    assert answer.json["error"]["code"] == "join.ended"


def test_every_change_of_people_stands_in_the_audit_log_and_a_forged_row_shows(lead, member, app):
    lead.patch(path_of(member), {"roles": ["analyst"]})
    lead.delete(path_of(member))

    from sqlalchemy import text

    from server.db import writing

    with writing(lead.network_id) as tx:
        actions = list(tx.scalars(text("select action from audit order by seq")))
        assert actions == ["member.changed", "member.removed"]
        assert broken_audit(tx, lead.network_id) is None
        tx.execute(text("update audit set action = 'member.joined' where seq = 1"))
        assert broken_audit(tx, lead.network_id) == 1
