"""Making a file of patterns, and entering it in the register of what left.

The manifest says who, when, what was asked, how much left, and the file's SHA-256; an audit
row points to it. A file that is not in the register did not come from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from server import clock
from server.models.exports import Export
from server.models.sync import Network
from server.services.audit import write_audit
from server.services.exports import parquet_file
from server.services.exports.content import Filter, Found
from server.services.exports.csv_file import patterns_csv
from server.services.exports.json_file import patterns_json
from server.services.exports.jsonl_file import patterns_jsonl
from server.services.exports.parquet_file import patterns_parquet
from server.services.exports.pdf_file import patterns_pdf
from server.services.exports.xlsx_file import patterns_xlsx

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "parquet": "application/vnd.apache.parquet",
}
LISTED_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form of a file. bom: for CSV alone, so that Excel reads UTF-8."""

    format: str
    language: str = "en"
    bom: bool = True


def make_file(found: Found, wanted: Wanted) -> bytes:
    if wanted.format == "csv":
        return patterns_csv(found, wanted.language, bom=wanted.bom)
    return _WRITERS[wanted.format](found, wanted.language)


_WRITERS: Mapping[str, Callable[[Found, str], bytes]] = {
    "xlsx": patterns_xlsx,
    "json": patterns_json,
    "jsonl": patterns_jsonl,
    "pdf": patterns_pdf,
    "parquet": patterns_parquet,
}


def formats_here() -> list[str]:
    """What this server can make: Parquet only where pyarrow is installed."""
    return [form for form in MIMETYPES if form != "parquet" or parquet_file.is_there()]


def file_name(found: Found, wanted: Wanted) -> str:
    return f"patterns-{found.made_on.isoformat()}.{wanted.format}"


def enter_in_register(
    tx: Connection,
    network_id: str,
    member_id: str | None,
    found: Found,
    wanted: Wanted,
    content: bytes,
) -> None:
    """Write the manifest of a file of patterns. member_id: None where an operator made it."""
    asked = _plain_filter(found.filter)
    manifest = Manifest("patterns.exported", wanted.format, asked, counts_of(found))
    enter_manifest(tx, network_id, member_id, manifest, sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the register says of a file. did: the audit log's word for it."""

    did: str
    format: str
    filter: Mapping[str, str]
    counts: Mapping[str, int]


def enter_manifest(
    tx: Connection, network_id: str, member_id: str | None, manifest: Manifest, digest: str
) -> None:
    """Write the manifest and the audit row that points to it. digest: the file's SHA-256."""
    export_id = clock.new_id()
    tx.execute(
        insert(Export).values(
            network_id=network_id,
            id=export_id,
            member_id=member_id,
            made_at=clock.now(),
            format=manifest.format,
            filter=json.dumps(dict(manifest.filter)),
            counts=json.dumps(dict(manifest.counts)),
            sha256=digest,
        )
    )
    write_audit(tx, network_id, member_id, manifest.did, export_id)


def list_exports(tx: Connection, network_id: str) -> list[dict[str, Any]]:
    """The register, newest first."""
    rows = tx.execute(
        select(Export.__table__)
        .where(Export.network_id == network_id)
        .order_by(Export.made_at.desc(), Export.id)
        .limit(LISTED_AT_MOST)
    ).mappings()
    return [
        {
            **row,
            "made_at": clock.as_text(row["made_at"]),
            "filter": json.loads(row["filter"]),
            "counts": json.loads(row["counts"]),
        }
        for row in rows
    ]


def today_in(tx: Connection, network_id: str) -> date:
    """The date on the network's own calendar."""
    zone = tx.scalar(select(Network.time_zone).where(Network.id == network_id))
    return clock.now().astimezone(ZoneInfo(zone or "UTC")).date()


def counts_of(found: Found) -> Mapping[str, int]:
    """How much of each left."""
    return {
        "rounds": found.rounds_count,
        "patterns": len(found.findings),
        "evidence": sum(len(finding.evidence) for finding in found.findings),
        "next_level": len(found.next_level),
    }


def _plain_filter(asked: Filter) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(asked).items() if value is not None}
