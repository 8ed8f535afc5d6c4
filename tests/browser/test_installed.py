"""The installed app: opens with no server, and takes a new version only when told to.

The server here is ended for real, not only out of reach, and a new version is a second copy
of the product with another build in it.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.alone import Alone
from tests.browser.product import DIST, copy_newer
from tests.browser.tablet import Tablets, needs_browser
from tests.browser.visit_day import a_day
from tests.browser.visiting import field_of
from tests.make import a_member, a_network
from tests.serving import Served, a_free_port, serve

pytestmark = needs_browser

STARTS = 3
SCREENSHOT_BYTES = 200_000


def test_the_app_opens_cold_with_the_server_stopped_every_time(
    alone: Alone, product: Path, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(alone.app, network, "lead", name="Lead Sample")
    day = a_day(lead, a_member(alone.app, network))
    with serve(alone.settings, root=product) as served:
        tablet = tablets.kept(served)
        tablet.sign_in(lead)
        tablet.wait_until_installed()
        expect(tablet.page.locator(f'a[href="/rounds/{day.round_id}"]').first).to_be_visible()
        tablet.close()
    assert served.process.poll() is not None

    for path, title in (("/", "Today"), (f"/rounds/{day.round_id}", "Sample School")):
        for _ in range(STARTS):
            page = tablet.open(path)
            expect(page.get_by_role("heading", name=title).first).to_be_visible()
            tablet.kill()


def test_a_new_version_asks_and_never_interrupts_a_note(
    alone: Alone, product: Path, tablets: Tablets, tmp_path: Path
) -> None:
    network = a_network()
    lead = a_member(alone.app, network, "lead", name="Lead Sample")
    robin = a_member(alone.app, network)
    day = a_day(lead, robin)
    port = a_free_port()
    newer = copy_newer(tmp_path / "newer", product)
    with ExitStack() as first, ExitStack() as second:
        served = first.enter_context(serve(alone.settings, root=product, port=port))
        tablet = tablets.kept(served)
        tablet.sign_in(robin)
        tablet.wait_until_installed()
        page = tablet.goto(day.visit(0))
        expect(field_of(page)).to_be_focused()
        page.keyboard.type("T: where does the ")
        first.close()
        second.enter_context(serve(alone.settings, root=newer, port=port))

        page.evaluate("() => navigator.serviceWorker.ready.then((known) => known.update())")
        wait_for_the_waiting_worker(page)
        page.keyboard.type("six come from?")
        expect(field_of(page)).to_have_value("T: where does the six come from?")
        assert build_of(page) is None
        page.keyboard.press("Enter")
        expect(page.locator(".earlier-text")).to_have_text(["T: where does the six come from?"])
        tablet.goto("/")
        assert build_of(page) is None, "no version takes over by itself"
        page.get_by_role("button", name="Update now").click()

        expect(page.locator('meta[name="build"]')).to_have_attribute("content", "2")
        tablet.goto(day.visit(0))
        expect(page.locator(".earlier-text")).to_have_text(["T: where does the six come from?"])


def wait_for_the_waiting_worker(page: Page) -> None:
    page.evaluate(
        """async () => {
            const known = await navigator.serviceWorker.ready;
            const worker = known.installing ?? known.waiting;
            if (worker.state === "installed") return;
            await new Promise((done) => worker.addEventListener("statechange", done));
        }"""
    )
    assert page.evaluate("() => navigator.serviceWorker.ready.then((known) => !!known.waiting)")


def build_of(page: Page) -> str | None:
    found = page.locator('meta[name="build"]')
    return found.get_attribute("content") if found.count() else None


def test_the_manifest_is_whole_and_the_app_can_be_installed(
    served: Served, tablets: Tablets
) -> None:
    tablet = tablets.kept(served)
    page = tablet.open("/sign-in")
    tablet.wait_until_installed()
    page.reload()
    assert tablet.context
    tools = tablet.context.new_cdp_session(page)
    answered = tools.send("Page.getAppManifest")
    manifest = json.loads(answered["data"])

    assert answered["errors"] == []
    assert installability_errors(tools) == []
    assert manifest["display"] == "standalone"
    assert {"any", "maskable"} <= {icon["purpose"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert_picture(page, served, icon)
    forms = {shot["form_factor"] for shot in manifest["screenshots"]}
    assert forms == {"narrow", "wide"}
    for shot in manifest["screenshots"]:
        assert assert_picture(page, served, shot) < SCREENSHOT_BYTES


def installability_errors(tools: CDPSession) -> list[str]:
    """What keeps Chromium from offering to install; none where it cannot be asked."""
    told = tools.send("Page.getInstallabilityErrors")
    found = [error["errorId"] for error in told["installabilityErrors"]]
    return [error for error in found if error not in ("in-incognito", "pipeline-restarted")]


def assert_picture(page: Page, served: Served, entry: dict[str, str]) -> int:
    """The picture is there and has the size that the manifest says. Its bytes."""
    answer = page.request.get(f"{served.url}{entry['src']}")
    assert answer.headers["content-type"].startswith(entry["type"])
    if entry["sizes"] != "any":
        wide, high = (int(each) for each in entry["sizes"].split("x"))
        shown = page.evaluate(
            """async (src) => {
                const picture = new Image();
                picture.src = src;
                await picture.decode();
                return [picture.naturalWidth, picture.naturalHeight];
            }""",
            entry["src"],
        )
        assert shown == [wide, high]
    return len(answer.body())


def test_pictures_for_the_store_are_not_kept_on_every_tablet(product: Path) -> None:
    kept = json.loads((product / DIST / "precache.json").read_text())

    assert [url for url, _ in kept if "screenshots" in url] == []
