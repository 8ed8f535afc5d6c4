"""The directory over HTTP."""

import pytest
from flask import Flask

from server.services.directory import import_schools
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network

ROWS = (
    "district_id,district_name,campus_id,campus_name,is_district,is_charter\n"
    "0010,Sample Valley 1,0000,,TRUE,FALSE\n"
    "0010,Sample Valley 1,0187,Invented Primary,FALSE,TRUE\n"
)

pytestmark = BOTH_DATABASES


@pytest.fixture
def lead(app: Flask) -> Somebody:
    import_schools(ROWS.encode(), "sample.csv")
    return a_member(app, a_network(), "lead")


def test_a_lead_finds_a_school_with_its_district(lead):
    found = lead.get(f"/networks/{lead.network_id}/directory?q=inv")

    assert found.json == {
        "entries": [
            {
                "id": "co/0010/0187",
                "kind": "school",
                "name": "Invented Primary",
                "state": "CO",
                "district_id": "co/0010",
                "district_name": "Sample Valley 1",
                "nces_id": None,
                "charter": True,
            }
        ],
        "more": False,
    }


def test_a_search_can_be_narrowed_to_districts(lead):
    path = f"/networks/{lead.network_id}/directory?q=sample&kind=district"

    assert [entry["id"] for entry in lead.get(path).json["entries"]] == ["co/0010"]


@pytest.mark.parametrize("asked", ["", "q=", "q=a&kind=room", "q=a&other=1", "q=" + "a" * 201])
def test_a_search_that_makes_no_sense_is_refused_in_the_one_shape(lead, asked):
    answer = lead.get(f"/networks/{lead.network_id}/directory?{asked}")

    assert (answer.status_code, answer.json["error"]["code"]) == (422, "request.invalid")


def test_members_and_strangers_do_not_search(app, lead):
    member = a_member(app, lead.network_id, "member")
    stranger = a_member(app, a_network("Another invented network"), "lead")

    path = f"/networks/{lead.network_id}/directory?q=inv"
    assert member.get(path).status_code == 403
    assert stranger.get(path).status_code == 404
