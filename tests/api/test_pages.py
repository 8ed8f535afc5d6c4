"""The app's files: screens fall back to the app, assets are kept for ever."""

from __future__ import annotations

import pytest
from flask import Flask

from server import pages


@pytest.fixture
def client(tmp_path):
    """A server of a tiny build."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>Rounds</title>")
    (dist / "sw.js").write_text("// worker")
    (dist / "manifest.webmanifest").write_text("{}")
    (dist / "assets" / "app-1234.js").write_text("// app")
    (tmp_path / "secret.txt").write_text("secret")
    app = Flask("server", static_folder=None)
    pages.register(app, dist)
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/rounds/1/visit/2", "no-cache"),
        ("/sw.js", "no-cache"),
        ("/manifest.webmanifest", "no-cache"),
        ("/assets/app-1234.js", "public, max-age=31536000, immutable"),
    ],
)
def test_what_is_kept_and_for_how_long(client, path, kept):
    answer = client.get(path, buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == kept


def test_a_screen_is_the_app_itself(client):
    assert b"<title>Rounds" in client.get("/join/some-token", buffered=True).data


def test_the_manifest_has_its_own_type(client):
    answer = client.get("/manifest.webmanifest", buffered=True)

    assert answer.mimetype == "application/manifest+json"


@pytest.mark.parametrize("path", ["/assets/old-999.js", "/api/nothing"])
def test_a_missing_file_is_not_the_app(client, path):
    assert client.get(path, buffered=True).status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt"])
def test_nothing_beside_the_build_is_given_away(client, path):
    assert b"secret" not in client.get(path, buffered=True).data
