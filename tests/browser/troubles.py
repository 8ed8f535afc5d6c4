"""What a device may have to say on any screen, brought about as it comes about: for shots.py.

A sign-out, a full disk, an emptied one, a new version, weeks without contact. What is done to
a page ends with it; what lies deeper is told where it is done.
"""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.reaching import open_visit
from tests.browser.screens import settle

BANNER = ".shell-notices .banner"

NO_ROOM = "no room"
"""What a disk that takes nothing says to whoever writes, on the pages that fill it."""

FILL = """() => {
    const { put, add } = IDBObjectStore.prototype;
    const full = () => { throw new DOMException("no room", "QuotaExceededError"); };
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = full;
    globalThis.makeRoom = () => Object.assign(IDBObjectStore.prototype, { put, add });
}"""
MAKE_ROOM = "() => void globalThis.makeRoom()"

FAIL_TO_WRITE = """() => {
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => {
        throw new DOMException("no room", "QuotaExceededError");
    };
}"""

LATE_IN_THE_DAY = """() => {
    const Real = Date;
    const end = new Real();
    end.setHours(23, 30);
    const ahead = end - new Real();
    globalThis.Date = class extends Real {
        constructor(...given) {
            if (given.length) super(...given);
            else super(Real.now() + ahead);
        }
        static now() { return Real.now() + ahead; }
    };
}"""

CHANGE_IN_STORE = """([database, store, change]) => new Promise(async (resolve, reject) => {
    const all = await indexedDB.databases();
    const opening = indexedDB.open(all.find(({ name }) => name.startsWith(database)).name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const tx = opening.result.transaction(store, "readwrite");
        tx.oncomplete = () => (opening.result.close(), resolve());
        tx.onabort = () => reject(tx.error);
        const kept = tx.objectStore(store);
        if (change === "emptied") kept.delete("canary");
        else kept.openCursor().onsuccess = ({ target: { result: at } }) => {
            if (!at) return;
            const { contact, ...rest } = at.value;
            if (contact) {
                const weeks = 36 * 24 * 60 * 60_000;
                const { server, wall } = contact;
                const then = { server: server - weeks, wall: wall - weeks, passed: 0 };
                at.update({ ...rest, contact: then });
            }
            at.continue();
        };
    };
})"""


def expect_banner(page: Page) -> None:
    expect(page.locator(BANNER).first).to_be_visible()


def answer(page: Page, what: str, status: int) -> None:
    """As our own server would refuse; the next screen asks the real one again."""
    ours = {"Sync-Server": "1"}
    page.route(what, lambda route: route.fulfill(status=status, json={}, headers=ours))
    page.reload()
    expect_banner(page)


def sign_out_elsewhere(page: Page) -> None:
    """The session was ended from another device."""
    answer(page, "**/api/v1/**", 401)


def be_too_old(page: Page) -> None:
    """The server has news that this version cannot read."""
    answer(page, "**/api/v1/pull", 426)


def fill_the_disk(page: Page) -> None:
    """A prediction that does not reach the disk."""
    page.evaluate(FAIL_TO_WRITE)
    page.locator("main textarea").first.fill("I would know the steps.")
    expect_banner(page)


def fill_the_disk_in_a_visit(page: Page) -> None:
    open_visit(0)(page)
    settle(page)
    page.evaluate(FAIL_TO_WRITE)
    page.locator("textarea").first.press_sequentially("T: opens the window")
    expect(page.locator(".visit .banner")).to_be_visible()


def let_time_pass(page: Page) -> None:
    """In a room whose next slot has begun."""
    open_visit(0)(page)
    settle(page)
    page.evaluate(LATE_IN_THE_DAY)
    expect(page.locator(".visit .banner")).to_be_visible()


def lie_in_a_drawer(page: Page) -> None:
    """Weeks without contact, and the radio off. The next answer of the server mends it."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.evaluate(CHANGE_IN_STORE, ["rounds-cache", "readings", "aged"])
    page.context.set_offline(True)
    page.reload()
    expect_banner(page)


def empty_the_disk(page: Page) -> None:
    """The browser cleared what it held. Told from here on until it is read."""
    page.evaluate(CHANGE_IN_STORE, ["rounds-outbox", "meta", "emptied"])
    page.reload()
    expect_banner(page)


def bring_a_new_version(page: Page) -> None:
    """Another worker waits. It is offered from here on."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    page.evaluate("() => navigator.serviceWorker.register('/sw.js?newer').then(() => true)")
    expect_banner(page)


def be_refused(page: Page) -> None:
    """A prediction comes back as one that this person may not write."""

    def set_aside(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        for result in told["results"]:
            result |= {"status": "set_aside", "reason": "access", "field": "text"}
        route.fulfill(response=answer, json=told)

    page.route("**/api/v1/push", set_aside)
    page.locator("main textarea").first.fill("I would know the steps and not why they work.")
    page.locator(".status-line >> visible=true").click()
    expect(page.locator(".kept").first).to_be_visible()
