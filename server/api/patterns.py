"""Patterns of a network, on screen and as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from flask import Response
from sqlalchemy import Connection

from schemas.exports import (
    AlikePage,
    ContextsFound,
    ContextsQuery,
    EvidenceOfFinding,
    ExportQuery,
    ExportsMade,
    FileOrdered,
    FilesOrdered,
    FindingsPage,
    ItemsPage,
    LanguageQuery,
    OrderQuery,
    PageQuery,
    PatternsFound,
    PatternsQuery,
    TableQuery,
    TableSchemaQuery,
    ThenAndNowFound,
)
from server.api import settings
from server.api.answers import as_schema, asked_language
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.services.exports.codebook import BY_NAME
from server.services.exports.content import Filter, Page
from server.services.exports.json_file import (
    as_plain,
    finding_as_plain,
    pair_as_plain,
    rows_as_plain,
)
from server.services.exports.jsonl_file import table_schema
from server.services.exports.making import (
    MIMETYPES,
    Wanted,
    enter_in_register,
    file_name,
    formats_here,
    is_large,
    list_exports,
    make_file,
    manifest_of,
    today_in,
)
from server.services.exports.pdf_file import refuse_too_long
from server.services.exports.preface import base_lines, why_nothing
from server.services.exports.tables import context_base
from server.services.narrowing import bring_up_to_head
from server.services.ordered_files import (
    end_file,
    fetch_file,
    list_files,
    order_file,
)
from server.services.patterns import (
    Reader,
    filter_of,
    find_findings,
    find_next_level,
    find_patterns,
    find_read_alike,
    find_then_and_now,
    readable_rounds,
)
from server.services.standings import standing_of

A_CHUNK = 64 * 1024

resource = Resource("patterns", "What a network saw over its rounds.")


@resource.get("/networks/<id:network_id>/patterns")
@signed_in
@resource.arguments(PatternsQuery, location="query")
@resource.response(200, PatternsFound)
def find_network_patterns(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Settled patterns of the rounds that the asker may read, as sentences, schools pooled.

    The first page of findings, each with its first pieces of evidence; of next-level items and of
    how alike it was read the first page too.
    """
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        found = find_patterns(*what)
        page, items = found.findings.page(), found.next_level.page()
        alike = found.read_alike.page()
        told = as_plain(found, language, items.items, alike.questions)
    none_seen = why_nothing(language, of_part=found.filter != Filter())
    told["nothing"] = "" if page.findings else none_seen
    told["base_lines"] = base_lines(found, language)
    more = {"next_level_more": items.more, "read_alike_more": alike.more}
    return {**told, **_page_as_plain(page, language), **more, "formats": formats_here()}


@resource.get("/networks/<id:network_id>/patterns/findings")
@signed_in
@resource.arguments(PageQuery, location="query")
@resource.response(200, FindingsPage)
def find_more_findings(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """The findings behind those that were read: `after` is what the last answer called `more`."""
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        return _page_as_plain(find_findings(*what).page(asked["after"]), language)


@resource.get("/networks/<id:network_id>/patterns/next-level")
@signed_in
@resource.arguments(PageQuery, location="query")
@resource.response(200, ItemsPage)
def find_more_next_level(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """The next-level items behind those that were read: `after` is what the last answer called
    `next_level_more`."""
    with _asked_of(network_id, asked) as what:
        page = find_next_level(*what).page(asked["after"])
    return {"next_level": rows_as_plain(page.items), "next_level_more": page.more}


@resource.get("/networks/<id:network_id>/patterns/read-alike")
@signed_in
@resource.arguments(PageQuery, location="query")
@resource.response(200, AlikePage)
def find_more_read_alike(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """How alike people read the questions behind those that were read: `after` is what the last
    answer called `read_alike_more`."""
    with _asked_of(network_id, asked) as what:
        page = find_read_alike(*what).page(asked["after"])
    return {"read_alike": rows_as_plain(page.questions), "read_alike_more": page.more}


@resource.get("/networks/<id:network_id>/patterns/contexts")
@signed_in
@resource.arguments(ContextsQuery, location="query")
@resource.response(200, ContextsFound)
def find_by_context(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """What was seen in classes of each program context, schools pooled, in words alone."""
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, asked) as what:
        found = find_patterns(*what)
        pages, rounds = found.findings.pages_by_context(), found.findings.rounds_by_context()
    none_seen = why_nothing(language, of_part=True)
    contexts = [
        {
            "context": each,
            "base": context_base(rounds[each], language),
            **_page_as_plain(page, language),
        }
        for each, page in pages.items()
    ]
    return {
        "base_lines": base_lines(found, language),
        "nothing": "" if any(page.findings for page in pages.values()) else none_seen,
        "contexts": contexts,
        "questions": rows_as_plain(found.questions),
    }


@resource.get("/networks/<id:network_id>/patterns/then-and-now")
@signed_in
@resource.arguments(LanguageQuery, location="query")
@resource.response(200, ThenAndNowFound)
def find_schools_then_and_now(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """Schools with themselves, where their hosts opened that by name: then and at the revisit."""
    language = asked.get("language") or asked_language()
    with _asked_of(network_id, {}) as what:
        pairs, without = find_then_and_now(what.tx, what.reader, what.today)
    plain = [pair_as_plain(pair, language) for pair in pairs]
    return {"pairs": plain, "not_by_name_count": without}


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
    return _export(asked, network_id)


def _wanted(asked: dict[str, Any]) -> Wanted:
    language = asked.get("language") or asked_language()
    return Wanted(asked["format"], language, asked["bom"], asked.get("table"))


def _export(asked: dict[str, Any], network_id: str) -> Response:
    wanted = _wanted(asked)
    with _asked_of(network_id, asked, "patterns.export", to_take_away=True) as what:
        found, member_id = find_patterns(*what), what.member_id
        manifest = manifest_of(found, wanted, readable_rounds(*what))
        file = make_file(found, wanted, settings().folder)
    with writing(network_id) as tx:
        enter_in_register(tx, network_id, member_id, manifest, file)
    name = file_name(found.made_on, wanted.format, wanted.table)
    return _as_download(file, name, MIMETYPES[wanted.format])


@resource.post("/networks/<id:network_id>/patterns/files")
@signed_in
@resource.arguments(OrderQuery, location="query")
@resource.response(201, FileOrdered)
def order_patterns_file(asked: dict[str, Any], network_id: str) -> dict[str, Any]:
    """A file of patterns is wanted, whole or one table: a small one is to be fetched at once by
    `export_patterns` or `export_table`, a large one is made in the background. A report that
    nobody would read is refused at once."""
    wanted = _wanted(asked)
    with _asked_of(network_id, asked, "patterns.export", to_take_away=True) as what:
        found = find_patterns(*what)
        if wanted.format == "pdf":
            refuse_too_long(found.findings.size())
        in_background = is_large(found, wanted)
    if in_background:
        with writing(network_id) as tx:
            order_file(tx, network_id, what.member_id, wanted, what.asked)
    return {"in_background": in_background}


@resource.get("/networks/<id:network_id>/patterns/files")
@signed_in
@resource.response(200, FilesOrdered)
def list_patterns_files(network_id: str) -> dict[str, Any]:
    """The asker's own files that are made in the background, or wait to be fetched."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="patterns.export")
        return {"files": list_files(tx, network_id, member.id, asked_language())}


@resource.get("/networks/<id:network_id>/patterns/files/<id:file_id>")
@signed_in
@resource.response(200, content_type="application/octet-stream")
def fetch_patterns_file(network_id: str, file_id: str) -> Response:
    """The file, for whoever asked for it; 410 once what is in it may no longer leave."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="patterns.export")
    file, row = fetch_file(settings(), network_id, member.id, file_id)
    name = file_name(row.asked_at.date(), row.format, row.one_table)
    return _as_download(file, name, MIMETYPES[row.format])


@resource.delete("/networks/<id:network_id>/patterns/files/<id:file_id>")
@signed_in
@resource.response(204)
def end_patterns_file(network_id: str, file_id: str) -> Response:
    """The asker wants it no more."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="patterns.export")
    end_file(settings(), network_id, member.id, file_id)
    return Response(status=204)


@resource.get("/networks/<id:network_id>/patterns/table")
@signed_in
@resource.arguments(TableQuery, location="query")
@resource.response(200, content_type="application/octet-stream")
def export_table(asked: dict[str, Any], network_id: str) -> Response:
    """One table of the workbook as a file of its own; the codebook says what each lacks."""
    return _export(asked, network_id)


@resource.get("/networks/<id:network_id>/patterns/export/schema")
@signed_in
@resource.arguments(TableSchemaQuery, location="query")
@resource.response(200, content_type="application/schema+json")
def get_export_schema(asked: dict[str, Any], network_id: str) -> Response:
    """What each line of the JSON Lines is, as JSON Schema, every column explained."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="patterns.export")
    table = BY_NAME[asked["table"]]
    schema = table_schema(table, asked.get("language") or asked_language())
    return as_schema(schema, "patterns.schema.json")


@resource.get("/networks/<id:network_id>/exports")
@signed_in
@resource.response(200, ExportsMade)
def list_network_exports(network_id: str) -> dict[str, Any]:
    """The register of files that left: who, when, what was asked, and how much of it.

    Who takes files out sees all of it; other members what read their rounds.
    """
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="exports.register")
        return {"exports": list_exports(tx, standing_of(tx, network_id, member.id))}


class What(NamedTuple):
    """What find_patterns and find_findings are given."""

    tx: Connection
    reader: Reader
    asked: Filter
    today: date

    @property
    def member_id(self) -> str:
        if self.reader.standing is None:
            raise TypeError("an operator asks over no address")
        return self.reader.standing.member_id


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
