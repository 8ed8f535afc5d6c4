"""Making a file of patterns, and entering it in the register of what left.

The manifest says who, when, what was asked, how much left, and the file's SHA-256; an audit
row covers it. A file that is not in the register did not come from here.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from schemas.vocabulary import ScopeType
from server import clock
from server.domain.access import Standing, may, may_hold
from server.errors import FULL, Busy
from server.models.exports import Export
from server.models.sync import Network
from server.services.audit import manifest_hash, write_audit
from server.services.exports import parquet_file
from server.services.exports.codebook import BY_NAME
from server.services.exports.content import Filter, Found
from server.services.exports.csv_file import write_patterns_csv, write_table_csv
from server.services.exports.json_file import write_patterns_json
from server.services.exports.jsonl_file import write_patterns_jsonl, write_table_jsonl
from server.services.exports.parquet_file import write_patterns_parquet, write_table_parquet
from server.services.exports.pdf_file import write_patterns_pdf
from server.services.exports.tables import EVIDENCE, Table
from server.services.exports.xlsx_file import write_patterns_xlsx

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "parquet": "application/vnd.apache.parquet",
}
LISTED_AT_MOST = 500
SMALL = 5_000
"""Pieces of evidence. So many are a file that is made while one waits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form of a file. bom: for CSV alone, so that Excel reads UTF-8.

    table: for a file that is one table of the workbook and nothing else.
    """

    format: str
    language: str = "en"
    bom: bool = True
    table: str | None = None


def make_file(found: Found, wanted: Wanted, folder: Path) -> BinaryIO:
    """A file without a name in that folder, open at its beginning, gone when it is closed.

    Wants the transaction in which `found` was found: the findings are read meanwhile. Busy
    (503) where the disk is full.
    """
    out: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
    try:
        with saying_when_full():
            _write(out, found, wanted, folder)
            out.seek(0)
    except BaseException:
        out.close()
        raise
    return out


@contextmanager
def saying_when_full() -> Iterator[None]:
    """Busy (503) in words for whoever asked for a file, where the disk has no room for it."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Busy("exports.no_room", retry_after=600) from error


def _write(out: BinaryIO, found: Found, wanted: Wanted, folder: Path) -> None:
    if wanted.table is not None:
        _write_table(out, found, wanted, BY_NAME[wanted.table])
    elif wanted.format == "csv":
        write_patterns_csv(out, found, wanted.language, bom=wanted.bom)
    elif wanted.format == "xlsx":
        write_patterns_xlsx(out, found, wanted.language, folder=folder)
    else:
        _WRITERS[wanted.format](out, found, wanted.language)


def _write_table(out: BinaryIO, found: Found, wanted: Wanted, table: Table) -> None:
    if wanted.format == "csv":
        write_table_csv(out, table, found, wanted.language, bom=wanted.bom)
    elif wanted.format == "jsonl":
        write_table_jsonl(out, table, found, wanted.language)
    else:
        write_table_parquet(out, table, found, wanted.language)


_WRITERS: Mapping[str, Callable[[BinaryIO, Found, str], None]] = {
    "json": write_patterns_json,
    "jsonl": write_patterns_jsonl,
    "pdf": write_patterns_pdf,
    "parquet": write_patterns_parquet,
}


def is_large(found: Found, wanted: Wanted) -> bool:
    """Whether nobody should wait for it: by what is read, whole or one table."""
    table = EVIDENCE if wanted.table is None else BY_NAME[wanted.table]
    return table.reads(found) > SMALL


def formats_here() -> list[str]:
    """What this server can make: Parquet only where pyarrow is installed."""
    return [form for form in MIMETYPES if form != "parquet" or parquet_file.is_there()]


def file_name(made_on: date, form: str, table: str | None = None) -> str:
    name = f"patterns-{table.replace('_', '-')}" if table else "patterns"
    return f"{name}-{made_on.isoformat()}.{form}"


def enter_in_register(
    tx: Connection, network_id: str, member_id: str | None, manifest: Manifest, file: BinaryIO
) -> None:
    """Write the manifest of a file of patterns. member_id: None where an operator made it."""
    digest = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    enter_manifest(tx, network_id, member_id, manifest, digest)


def manifest_of(found: Found, wanted: Wanted, rounds: Iterable[str]) -> Manifest:
    """What the register says of a file of patterns. Wants the transaction of `found`.

    rounds: those that it reads.
    """
    asked, counts = _plain_filter(found.filter), counts_of(found)
    if wanted.table is not None:
        rows = sum(1 for _ in BY_NAME[wanted.table].lines(found, wanted.language))
        asked, counts = {**asked, "table": wanted.table}, {"rounds": counts["rounds"], "rows": rows}
    return Manifest("patterns.exported", wanted.format, asked, counts, sorted(rounds))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the register says of a file. did: the audit log's word for it.

    rounds: ids of those that it read; None where it is of none.
    """

    did: str
    format: str
    filter: Mapping[str, str]
    counts: Mapping[str, int]
    rounds: Sequence[str] | None = None


def enter_manifest(
    tx: Connection, network_id: str, member_id: str | None, manifest: Manifest, digest: str
) -> None:
    """Write the manifest and the audit row that covers it. digest: the file's SHA-256."""
    export_id = clock.new_id()
    row = {
        "network_id": network_id,
        "id": export_id,
        "member_id": member_id,
        "made_at": clock.now(),
        "format": manifest.format,
        "filter": json.dumps(dict(manifest.filter)),
        "counts": json.dumps(dict(manifest.counts)),
        "sha256": digest,
        "rounds": None if manifest.rounds is None else json.dumps([*manifest.rounds]),
    }
    tx.execute(insert(Export).values(**row))
    write_audit(tx, network_id, member_id, manifest.did, export_id, manifest_hash(row))


def list_exports(tx: Connection, standing: Standing) -> list[dict[str, Any]]:
    """What of the register the member may see, newest first."""
    whole = may(standing, "exports.register_whole")
    found = tx.execute(
        select(Export.__table__)
        .where(Export.network_id == standing.network_id)
        .order_by(Export.made_at.desc(), Export.id)
    ).mappings()
    rows = islice((row for row in found if whole or _concerns(standing, row)), LISTED_AT_MOST)
    return [
        {
            **row,
            "made_at": clock.as_text(row["made_at"]),
            "filter": json.loads(row["filter"]),
            "counts": json.loads(row["counts"]),
        }
        for row in rows
    ]


def _concerns(standing: Standing, row: Mapping[Any, Any]) -> bool:
    """Whether a file read a round that the member holds, is of no round, or is their own."""
    if row["rounds"] is None or row["member_id"] == standing.member_id:
        return True
    read = json.loads(row["rounds"])
    return any(may_hold(standing, f"{ScopeType.ROUND}:{each}") for each in read)


def today_in(tx: Connection, network_id: str) -> date:
    """The date on the network's own calendar."""
    zone = tx.scalar(select(Network.time_zone).where(Network.id == network_id))
    return clock.now().astimezone(ZoneInfo(zone or "UTC")).date()


def counts_of(found: Found) -> Mapping[str, int]:
    """How much of each left."""
    size = found.findings.size()
    return {
        "rounds": found.rounds_count,
        "patterns": size.patterns,
        "evidence": size.evidence,
        "next_level": len(found.next_level),
    }


def _plain_filter(asked: Filter) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(asked.told).items() if value is not None}
