"""In Firefox and in WebKit, the engine of iPads: opens with no server, and what is saved stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.alone import Alone
from tests.browser.engines import Engine, Firefox, WebKit
from tests.browser.first_steps import install, wait_for
from tests.browser.visit_day import a_day
from tests.make import a_member, a_network
from tests.serving import serve

STARTS = int(os.environ.get("ENGINE_STARTS", "5"))
"""Twenty of twenty before a release: these engines start slowly."""


@pytest.fixture(params=[Firefox, WebKit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    kind: type[Firefox] | type[WebKit] = request.param
    if kind.binary is None:
        pytest.skip(f"skipped: no {kind.__name__} found (make browsers)")
    engine = kind(tmp_path / "engine")
    yield engine
    engine.kill()


TYPE = """
    const field = document.querySelector(".note-editor");
    field.focus();
    document.execCommand("insertText", false, args[0]);
"""


def test_it_opens_cold_every_time_and_keeps_what_it_called_saved(
    alone: Alone, product: Path, engine: Engine
) -> None:
    network = a_network()
    lead = a_member(alone.app, network, "lead", name="Lead Sample")
    robin = a_member(alone.app, network)
    day = a_day(lead, robin)
    with serve(alone.settings, root=product) as served:
        install(engine, served.url, robin, day.round_id)
        engine.kill()
    assert served.process.poll() is not None

    for at in range(STARTS):
        engine.start()
        engine.goto(f"{served.url}{day.visit(0)}")
        wait_for(engine, ".note-editor")
        if at == 0:
            engine.run(TYPE, "S: six — ¿por qué?")
            wait_for(engine, '.visit-foot .status[data-status="on_tablet"]')
        engine.kill()

    engine.start()
    engine.goto(f"{served.url}/rescue.html")
    wait_for(engine, "details .words")
    words = engine.run("return document.querySelector('details .words').textContent;")
    assert words == "S: six — ¿por qué?"
