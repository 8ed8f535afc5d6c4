"""A round of long ago in a real browser: in packs on disk, whole on screen, and still editable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from tests.browser.link import Link
from tests.browser.on_server import rows
from tests.browser.tablet import ON_ITS_SIDE, Tablets, needs_browser
from tests.browser.visit_day import a_day
from tests.make import a_member, a_network

pytestmark = needs_browser

PROBLEM = "Students explain little of their thinking."

STORED = """async () => {
  const { name } = (await indexedDB.databases()).find((each) => /cache/.test(each.name));
  const asked = indexedDB.open(name);
  const db = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const all = (store) => new Promise((done) => {
    const found = db.transaction(store).objectStore(store).getAll();
    found.onsuccess = () => done(found.result);
  });
  const [records, packs] = [await all("records"), await all("packs")];
  db.close();
  const kinds = (rows) => [...new Set(rows.map((row) => row.kind))].sort();
  return { single: kinds(records), packed: kinds(packs.flatMap((pack) => pack.rows)) };
}"""


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STORED)
    return found


def test_a_round_of_long_ago_is_opened_from_its_packs_without_a_network_and_edited(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead")
    long_ago = (clock.now() - timedelta(days=400)).date().isoformat()
    day = a_day(lead, a_member(app, network), title="Last year's round", visits_on=long_ago)
    tablet = tablets.kept(link, ON_ITS_SIDE)
    tablet.sign_in(lead)
    page = tablet.goto("/rounds")
    expect(page.get_by_text("Last year's round")).to_be_visible()
    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    tablet.wait_until_installed()
    assert stored(page) == {
        "single": ["member", "participant", "round", "team"],
        "packed": ["classroom", "focus_question", "problem_of_practice", "slot"],
    }
    tablet.go_offline()
    tablet.close()

    page = tablet.open("/rounds", offline=True)
    page.get_by_text("Last year's round").click()
    expect(page.get_by_role("heading", name="Last year's round")).to_be_visible()
    tablet.goto(f"/rounds/{day.round_id}/plan/problem")
    question = page.get_by_role(
        "textbox", name="What do you truly not know how to solve?", exact=True
    )
    expect(question).to_have_value(PROBLEM)
    question.fill("They wait for us.")
    question.blur()
    tablet.go_online()

    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    scope = f"round:{day.round_id}"
    (row,) = rows(lead, "problem_of_practice", scope)
    assert [head["value"] for head in row["fields"]["text"]] == ["They wait for us."]
