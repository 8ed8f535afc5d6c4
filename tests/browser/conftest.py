"""One server, one driver and one browser for all tests in a browser; a network of its own each.

A test that ends its server, or wants no other member in the database, asks for `alone`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from server.config import Settings
from tests.browser.alone import Alone, an_app_alone
from tests.browser.link import Link, a_link
from tests.browser.photograph import make_demo
from tests.browser.planning import Planning, a_planned_day, a_planning
from tests.browser.product import copy_product
from tests.browser.tablet import ON_ITS_SIDE, Tablets, launch
from tests.browser.visit_day import Day
from tests.browser.visiting import Visitor, a_visitor
from tests.serving import Served, serve


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product as it is when the run begins."""
    return copy_product(tmp_path_factory.mktemp("product"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Alone]:
    with an_app_alone(tmp_path_factory.mktemp("shared"), empty_sqlite) as shared:
        yield shared


@pytest.fixture(scope="session")
def app(shared: Alone) -> Flask:
    """The app on the database behind `served`, for makers of people and networks."""
    return shared.app


@pytest.fixture(scope="session")
def served(shared: Alone, product: Path) -> Iterator[Served]:
    with serve(shared.settings, root=product) as running:
        yield running


@pytest.fixture
def alone(tmp_path: Path, empty_sqlite: Path) -> Iterator[Alone]:
    folder = tmp_path / "alone"
    folder.mkdir()
    with an_app_alone(folder, empty_sqlite) as alone:
        yield alone


@pytest.fixture
def link(served: Served) -> Iterator[Link]:
    with a_link(served.port) as link:
        yield link


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def tablets(browser: Browser, tmp_path: Path) -> Iterator[Tablets]:
    """Tablets for one test. An error on any of them that no code caught fails it."""
    tablets = Tablets(browser, tmp_path)
    yield tablets
    assert tablets.end() == []


@pytest.fixture(scope="session")
def demo(
    tmp_path_factory: pytest.TempPathFactory, product: Path
) -> Iterator[tuple[Served, dict[str, Any]]]:
    """The demo network as a newcomer gets it, behind a server of its own."""
    settings = Settings(data_dir=str(tmp_path_factory.mktemp("demo")))
    made = make_demo(settings, product)
    with serve(settings, root=product) as served:
        yield served, made


@pytest.fixture
def planning(app: Flask, link: Link, tablets: Tablets) -> Planning:
    return a_planning(app, tablets.another(link, ON_ITS_SIDE), link)


@pytest.fixture
def day(planning: Planning) -> Day:
    return a_planned_day(planning)


@pytest.fixture
def visitor(app: Flask, link: Link, tablets: Tablets) -> Visitor:
    return a_visitor(app, tablets.another(link))
