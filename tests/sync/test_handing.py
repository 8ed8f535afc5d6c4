"""Cards handed over as files: whoever brings them, in whatever order, each change is there once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from server import clock
from tests.make import Somebody, a_member
from tests.sync.oracle import hash_of
from tests.sync.talk import (
    Json,
    a_card,
    a_change,
    a_round,
    an_edit,
    log_of,
    pull,
    push,
    rows_of,
    statuses,
    values_of,
)

AUTHORS = 2
ACTS = st.tuples(
    st.sampled_from(["author pushes", "file is brought", "file is brought in two", "lead pushes"]),
    st.integers(0, AUTHORS - 1),
)


@pytest.fixture
def robin(app: Flask, network: str) -> Somebody:
    return a_member(app, network)


def bring(lead: Somebody, *changes: Json) -> Json:
    """What the tablet that leads asks of the server for cards that others handed to it."""
    handed = [{"network": lead.network_id, "change": each} for each in changes]
    body = {"format": "rounds-rescue", "version": 1, "changes": handed}
    answer = lead.post(f"/networks/{lead.network_id}/carry", body)
    assert answer.status_code == 200, answer.json
    return {name: count for name, count in answer.json.items() if count}


class Room:
    """Two authors' files, what each typed after handing over, and what the lead did with both."""

    def __init__(self, lead: Somebody, authors: list[Somebody], round_id: str) -> None:
        self.lead, self.authors = lead, authors
        self.files = [_file_of(author, round_id) for author in authors]
        self.later = [[an_edit(file[0], set={"text": "Amended"})] for file in self.files]
        for edits in self.later:
            edits[0]["seen"], edits[0]["depth"] = _naming(edits[0], "text")
        self.agreed = [_agree(lead, file[0]) for file in self.files]

    def act(self, what: str, who: int) -> None:
        file = self.files[who]
        if what == "author pushes":
            push(self.authors[who], *file, *self.later[who])
        elif what == "file is brought":
            bring(self.lead, *file)
        elif what == "file is brought in two":
            bring(self.lead, *file[1:])
            bring(self.lead, *file[:1])
        else:
            push(self.lead, *self.agreed)

    def all_changes(self) -> dict[str, Json]:
        every = [*self.agreed, *sum(self.files, []), *sum(self.later, [])]
        return {change["id"]: change for change in every}


def _naming(change: Json, field: str) -> tuple[Json, Json]:
    return {field: change["seen"][field]}, {field: change["depth"][field]}


def _file_of(author: Somebody, round_id: str) -> list[Json]:
    card = a_card(author, round_id, set={"text": "S: why", "standing": "posted"})
    source = a_change(
        author,
        kind="card_source",
        scope=f"visitors:{round_id}",
        set={"card": card["record"], "classroom": clock.new_id()},
    )
    return [card, source]


def _agree(lead: Somebody, card: Json) -> Json:
    change = an_edit(card, by=lead.member_id, set={"standing": "agreed"})
    change["seen"], change["depth"] = _naming(change, "standing")
    return change


@seed(1)
@settings(
    database=None,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(ACTS, max_size=8), last=st.permutations(["author pushes", "lead pushes"]))
def test_in_any_order_each_change_is_there_once_and_all_see_the_same(
    lead: Somebody, ana: Somebody, robin: Somebody, acts: list[tuple[str, int]], last: list[str]
) -> None:
    room = Room(lead, [ana, robin], a_round(lead, ana, robin))

    for what, who in [*acts, *((each, who) for each in last for who in range(AUTHORS))]:
        room.act(what, who)

    changes = room.all_changes()
    found = [row for row in log_of(lead.network_id) if row.id in changes]
    assert Counter(row.id for row in found) == dict.fromkeys(changes, 1)
    assert {(row.kind, row.status, row.carried_by) for row in found} == {
        ("card", "applied", None),
        ("card_source", "applied", None),
    }
    assert all(row.sha256 == hash_of(changes[row.id]) for row in found)
    assert all(row.author_id == changes[row.id]["by"] for row in found)
    rows = rows_of(pull(robin))
    for card, source in room.files:
        assert values_of(rows[card["record"]], "text") == ["Amended"]
        assert values_of(rows[card["record"]], "standing") == ["agreed"]
        assert values_of(rows[source["record"]], "card") == [card["record"]]


def test_a_forged_file_lends_no_rights_and_reaches_no_card_that_is_there(
    app: Flask, lead: Somebody, ana: Somebody
) -> None:
    """In the name of the host, who holds no `visitors:`, and of a guest, who writes no card."""
    host, guest = a_member(app, lead.network_id), a_member(app, lead.network_id)
    round_id = a_round(lead, ana)
    parts = [_part(lead, round_id, host, "host"), _part(lead, round_id, guest, "guest")]
    push(lead, *parts)
    real, _ = _file_of(ana, round_id)
    push(ana, real)
    source = {**_file_of(host, round_id)[1], "id": clock.new_id()}

    assert bring(lead, source, _file_of(guest, round_id)[0]) == {"new": 2, "waiting": 2}
    assert bring(lead, {**real, "set": {**real["set"], "text": "not hers"}}) == {"refused": 1}

    rows = rows_of(pull(ana))
    assert [row["id"] for row in rows.values() if row["kind"] == "card"] == [real["record"]]
    assert [row for row in rows.values() if row["kind"] == "card_source"] == []
    assert source["record"] not in rows_of(pull(host))


def test_words_put_in_somebodys_mouth_stay_marked_with_who_brought_them(
    lead: Somebody, ana: Somebody
) -> None:
    """The lead may carry for others, as with a rescue file: the log says for ever that they did."""
    round_id = a_round(lead, ana)
    forged, real = _file_of(ana, round_id)[0], _file_of(ana, round_id)[0]
    bring(lead, forged, real)

    push(ana, real)

    brought = {row.id: row.carried_by for row in log_of(lead.network_id)}
    assert (brought[forged["id"]], brought[real["id"]]) == (lead.member_id, None)


def test_other_words_brought_under_an_id_cost_the_author_nothing(
    lead: Somebody, ana: Somebody
) -> None:
    """Her tablet hears `id_reuse` and offers the same words once more, under an id of its own."""
    round_id = a_round(lead, ana)
    real, _ = _file_of(ana, round_id)
    bring(lead, {**real, "set": {**real["set"], "text": "not hers"}})

    result = push(ana, real)["results"][0]
    renewed = {**real, "id": clock.new_id()}

    assert (result["status"], result["reason"]) == ("invalid", "id_reuse")
    assert statuses(push(ana, renewed)) == ["applied"]
    texts = values_of(rows_of(pull(lead))[real["record"]], "text")
    assert sorted(texts) == ["S: why", "not hers"]


def test_a_visitor_who_leads_no_network_brings_nothing_for_others(
    lead: Somebody, ana: Somebody, robin: Somebody
) -> None:
    round_id = a_round(lead, ana, robin)
    handed = [{"network": lead.network_id, "change": each} for each in _file_of(ana, round_id)]
    file: Any = {"format": "rounds-rescue", "version": 1, "changes": handed}

    answer = robin.post(f"/networks/{robin.network_id}/carry", file)

    assert answer.status_code in (403, 404)
    assert [row for row in log_of(lead.network_id) if row.author_id == ana.member_id] == []


def _part(lead: Somebody, round_id: str, somebody: Somebody, role: str) -> Json:
    values = {"member": somebody.member_id, f"roles/{role}": True}
    return a_change(lead, kind="participant", scope=f"round:{round_id}", set=values)
