"""The installed app: opens with no server, takes a new version only when told to, asks nobody else.

The server here is ended for real, not only out of reach, and a new version is a second copy
of the product with another build in it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from server.config import Settings
from tests.browser.photograph import account_of, at_demo, make_demo
from tests.browser.screens import SHOTS, settle, sign_in
from tests.browser.tablet import a_tablet, needs_browser
from tests.browser.visit_day import a_day
from tests.make import a_member, a_network
from tests.serving import ROOT, Served, a_free_port, serve

pytestmark = needs_browser

STARTS = 3
SCREENSHOT_BYTES = 200_000


def test_the_app_opens_cold_with_the_server_stopped_every_time(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    day = a_day(lead, a_member(app, network))
    with ExitStack() as running:
        served = running.enter_context(serve(settings))
        with a_tablet(tmp_path, served.url) as tablet:
            tablet.sign_in(lead)
            tablet.wait_until_installed()
            expect(tablet.page.locator(f'a[href="/rounds/{day.round_id}"]').first).to_be_visible()
            tablet.close()
            running.close()
            assert served.process.poll() is not None

            for path, title in (("/", "Today"), (f"/rounds/{day.round_id}", "Sample School")):
                for _ in range(STARTS):
                    page = tablet.open(path)
                    expect(page.get_by_role("heading", name=title).first).to_be_visible()
                    tablet.kill()
            assert tablet.problems == []


def a_newer_copy(folder: Path) -> Path:
    """The product once more, its build differing in one file, and so in its version."""
    for part in ("server", "schemas"):
        shutil.copytree(
            ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(ROOT / "wsgi.py", folder)
    dist = folder / "pwa" / "dist"
    shutil.copytree(ROOT / "pwa" / "dist", dist)
    page = dist / "index.html"
    page.write_text(page.read_text().replace("<title>", '<meta name="build" content="2" /><title>'))
    kept = json.loads((dist / "precache.json").read_text())
    kept = [[url, short_hash((dist / url[1:]).read_bytes())] for url, _ in kept]
    listed = json.dumps(kept, separators=(",", ":"))
    old = short_hash((dist / "precache.json").read_bytes())
    (dist / "precache.json").write_text(listed)
    worker = (dist / "sw.js").read_text()
    assert old in worker, "the worker knows the version of its files"
    (dist / "sw.js").write_text(worker.replace(old, short_hash(listed.encode())))
    return folder


def short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def test_a_new_version_asks_and_never_interrupts_a_note(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    robin = a_member(app, network)
    day = a_day(lead, robin)
    port = a_free_port()
    newer = a_newer_copy(tmp_path / "newer")
    with ExitStack() as first, ExitStack() as second:
        served = first.enter_context(serve(settings, port=port))
        with a_tablet(tmp_path, served.url) as tablet:
            tablet.sign_in(robin)
            tablet.wait_until_installed()
            page = tablet.page
            page.goto(f"{served.url}{day.visit(0)}")
            expect(page.locator(".note-editor")).to_be_focused()
            page.keyboard.type("T: where does the ")
            first.close()
            second.enter_context(serve(settings, port=port, root=newer))

            page.evaluate("() => navigator.serviceWorker.ready.then((known) => known.update())")
            wait_for_the_waiting_worker(page)
            page.keyboard.type("six come from?")
            expect(page.locator(".note-editor")).to_have_value("T: where does the six come from?")
            assert build_of(page) is None
            page.keyboard.press("Enter")
            page.goto(f"{served.url}/")
            assert build_of(page) is None, "no version takes over by itself"
            page.get_by_role("button", name="Update now").click()

            expect(page.locator('meta[name="build"]')).to_have_attribute("content", "2")
            page.goto(f"{served.url}{day.visit(0)}")
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


@dataclass
class Heard:
    """What a browser asked for and complained about while somebody walked through the app."""

    asked: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self.hear)
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.requestWillBeSent", lambda told: self.asked.add(told["request"]["url"]))
        tools.send("Audits.enable")
        tools.on("Audits.issueAdded", self.hear_issue)

    def hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def hear_issue(self, told: dict[str, Any]) -> None:
        if told["issue"]["code"] == "ContentSecurityPolicyIssue":
            self.complaints.append(json.dumps(told["issue"]["details"]))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, Any]]]:
    """The demo network as a newcomer gets it, behind a server of its own."""
    settings = Settings(data_dir=str(tmp_path_factory.mktemp("demo")))
    made = make_demo(settings)
    with serve(settings) as served:
        yield served, made


@pytest.mark.parametrize("role", ["lead", "visitor", "host", "analyst"])
def test_no_screen_asks_a_stranger_or_complains(
    demo: tuple[Served, dict[str, Any]], tmp_path: Path, role: str
) -> None:
    served, made = demo
    heard = Heard()
    with a_tablet(tmp_path, served.url) as tablet:
        page = tablet.open("/sign-in")
        heard.listen(page)
        assert tablet.context
        sign_in(tablet.context, served.url, account_of(made, role))
        for path in paths_of(made, role):
            page.goto(f"{served.url}{path}")
            settle(page)
    strangers = {url for url in heard.asked if not is_own(url, served.url)}
    assert heard.asked
    assert strangers == set()
    assert heard.complaints == []


def paths_of(made: dict[str, Any], role: str) -> list[str]:
    """Every address for the lead; for others those that differ by who looks at them.

    Without an invitation that does not exist: there the browser itself complains of a 404.
    """
    paths = {at_demo(shot, made).path for shot in SHOTS} - {"/join/no-such-token"}
    same = () if role == "lead" else ("/plan/", "/print/")
    return sorted(path for path in paths if not any(part in path for part in same))


def is_own(url: str, own: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == own


def test_the_manifest_is_whole_and_the_app_can_be_installed(served: Served, tmp_path: Path) -> None:
    with a_tablet(tmp_path, served.url) as tablet:
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


def test_pictures_for_the_store_are_not_kept_on_every_tablet() -> None:
    kept = json.loads((ROOT / "pwa" / "dist" / "precache.json").read_text())

    assert [url for url, _ in kept if "screenshots" in url] == []


@pytest.mark.parametrize(
    ("language", "title"), [("en", "The debrief opens"), ("es", "Comienza la conversación final")]
)
def test_a_push_shows_a_notice_in_the_persons_language_that_leads_to_the_debrief(
    app: Flask, served: Served, tmp_path: Path, language: str, title: str
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    day = a_day(lead, a_member(app, network))
    path = f"/rounds/{day.round_id}/debrief"
    message = {
        "title_key": "notices.debrief_opens.title",
        "body_key": "notices.debrief_opens.body",
        "language": language,
        "url": path,
        "tag": f"debrief_opens:{day.round_id}",
    }
    with a_tablet(tmp_path, served.url) as tablet:
        tablet.sign_in(lead)
        tablet.wait_until_installed()
        deliver_push(tablet.page, served.url, message)
        deliver_push(tablet.page, served.url, message)

        shown = notices_shown(tablet.page)
        assert [notice["title"] for notice in shown] == [title], "one notice, however often told"
        assert shown[0]["body"]
        tablet.page.goto(f"{served.url}{shown[0]['data']}")
        expect(tablet.page.get_by_role("heading", level=1, name="Debrief")).to_be_visible()


NOTICES = """async () => {
    const known = await navigator.serviceWorker.ready;
    const notices = await known.getNotifications();
    return notices.map(({ title, body, data }) => ({ title, body, data }));
}"""


def notices_shown(page: Page) -> list[dict[str, str]]:
    until = time.monotonic() + 20
    shown: list[dict[str, str]] = []
    while not shown and time.monotonic() < until:
        shown = page.evaluate(NOTICES)
    return shown


def deliver_push(page: Page, url: str, message: dict[str, str]) -> None:
    """As the browser's own push service would, after it has taken off the encryption."""
    tools = page.context.new_cdp_session(page)
    known: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(each["registrationId"] for each in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    until = time.monotonic() + 20
    while not known and time.monotonic() < until:
        page.evaluate("() => null")  # Events of the tools are heard between two questions.
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": url, "registrationId": known[0], "data": json.dumps(message)},
    )
    tools.detach()
