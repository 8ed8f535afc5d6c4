"""The server, put together. Start reading here.

A request passes: logs (its number), guard (where it comes from, how long it is), a view in
api/ (schema in, one function, schema out), a service (one transaction), and answers (every
failure in one shape). Screens are files, served by pages.
"""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server import api, db, logs, metrics, pages
from server.api import answers, guard, open_pages
from server.config import Settings
from server.sync import live, relays


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI app for these settings; for the environment's where none are given."""
    settings = settings or Settings.from_environment()
    app = Flask("server", static_folder=None)
    app.extensions["rounds_settings"] = settings
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _trust_proxies(app, settings.trusted_proxies)

    logs.register(app)
    metrics.register(app)
    guard.register(app, settings)
    answers.register(app)
    db.set_up(app, settings)
    live.set_up(app, settings)
    relays.set_up(app, settings)
    api.register(app)
    open_pages.register(app)
    pages.register(app)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe the addresses that our own proxies add, and no others."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
