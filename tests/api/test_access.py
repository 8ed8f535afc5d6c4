"""Every route of openapi.json, for every role, in one's own network and in a foreign one.

Generated from the document, so that a route that nobody decided about fails here.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from schemas.vocabulary import NetworkRole
from server import clock
from server.api.openapi import document
from server.app import create_app
from server.config import Settings
from server.db import reading, writing
from server.domain.access import ACTIONS, ROUND_ACTIONS
from server.domain.imports.plans import Known, plan_of
from server.domain.imports.reading import read_file
from server.services import screens
from server.services.exports.content import Filter
from server.services.exports.making import Wanted
from server.services.narrow_findings import A_PAGE
from server.services.ordered_files import list_files, make_ordered_files, order_file
from server.sync.compose import compose
from tests.make import Somebody, a_device, a_member, a_network, an_app
from tests.postgres import empty
from tests.sync.talk import a_measure, a_round
from tests.wide_network import Wide, fill_widely

OPEN = {"get_health", "get_ready", "get_openapi", "sign_in", "look_at_invitation"} | {
    "make_code",
    "join",
    "get_metrics",
    "begin_screen",
    "look_at_screen",
}
"""Without a session: what it answers depends on a secret in the body, or is nobody's."""

OWN = {"get_me", "change_me", "sign_out", "list_sessions", "end_session"} | {
    "take_own_data",
    "subscribe_to_notices",
    "unsubscribe_from_notices",
}
"""The asker's own person, whatever they are in networks."""

ANY_MEMBER = {"list_members", "push_changes", "pull_records", "get_history", "list_set_aside"} | {
    "tell_client_error",
    "get_snapshot",
    "listen",
    "say_where",
    "send_heartbeat",
    "get_retention",
}
"""Each member; what they get follows from what they hold."""

NEEDS = {
    "list_invitations": "members.invite",
    "invite": "members.invite",
    "invite_many": "members.invite",
    "renew_invitation": "members.invite",
    "withdraw_invitation": "members.invite",
    "make_way_back": "members.invite",
    "change_member": "members.change",
    "list_round_devices": "rounds.see_devices",
    "remove_member": "members.change",
    "end_member_sessions": "members.change",
    "change_network": "network.change",
    "change_retention": "retention.change",
    "place_hold": "retention.hold",
    "lift_hold": "retention.hold",
    "release_set_aside": "set_aside.release",
    "find_in_directory": "directory.search",
    "carry_rescue_file": "sync.carry",
    "look_at_file": "files.take_in",
    "take_file_in": "files.take_in",
    "list_client_errors": "errors.see",
    "find_network_patterns": "patterns.read",
    "find_more_findings": "patterns.read",
    "find_more_next_level": "patterns.read",
    "find_more_read_alike": "patterns.read",
    "find_evidence": "patterns.read",
    "find_by_context": "patterns.read",
    "find_schools_then_and_now": "patterns.read",
    "export_patterns": "patterns.export",
    "export_table": "patterns.export",
    "order_patterns_file": "patterns.export",
    "list_patterns_files": "patterns.export",
    "fetch_patterns_file": "patterns.export",
    "end_patterns_file": "patterns.export",
    "get_export_schema": "patterns.export",
    "list_network_exports": "exports.register",
    "export_measure": "measures.export",
    "get_measure_schema": "measures.export",
}
"""What domain.access.ACTIONS must allow."""

IN_A_ROUND = {
    "list_summary_pages": "summary.open_page",
    "open_summary_page": "summary.open_page",
    "end_summary_page": "summary.open_page",
    "export_summary": "summary.read_first",
    "list_screens": "debrief.show_on_screen",
    "show_on_screen": "debrief.show_on_screen",
    "end_screen": "debrief.show_on_screen",
}
"""What domain.access.ROUND_ACTIONS must allow: in here nobody but the lead has a role there."""

A_FILE = b"name\nRobin Invented\n"
FILE = {"content": b64encode(A_FILE).decode()}
DIGEST = plan_of(read_file(A_FILE), Known("", [])).digest(A_FILE)
"""Of a file that means the same to every network."""

BODIES: dict[str, Any] = {
    "look_at_file": FILE,
    "take_file_in": FILE | {"digest": DIGEST},
    "show_on_screen": {"code": "{screen_code}"},
    "open_summary_page": {"audience": "school"},
    "end_summary_page": {"audience": "school"},
    "invite": {"roles": ["member"]},
    "invite_many": {"people": [{"roles": ["member"]}]},
    "change_member": {"position": "principal"},
    "change_network": {"time_zone": "America/Denver"},
    "change_retention": {"days": 90},
    "place_hold": {"reason": "An invented reason"},
    "change_me": {"language": "es"},
    "tell_client_error": {"network": "{network_id}", "code": "TypeError", "version": "0.1.0"},
    "carry_rescue_file": {"format": "rounds-rescue", "version": 1, "changes": []},
    "push_changes": {"network": "{network_id}", "head": 0, "chain": "", "changes": []},
    "send_heartbeat": {
        "network": "{network_id}",
        "unsent": 0,
        "set_aside": 0,
        "app_version": "1",
    },
    "say_where": {"network": "{network_id}", "round": "{network_id}", "record": None},
    "pull_records": {"network": "{network_id}", "head": 0, "chain": "", "cursors": {}},
}
QUERIES = {
    "get_history": "?network={network_id}",
    "list_set_aside": "?network={network_id}",
    "get_snapshot": "?network={network_id}",
    "listen": "?network={network_id}",
    "find_in_directory": "?q=columbine",
    "find_more_findings": "?after={after}",
    "find_more_next_level": "?after={after}",
    "find_more_read_alike": "?after={after}",
    "export_patterns": "?format=csv",
    "export_table": "?format=csv&table=codebook",
    "order_patterns_file": "?format=csv",
    "export_measure": "?format=csv",
}


def operations() -> list[tuple[str, str, str, bool]]:
    """(operation, method, path, whether a session is needed) of every route."""
    app = create_app(Settings(data_dir="/nonexistent", database_url="sqlite:////tmp/unused.db"))
    with app.app_context():
        paths = document(app.extensions["rounds_api"])["paths"]
    return [
        (each["operationId"], method, path, "security" in each)
        for path, methods in paths.items()
        for method, each in methods.items()
        if method != "parameters"
    ]


OPERATIONS = operations()
_DECIDED = ANY_MEMBER | IN_A_ROUND.keys() | NEEDS.keys()
IN_A_NETWORK = [each for each in OPERATIONS if each[0] in _DECIDED]


class Two:
    """Two networks with a member of each role, and something of each kind in both."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.own, self.foreign = self._make("Own"), self._make("Foreign")

    def _make(self, name: str) -> dict[str, Any]:
        network_id = a_network(name)
        fill_widely(network_id, Wide(1, A_PAGE + 1, 3, ["T: an invented line"]))
        people = {role: a_member(self.app, network_id, role) for role in NetworkRole}
        other = a_member(self.app, network_id)
        round_id = a_round(people[NetworkRole.LEAD])
        hold = f"/networks/{network_id}/rounds/{round_id}/hold"
        assert people[NetworkRole.ADMIN].put(hold, BODIES["place_hold"]).status_code == 204
        made = people[NetworkRole.LEAD].post(
            f"/networks/{network_id}/invitations", {"roles": ["member"]}
        )
        with writing() as tx:
            _, waiting = screens.begin(tx)
        read = people[NetworkRole.LEAD].get(f"/networks/{network_id}/patterns").json
        return {
            "after": read["more"],
            "finding_id": read["findings"][0]["id"],
            "file_id": clock.new_id(),
            "people": people,
            "screen_code": waiting["code"],
            "screen_id": clock.new_id(),
            "network_id": network_id,
            "member_id": other.member_id,
            "invitation_id": made.json["invitation"]["id"],
            "change_id": self._set_aside(other),
            "session_id": other.get("/me/sessions").json["sessions"][0]["id"],
            "record_id": other.member_id,
            "scope": f"network:{network_id}",
            "round_id": round_id,
            "measure_id": a_measure(people[NetworkRole.LEAD]),
        }

    def _set_aside(self, member: Any) -> str:
        """The id of a change that waits: no member writes a district."""
        scope = f"network:{member.network_id}"
        district = {"name": "Invented District"}
        change = compose("district", clock.new_id(), scope, district, by=member.member_id)
        body = {"network": member.network_id, "head": 0, "chain": "", "changes": [change]}
        assert member.post("/push", body).json["results"][0]["status"] == "set_aside"
        return str(change["id"])

    def a_file(self, somebody: Somebody) -> str:
        """The id of a file that the member asked for, and that is ready."""
        network_id = somebody.network_id
        with writing(network_id) as tx:
            order_file(tx, network_id, somebody.member_id, Wanted("csv"), Filter())
        make_ordered_files(self.app.extensions["rounds_settings"])
        with reading(network_id) as tx:
            return str(list_files(tx, network_id, somebody.member_id, "en")[0]["id"])

    def spent(self, operation: str) -> dict[str, str]:
        """A fresh id in place of one that the operation uses up."""
        lead = self.own["people"][NetworkRole.LEAD]
        if operation == "withdraw_invitation":
            path = f"/networks/{lead.network_id}/invitations"
            made = lead.post(path, {"roles": ["member"]})
            return {"invitation_id": made.json["invitation"]["id"]}
        if operation == "remove_member":
            return {"member_id": a_member(self.app, lead.network_id).member_id}
        return {}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request, tmp_path_factory):
    """Made once for this file and database: what a test spends, it makes anew."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    settings = Settings(data_dir=str(tmp_path_factory.mktemp("data")), database_url=url)
    with an_app(settings) as app:
        yield Two(app)
        if url:
            empty(settings)


def call(client: Any, operation: tuple[str, str, str, bool], ids: dict[str, Any]) -> Any:
    """Call the operation with these ids in its path, query and body."""
    name, method, path, _ = operation
    body: Any = BODIES.get(name, {})
    if isinstance(body, dict):
        body = {
            key: value.format(**ids) if isinstance(value, str) and "{" in value else value
            for key, value in body.items()
        }
    path = path.format(**ids) + QUERIES.get(name, "").format(**ids)
    if method == "get":
        return client.get(path)
    return client.open(path, method=method.upper(), json=body)


def test_somebody_decided_about_every_route():
    decided = OPEN | OWN | ANY_MEMBER | IN_A_ROUND.keys() | NEEDS.keys()

    assert {each[0] for each in OPERATIONS} <= decided
    assert {each[0] for each in OPERATIONS if not each[3]} <= OPEN
    assert {*NEEDS.values()} <= ACTIONS.keys()
    assert {*IN_A_ROUND.values()} == ROUND_ACTIONS.keys()


def test_the_document_holds_every_route_and_no_other(two):
    routes = {
        (method, rule.rule.replace("<id:", "{").replace("<", "{").replace(">", "}"))
        for rule in two.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert {(method.upper(), path) for _, method, path, _ in OPERATIONS} == routes


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each[0])
def test_without_a_session_nothing_but_the_open_routes_answers(two, operation):
    answer = call(two.app.test_client(), operation, two.own)

    assert (answer.status_code == 401) == (operation[0] not in OPEN)


@pytest.mark.parametrize("operation", IN_A_NETWORK, ids=lambda each: each[0])
def test_in_ones_own_network_the_table_decides(two, operation):
    refused = set()
    for role, somebody in two.own["people"].items():
        fresh = (
            Two(two.app).own if operation[0] in {"withdraw_invitation", "remove_member"} else None
        )
        ids = fresh or two.own
        if "{file_id}" in operation[2]:
            ids = {**ids, "file_id": two.a_file(somebody)}
        client = fresh["people"][role].client if fresh else somebody.client
        answer = call(client, operation, ids)
        if answer.status_code == 403:
            refused.add(role)
        else:
            assert answer.status_code in {200, 201, 204}, answer.json

    allowed = ACTIONS[NEEDS[operation[0]]] if operation[0] in NEEDS else {*NetworkRole}
    if operation[0] in IN_A_ROUND:
        allowed = ROUND_ACTIONS[IN_A_ROUND[operation[0]]] & {*NetworkRole}
    assert refused == {*NetworkRole} - {*allowed}


@pytest.mark.parametrize("operation", IN_A_NETWORK, ids=lambda each: each[0])
def test_a_foreign_network_is_not_found_whatever_one_is(two, operation):
    for somebody in two.own["people"].values():
        assert call(somebody.client, operation, two.foreign).status_code == 404


@pytest.mark.parametrize("operation", IN_A_NETWORK, ids=lambda each: each[0])
def test_a_foreign_id_within_ones_own_network_is_not_found(two, operation):
    mixed = {**two.foreign, "network_id": two.own["network_id"]}
    named = [
        name
        for name in (
            "member_id",
            "invitation_id",
            "record_id",
            "change_id",
            "round_id",
            "measure_id",
            "finding_id",
            "file_id",
        )
        if name in operation[2]
    ]
    if not named:
        return

    allowed = ACTIONS[NEEDS[operation[0]]] if operation[0] in NEEDS else {*NetworkRole}
    for role in {NetworkRole.LEAD, NetworkRole.ADMIN} & allowed:
        assert call(two.own["people"][role].client, operation, mixed).status_code == 404


def test_a_foreign_session_is_not_found(two):
    operation = next(each for each in OPERATIONS if each[0] == "end_session")

    for somebody in two.own["people"].values():
        assert call(somebody.client, operation, two.foreign).status_code == 404


@pytest.mark.parametrize("operation", IN_A_NETWORK, ids=lambda each: each[0])
def test_a_removed_member_is_a_stranger_who_may_still_send(two, operation):
    gone = a_member(two.app, two.own["network_id"])
    lead = two.own["people"][NetworkRole.LEAD]
    lead.delete(f"/networks/{gone.network_id}/members/{gone.member_id}")

    status = call(gone.client, operation, two.own).status_code

    if operation[0] == "push_changes":
        assert status == 200
    elif operation[0] in {"pull_records", "list_set_aside"}:
        assert status in {200, 404}
    else:
        assert status == 404


def test_a_session_of_one_network_opens_no_other_by_any_route(two):
    lead = two.own["people"][NetworkRole.LEAD]
    other = two.foreign["people"][NetworkRole.LEAD]
    token = other.post(
        f"/networks/{two.foreign['network_id']}/invitations", {"roles": ["lead", "admin"]}
    )
    assert token.status_code == 403
    way = other.post(f"/networks/{two.foreign['network_id']}/invitations", {"roles": ["lead"]})
    link = way.json["link"].rpartition("/")[2]
    assert lead.post("/join", {"token": link, "as_me": True}).status_code == 200
    back = other.post(
        f"/networks/{two.foreign['network_id']}/members/{_member_id(lead, two)}/recovery"
    )
    narrow = two.app.test_client()
    narrow.post("/api/v1/join", json={"code": back.json["code"], "device": a_device()})

    for operation in IN_A_NETWORK:
        assert call(narrow, operation, two.own).status_code == 404
    assert narrow.get("/api/v1/me").json["memberships"][0]["network"]["name"] == "Foreign"


def _member_id(somebody: Any, two: Two) -> str:
    memberships = somebody.get("/me").json["memberships"]
    foreign = two.foreign["network_id"]
    return next(each["member_id"] for each in memberships if each["network"]["id"] == foreign)
