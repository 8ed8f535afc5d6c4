"""The command `rounds` within the tests' own process: for what it says and does.

That it starts, as a process of its own, tests/api/test_commands.py sees.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from server import cli, commands
from server.app import create_app
from server.config import Settings
from server.db import db
from tests.serving import environment_of


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command ended with, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def operating(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `rounds ...` with these settings, as an operator does."""
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    apps: list[Flask] = []

    def made(given: Settings) -> Flask:
        apps.append(create_app(given))
        return apps[-1]

    def run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rounds", *words])
        monkeypatch.setattr(commands, "create_app", made)
        out, err = io.StringIO(), io.StringIO()
        before = os.umask(0)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                cli.main()
        except SystemExit as ended:
            return _ended(ended.code, out.getvalue(), err.getvalue())
        finally:
            os.umask(before)
            while apps:
                _close(apps.pop())
        raise AssertionError("a command always ends the process")

    return run


def _close(app: Flask) -> None:
    """What the end of the process would close."""
    with app.app_context():
        db.engine.dispose()


def _ended(code: Any, out: str, err: str) -> Ran:
    """A sentence goes to stderr and ends the process with 1."""
    if isinstance(code, str):
        return Ran(1, out, f"{err}{code}\n")
    return Ran(code or 0, out, err)
