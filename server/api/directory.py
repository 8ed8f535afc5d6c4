"""The directory of districts and schools, for leads and admins who add theirs."""

from __future__ import annotations

from typing import Any

from schemas.directory import DirectoryFound, DirectoryQuery
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading
from server.services.directory import find_entries

resource = Resource("directory", "Districts and schools to pick from.")


@resource.get("/networks/<id:network_id>/directory")
@signed_in
@resource.arguments(DirectoryQuery, location="query")
@resource.response(200, DirectoryFound)
def find_in_directory(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Up to twenty districts and schools in which every asked word begins a word."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="directory.search")
    return find_entries(asked["q"], asked.get("kind"), asked.get("district_id"))
