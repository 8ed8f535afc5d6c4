"""Patterns of a network, on screen and as files."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from flask import Response
from sqlalchemy import Connection

from schemas.exports import (
    ExportQuery,
    ExportsMade,
    LanguageQuery,
    PatternsFound,
    PatternsQuery,
)
from schemas.vocabulary import CoreElement, GradeBand, SchoolSubject
from server.api.answers import asked_language
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.domain.calendar import day_of
from server.errors import RuleBroken
from server.services.exports.content import Filter, Found
from server.services.exports.json_file import as_plain
from server.services.exports.jsonl_file import patterns_schema
from server.services.exports.making import (
    MIMETYPES,
    Wanted,
    enter_in_register,
    file_name,
    formats_here,
    list_exports,
    make_file,
    today_in,
)
from server.services.narrowing import bring_up_to_head
from server.services.patterns import Reader, find_patterns
from server.services.standings import standing_of

resource = Resource("patterns", "What a network saw over its rounds.")


@resource.get("/networks/<id:network_id>/patterns")
@signed_in
@resource.arguments(PatternsQuery, location="query")
@resource.response(200, PatternsFound)
def find_network_patterns(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Settled patterns of the rounds that the asker may read, as sentences, schools pooled."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="patterns.read")
    bring_up_to_head(network_id)
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="patterns.read")
        found = _found(tx, network_id, member.id, asked, to_take_away=False)
    told = as_plain(found, asked.get("language") or asked_language())
    return {**told, "formats": formats_here()}


@resource.get("/networks/<id:network_id>/patterns/export")
@signed_in
@resource.arguments(ExportQuery, location="query")
@resource.response(200, content_type="application/octet-stream")
def export_patterns(asked: dict[str, Any], network_id: str) -> Response:
    """The same as a file, of rounds that their hosts opened; entered in the register."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="patterns.export")
    bring_up_to_head(network_id)
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="patterns.export")
        found = _found(tx, network_id, member.id, asked, to_take_away=True)
    language = asked.get("language") or asked_language()
    wanted = Wanted(asked["format"], language, asked["bom"])
    content = make_file(found, wanted)
    with writing(network_id) as tx:
        enter_in_register(tx, network_id, member.id, found, wanted, content)
    name = file_name(found, wanted)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=MIMETYPES[wanted.format], headers=disposition)


@resource.get("/networks/<id:network_id>/patterns/export/schema")
@signed_in
@resource.arguments(LanguageQuery, location="query")
@resource.response(200, content_type="application/schema+json")
def get_export_schema(asked: dict[str, Any], network_id: str) -> Response:
    """What each line of the JSON Lines is, as JSON Schema, every column explained."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="patterns.export")
    schema = patterns_schema(asked.get("language") or asked_language())
    content = orjson.dumps(schema, option=orjson.OPT_INDENT_2)
    disposition = {"Content-Disposition": 'attachment; filename="patterns.schema.json"'}
    return Response(content, content_type="application/schema+json", headers=disposition)


@resource.get("/networks/<id:network_id>/exports")
@signed_in
@resource.response(200, ExportsMade)
def list_network_exports(network_id: str) -> dict[str, Any]:
    """The register of files that left: who, when, what was asked, and how much of it."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="exports.register")
        return {"exports": list_exports(tx, network_id)}


def _found(
    tx: Connection, network_id: str, member_id: str, asked: dict[str, Any], *, to_take_away: bool
) -> Found:
    standing = standing_of(tx, network_id, member_id)
    reader = Reader(network_id, standing, to_take_away)
    return find_patterns(tx, reader, filter_of(asked), today_in(tx, network_id))


def filter_of(asked: dict[str, Any]) -> Filter:
    """What was asked, as words of the vocabulary and dates."""
    return Filter(
        element=CoreElement(asked["element"]) if asked.get("element") else None,
        grade_band=GradeBand(asked["grade_band"]) if asked.get("grade_band") else None,
        subject=SchoolSubject(asked["subject"]) if asked.get("subject") else None,
        begins_on=_day(asked, "begins_on"),
        ends_on=_day(asked, "ends_on"),
    )


def _day(asked: dict[str, Any], name: str) -> date | None:
    day = day_of(asked.get(name))
    if asked.get(name) and day is None:
        raise RuleBroken("request.invalid", field=name)
    return day
