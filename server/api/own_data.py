"""What the server holds of whoever asks, as a file for them alone."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.own_data import OwnDataQuery
from server.api.answers import asked_language
from server.api.resource import Resource
from server.api.signing import signed_in, who
from server.api.streams import piece_by_piece
from server.services.own_data import places_of
from server.services.own_data_files import own_data_html, own_data_json

resource = Resource("own_data", "Taking along what is held of oneself.")


@resource.get("/me/data")
@signed_in
@resource.arguments(OwnDataQuery, location="query")
@resource.response(200, content_type="application/octet-stream")
def take_own_data(query: dict[str, Any]) -> Response:
    """Account, devices, memberships and every record of one's own, written while it is read.

    A sign-in that opens one network takes that network alone. Each network's audit log says
    that it was taken.
    """
    me, places = who(), places_of(who())
    language = query.get("language") or asked_language()
    is_page = query["format"] == "html"
    pieces = (own_data_html if is_page else own_data_json)(me, places, language)
    kind = "text/html; charset=utf-8" if is_page else "application/json"
    name = f'attachment; filename="rounds-own-data.{query["format"]}"'
    headers = {"Content-Disposition": name}
    return Response(piece_by_piece(pieces), content_type=kind, headers=headers)
