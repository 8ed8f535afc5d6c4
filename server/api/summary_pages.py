"""A round's return summary as it leaves: links that its host makes and ends, and the report."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Response
from sqlalchemy import Connection

from schemas.exports import LanguageQuery
from schemas.summary_pages import SummaryPageBody, SummaryPageLink, SummaryPageList
from server.api import settings
from server.api.answers import asked_language
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.domain.access import Standing
from server.services import summary_pages
from server.services.exports.making import MIMETYPES, Manifest, enter_manifest, today_in
from server.services.exports.summary_pdf import summary_pdf
from server.services.standings import standing_of

resource = Resource("summary_pages", "A return summary: links to it, and it as a report.")


def _standing(tx: Connection, network_id: str) -> Standing:
    return standing_of(tx, network_id, member_of(tx, network_id).id)


@resource.get("/networks/<id:network_id>/rounds/<id:round_id>/summary-pages")
@signed_in
@resource.response(200, SummaryPageList)
def list_summary_pages(network_id: str, round_id: str) -> dict[str, Any]:
    """For whom a link is open, and since when. For the round's host."""
    with reading(network_id) as tx:
        standing = _standing(tx, network_id)
        return {"pages": summary_pages.list_pages(tx, standing, round_id)}


@resource.post("/networks/<id:network_id>/rounds/<id:round_id>/summary-pages")
@signed_in
@resource.arguments(SummaryPageBody)
@resource.response(201, SummaryPageLink)
def open_summary_page(body: dict[str, Any], network_id: str, round_id: str) -> dict[str, Any]:
    """A fresh link, told this once; the one before it ends. 409 while names wait to be seen."""
    with writing(network_id) as tx:
        standing = _standing(tx, network_id)
        made = summary_pages.open_page(tx, standing, round_id, body["audience"])
    return {**made, "link": f"{settings().origin}/open/{made.pop('token')}"}


@resource.delete("/networks/<id:network_id>/rounds/<id:round_id>/summary-pages")
@signed_in
@resource.arguments(SummaryPageBody)
@resource.response(204)
def end_summary_page(body: dict[str, Any], network_id: str, round_id: str) -> Response:
    """End the link of an audience, at once."""
    with writing(network_id) as tx:
        summary_pages.end_page(tx, _standing(tx, network_id), round_id, body["audience"])
    return Response(status=204)


@resource.get("/networks/<id:network_id>/rounds/<id:round_id>/summary/export")
@signed_in
@resource.arguments(LanguageQuery, location="query")
@resource.response(200, content_type="application/pdf")
def export_summary(asked: dict[str, Any], network_id: str, round_id: str) -> Response:
    """The summary as a report (PDF), for its host and for whom the host opened it to. 409 for
    the host while names wait to be seen. Entered in the register of files."""
    with reading(network_id) as tx:
        standing = _standing(tx, network_id)
        page = summary_pages.take_page(tx, standing, round_id)
        today = today_in(tx, network_id)
    content = summary_pdf(page, asked.get("language") or asked_language())
    counts = {"patterns": len(page.statements), "next_level": len(page.next_level)}
    told = {"summary": "of_a_round"}
    manifest = Manifest("summary.exported", "pdf", told, counts, [round_id])
    with writing(network_id) as tx:
        enter_manifest(tx, network_id, standing.member_id, manifest, sha256(content).hexdigest())
    name = f"summary-{today.isoformat()}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=MIMETYPES["pdf"], headers=disposition)
