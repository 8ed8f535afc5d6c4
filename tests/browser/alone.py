"""An app with a database of its own, for a test that starts and ends its server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from server.config import Settings
from tests.make import an_app


@dataclass(frozen=True)
class Alone:
    app: Flask
    settings: Settings


@contextmanager
def an_app_alone(folder: Path, empty_sqlite: Path) -> Iterator[Alone]:
    """Within its context, so that makers of people and networks write into it."""
    shutil.copy(empty_sqlite, folder / "rounds.db")
    settings = Settings(data_dir=str(folder))
    with an_app(settings) as app:
        yield Alone(app, settings)
