"""Fixtures: the real app on a real database. Nothing of ours is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Settings
from server.db import db
from server.models import import_all


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=str(tmp_path / "data"))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on a SQLite file of its own."""
    app = create_app(settings)
    import_all()
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
