"""HTTP only: load by schema, call one function, dump by schema. One file per resource.

To add a resource: write server/api/<name>.py with a `resource`, and name it in RESOURCES.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from flask import Flask, current_app

from server.api.resource import IdConverter, RoundsApi
from server.config import Settings

RESOURCES = (
    "health",
    "openapi",
    "session",
    "me",
    "own_data",
    "join",
    "invitations",
    "members",
    "networks",
    "retention",
    "directory",
    "patterns",
    "summary_pages",
    "screens",
    "notices",
    "sync",
    "carrying",
    "file_imports",
    "client_errors",
    "gauges",
    "measures",
    "snapshot",
    "live",
    "heartbeats",
)


def settings() -> Settings:
    """The settings of the app that answers this request."""
    return cast(Settings, current_app.extensions["rounds_settings"])


def register(app: Flask) -> RoundsApi:
    """Register every resource, and the document that describes them."""
    app.url_map.converters["id"] = IdConverter
    app.config.update(
        API_TITLE="Rounds",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
    )
    api = RoundsApi(app)
    for name in RESOURCES:
        api.register_blueprint(import_module(f"server.api.{name}").resource)
    app.extensions["rounds_api"] = api
    return api
