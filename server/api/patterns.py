"""Patterns of a network, on screen and as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO, NamedTuple

import orjson
from flask import Response, current_app
from sqlalchemy import Connection

from schemas.exports import (
    ContextsFound,
    ContextsQuery,
    EvidenceOfFinding,
    ExportQuery,
    ExportsMade,
    FindingsPage,
    FindingsQuery,
    LanguageQuery,
    PatternsFound,
    PatternsQuery,
)
from schemas.vocabulary import CoreElement, GradeBand, PatternSubject, ProgramContext, SchoolSubject
from server.api.answers import asked_language
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.domain.calendar import day_of
from server.errors import RuleBroken
from server.services.exports.content import Filter, Page
from server.services.exports.json_file import as_plain, finding_as_plain
from server.services.exports.jsonl_file import patterns_schema
from server.services.exports.making import (
    MIMETYPES,
    Wanted,
    enter_in_register,
    file_name,
    formats_here,
    list_exports,
    make_file,
    manifest_of,
    today_in,
)
from server.services.exports.preface import base_words
from server.services.narrowing import bring_up_to_head
from server.services.patterns import Reader, find_findings, find_patterns
from server.services.released import word_of
from server.services.standings import standing_of

A_CHUNK = 64 * 1024

resource = Resource("patterns", "What a network saw over its rounds.")


@resource.get("/networks/<id:network_id>/patterns")
@signed_in
@resource.arguments(PatternsQuery, location="query")
@resource.response(200, PatternsFound)
def find_network_patterns(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Settled patterns of the rounds that the asker may read, as sentences, schools pooled.

    The first page of findings, each with its first pieces of evidence.
    """
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        found = find_patterns(*what)
        told = as_plain(found, language)
        page = found.findings.page()
    return {**told, **_page_as_plain(page, language), "formats": formats_here()}


@resource.get("/networks/<id:network_id>/patterns/findings")
@signed_in
@resource.arguments(FindingsQuery, location="query")
@resource.response(200, FindingsPage)
def find_more_findings(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """The findings behind those that were read: `after` is what the last answer called `more`."""
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        return _page_as_plain(find_findings(*what).page(asked["after"]), language)


@resource.get("/networks/<id:network_id>/patterns/contexts")
@signed_in
@resource.arguments(ContextsQuery, location="query")
@resource.response(200, ContextsFound)
def find_by_context(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """What was seen in classes of each program context, schools pooled, in words alone."""
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        found = find_patterns(*what)
        pages = {each: found.findings.in_context(each).page() for each in ProgramContext}
    contexts = [{"context": each, **_page_as_plain(page, language)} for each, page in pages.items()]
    return {"base": base_words(found, language), "contexts": contexts}


@resource.get("/networks/<id:network_id>/patterns/findings/<id:finding_id>/evidence")
@signed_in
@resource.arguments(PatternsQuery, location="query")
@resource.response(200, EvidenceOfFinding)
def find_evidence(asked: dict[str, Any], network_id: str, finding_id: str) -> dict[str, Any]:
    """All evidence of one finding that was asked for."""
    with _asked_of(network_id, asked) as what:
        return {"evidence": find_findings(*what).evidence_of(finding_id)}


@resource.get("/networks/<id:network_id>/patterns/export")
@signed_in
@resource.arguments(ExportQuery, location="query")
@resource.response(200, content_type="application/octet-stream")
def export_patterns(asked: dict[str, Any], network_id: str) -> Response:
    """The same as a file, of rounds that their hosts opened; entered in the register."""
    wanted = Wanted(asked["format"], asked.get("language") or asked_language(), asked["bom"])
    with _asked_of(network_id, asked, "patterns.export", to_take_away=True) as what:
        found, member_id = find_patterns(*what), what.member_id
        manifest = manifest_of(found, wanted)
        file = make_file(found, wanted, current_app.extensions["rounds_settings"].folder)
    with writing(network_id) as tx:
        enter_in_register(tx, network_id, member_id, manifest, file)
    return _as_download(file, file_name(found, wanted), MIMETYPES[wanted.format])


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


class What(NamedTuple):
    """What find_patterns and find_findings are given."""

    tx: Connection
    reader: Reader
    asked: Filter
    today: date

    @property
    def member_id(self) -> str | None:
        return self.reader.standing.member_id if self.reader.standing else None


@contextmanager
def _asked_of(
    network_id: str,
    asked: dict[str, Any],
    action: str = "patterns.read",
    *,
    to_take_away: bool = False,
) -> Iterator[What]:
    """One moment of the network, up to its head, for the member who may do this in it."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action=action)
    bring_up_to_head(network_id)
    with reading(network_id, one_moment=True) as tx:
        standing = standing_of(tx, network_id, member_of(tx, network_id, action=action).id)
        reader = Reader(network_id, standing, to_take_away)
        yield What(tx, reader, filter_of(asked), today_in(tx, network_id))


def _page_as_plain(page: Page, language: str) -> dict[str, Any]:
    findings = [finding_as_plain(finding, language) for finding in page.findings]
    return {"findings": findings, "more": page.more}


def _as_download(file: BinaryIO, name: str, mimetype: str) -> Response:
    """The file as it is read from the disk, never in memory whole."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(file.seek(0, os.SEEK_END)),
    }
    file.seek(0)
    answer = Response(_chunks(file), content_type=mimetype, headers=headers)
    answer.call_on_close(file.close)
    return answer


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(A_CHUNK):
            yield chunk


def filter_of(asked: dict[str, Any]) -> Filter:
    """What was asked, as words of the vocabulary and dates."""
    return Filter(
        about=word_of(PatternSubject, asked.get("about")),
        element=word_of(CoreElement, asked.get("element")),
        grade_band=word_of(GradeBand, asked.get("grade_band")),
        subject=word_of(SchoolSubject, asked.get("subject")),
        context=word_of(ProgramContext, asked.get("context")),
        words=(asked.get("words") or "").strip() or None,
        begins_on=_day(asked, "begins_on"),
        ends_on=_day(asked, "ends_on"),
    )


def _day(asked: dict[str, Any], name: str) -> date | None:
    day = day_of(asked.get(name))
    if asked.get(name) and day is None:
        raise RuleBroken("request.invalid", field=name)
    return day
