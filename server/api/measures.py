"""Measures as files. On screen each device draws them by itself, from its own records."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Response

from schemas.exports import LanguageQuery, MeasureExportQuery
from server.api.answers import as_schema, asked_language
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.services.exports.making import MIMETYPES, Manifest, enter_manifest, today_in
from server.services.exports.measure_pdf import measure_pdf
from server.services.exports.measure_rows import measure_csv, measure_jsonl, measure_schema
from server.services.exports.measure_xlsx import measure_xlsx
from server.services.measures import read_series
from server.services.networks import name_of
from server.services.standings import standing_of

resource = Resource("measures", "What a network counts over time.")


@resource.get("/networks/<id:network_id>/measures/<id:measure_id>/export")
@signed_in
@resource.arguments(MeasureExportQuery, location="query")
@resource.response(200, content_type="application/octet-stream")
def export_measure(asked: dict[str, Any], network_id: str, measure_id: str) -> Response:
    """A measure with its chart or as a table; days about too few are not in it."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="measures.export")
        series = read_series(tx, standing_of(tx, network_id, member.id), measure_id)
        today, network = today_in(tx, network_id), name_of(tx, network_id)
    language = asked.get("language") or asked_language()
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: measure_csv(series, language, bom=asked["bom"]),
        "xlsx": lambda: measure_xlsx(series, language, network, today),
        "jsonl": lambda: measure_jsonl(series, language),
        "pdf": lambda: measure_pdf(series, language, network, today),
    }
    content = writers[asked["format"]]()
    counts = {"days": len(series.shown), "days_held_back": len(series.days) - len(series.shown)}
    manifest = Manifest("measure.exported", asked["format"], {"measure": measure_id}, counts)
    with writing(network_id) as tx:
        enter_manifest(tx, network_id, member.id, manifest, sha256(content).hexdigest())
    name = f"measure-{today.isoformat()}.{asked['format']}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=MIMETYPES[asked["format"]], headers=disposition)


@resource.get("/networks/<id:network_id>/measures/export/schema")
@signed_in
@resource.arguments(LanguageQuery, location="query")
@resource.response(200, content_type="application/schema+json")
def get_measure_schema(asked: dict[str, Any], network_id: str) -> Response:
    """What each line of a measure's JSON Lines is, as JSON Schema, every column explained."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="measures.export")
    schema = measure_schema(asked.get("language") or asked_language())
    return as_schema(schema, "measure.schema.json")
