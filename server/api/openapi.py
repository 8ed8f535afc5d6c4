"""The document of this API, as it stands: made from the views and their schemas."""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify
from flask.wrappers import Response

from server.api.resource import Resource, RoundsApi

resource = Resource("openapi", "This document.")


def document(api: RoundsApi) -> dict[str, Any]:
    """openapi.json: also committed as schemas/openapi.json."""
    made: dict[str, Any] = api.described().to_dict()
    made["components"]["schemas"].pop("PaginationMetadata", None)
    made["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "__Host-rounds"}
    }
    return made


@resource.get("/openapi.json")
@resource.response(200)
def get_openapi() -> Response:
    """This document."""
    return jsonify(document(current_app.extensions["rounds_api"]))
