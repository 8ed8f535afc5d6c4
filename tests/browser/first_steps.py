"""What a person does first in any engine: sign in, and wait until the app is kept.

Then it opens with no server. As scripts in the page, the same for every engine.
"""

from __future__ import annotations

import time

from tests.browser.engines import Engine
from tests.make import PASSWORD, Somebody

APPEARS_WITHIN = 60

SHOWN = "return document.querySelector(args[0]) !== null;"


def wait_for(engine: Engine, selector: str) -> None:
    until = time.monotonic() + APPEARS_WITHIN
    while not engine.run(SHOWN, selector):
        assert time.monotonic() < until, engine.run("return document.body.innerText;")
        time.sleep(0.05)


SIGN_IN = """
    for (const [selector, words] of [["input[type=email]", args[0]], ["input[type=password]", args[1]]]) {
        const field = document.querySelector(selector);
        field.value = words;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await new Promise(requestAnimationFrame);
    document.querySelector("[type=submit]").click();
"""  # noqa: E501
INSTALLED = "await navigator.serviceWorker.ready; return true;"
IN_CHARGE = "return navigator.serviceWorker.controller !== null;"


def install(engine: Engine, url: str, somebody: Somebody, round_id: str) -> None:
    engine.start()
    engine.goto(f"{url}/sign-in")
    wait_for(engine, "input[type=password]")
    engine.run(SIGN_IN, somebody.email, PASSWORD)
    wait_for(engine, "nav")
    wait_for(engine, f'a[href="/rounds/{round_id}"]')
    assert engine.run(INSTALLED) is True
    engine.goto(f"{url}/")  # Once with the worker in charge: WebKit writes it down by then.
    wait_for(engine, f'a[href="/rounds/{round_id}"]')
    assert engine.run(IN_CHARGE) is True
