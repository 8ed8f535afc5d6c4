"""Every setting: its name, type, default and what it is for.

Settings come from the environment alone and are refused with a sentence that says what to
do. docs/settings.md is printed from here. Nothing in here opens a file or a connection.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingRefused(Exception):
    """A setting that cannot be used, and what to write instead."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


def setting(default: Any, explained: str) -> Any:
    """A field of Settings, read from the environment under its name in capitals."""
    return field(default=default, metadata={"help": explained})


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running server was told. Made once, passed on, never changed."""

    port: int = setting(8000, "The port on which `rounds serve` listens, on 127.0.0.1 alone.")
    public_url: str = setting(
        "",
        "The address people type, such as `https://rounds.example.org`. Empty: this machine "
        "alone, at `http://localhost:PORT`. Any other address must be https.",
    )
    trusted_proxies: int = setting(
        0, "How many proxies of your own stand in front of the server (Caddy alone: 1)."
    )
    data_dir: str = setting("data", "The folder for the database, backups and keys.")
    database_url: str = setting(
        "", "`postgresql://...` for PostgreSQL. Empty: the SQLite file `DATA_DIR/rounds.db`."
    )
    migrate_database_url: str = setting(
        "",
        "The same database for the role that owns the tables: `rounds migrate`, `backup` and "
        "`restore` use it, and the server to wipe its files after notes were deleted. Wanted "
        "with PostgreSQL; `rounds roles` prints both addresses.",
    )
    purge_ledger: str = setting(
        "",
        "The file that says which records were purged; a restore reads it. Empty: "
        "`DATA_DIR/purges.jsonl`. Copy it elsewhere with every backup.",
    )
    metrics_token: str = setting(
        "",
        "Who sends `Authorization: Bearer` with it may read `/api/v1/metrics` from afar. "
        "Empty: from this machine alone.",
    )
    threads: int = setting(256, "How many requests one process answers at the same time.")
    processes: int = setting(
        1,
        "How many processes `rounds serve` starts. More than one needs PostgreSQL; each then "
        "looks every 300 ms for what the others wrote, unless REDIS_URL tells them.",
    )
    redis_url: str = setting(
        "",
        "`redis://...` of a Redis or Valkey that carries live hints between processes and "
        "machines. Empty: hints stay within this machine's processes.",
    )
    session_days: int = setting(90, "How many days without a visit until a sign-in ends.")
    session_max_days: int = setting(
        365, "How many days after it began a sign-in ends, however often it was used."
    )
    invitation_days: int = setting(30, "How many days an invitation's link can be used.")
    site_attempts: int = setting(
        600, "How many wrong sign-ins one address may make in ten minutes; a school shares one."
    )
    vapid_contact: str = setting(
        "", "An e-mail address for push services, `mailto:it@example.org`. Empty: none given."
    )
    push_hosts: str = setting(
        "",
        "Hosts of push services to admit beside the well-known ones, separated by commas.",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read and check every setting. SettingRefused names the first wrong one."""
        given = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for each in fields(cls):
            text = given.get(each.name.upper(), "").strip()
            if text:
                values[each.name] = _whole(each.name, text) if each.type == "int" else text
        made = cls(**values)
        made.check()
        return made

    def check(self) -> None:
        """Refuse what cannot work, before anything is opened."""
        _within("PORT", self.port, 1, 65_535)
        _within("TRUSTED_PROXIES", self.trusted_proxies, 0, 10)
        _within("THREADS", self.threads, 4, 2_000)
        _within("PROCESSES", self.processes, 1, 64)
        _within("SESSION_DAYS", self.session_days, 1, 3_650)
        _within("SESSION_MAX_DAYS", self.session_max_days, 1, 3_650)
        _within("INVITATION_DAYS", self.invitation_days, 1, 365)
        _within("SITE_ATTEMPTS", self.site_attempts, 30, 1_000_000)
        if 0 < len(self.metrics_token) < 16:
            raise SettingRefused("METRICS_TOKEN", "must have 16 characters at least.")
        _check_address(self.public_url)
        _check_redis(self.redis_url)
        for name in ("database_url", "migrate_database_url"):
            url = getattr(self, name)
            if url and not url.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
                raise SettingRefused(name.upper(), "write postgresql://..., or leave it empty.")

        if self.processes > 1 and self.is_sqlite:
            raise SettingRefused(
                "PROCESSES", "SQLite has one writer: leave it at 1, or set DATABASE_URL."
            )

    @property
    def origin(self) -> str:
        """The address that browsers see, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://localhost:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether people come by https, so that cookies may be Secure."""
        return self.origin.startswith("https://")

    @property
    def is_public(self) -> bool:
        """Whether anybody but this machine can come."""
        return urlsplit(self.origin).hostname not in LOOPBACK

    @property
    def folder(self) -> Path:
        return Path(self.data_dir).resolve()

    @property
    def database(self) -> str:
        """The address of the database, for SQLAlchemy."""
        return self.database_url or f"sqlite:///{self.folder / 'rounds.db'}"

    @property
    def ledger(self) -> Path:
        return Path(self.purge_ledger) if self.purge_ledger else self.folder / "purges.jsonl"

    @property
    def unwiped(self) -> Path:
        """There while purged text may still lie in the database's files."""
        return self.folder / "unwiped"

    @property
    def migrate_database(self) -> str:
        """The address by which tables are made, copied and put back."""
        return self.migrate_database_url or self.database

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path:
        return Path(self.database.removeprefix("sqlite:///"))


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingRefused(name.upper(), "must be a whole number.") from None


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise SettingRefused(name, f"must lie between {low} and {high}.")


def _check_address(url: str) -> None:
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingRefused("PUBLIC_URL", "write it as https://rounds.example.org.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingRefused("PUBLIC_URL", "must be an address without a path.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingRefused("PUBLIC_URL", "must begin with https://, or tablets cannot install.")


def _check_redis(url: str) -> None:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingRefused("REDIS_URL", "write redis://localhost:6379, or leave it empty.")


def settings_table() -> str:
    """docs/settings.md: every setting, as a Markdown table."""
    lines = [
        "# Settings",
        "",
        "Environment variables. A wrong one stops the start with a sentence that names it.",
        "This page is printed from `server/config.py` by `make generate`.",
        "",
        "| Name | Kind | Default | What it is for |",
        "|---|---|---|---|",
    ]
    for each in fields(Settings):
        kind = "number" if each.type == "int" else "text"
        default = f"`{each.default}`" if each.default != "" else "empty"
        help_text = each.metadata["help"]
        lines.append(f"| `{each.name.upper()}` | {kind} | {default} | {help_text} |")
    return "\n".join(lines) + "\n"
