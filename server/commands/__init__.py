"""The commands of `rounds`, one file a task. A file names its commands in COMMANDS.

`with_app` gives a command the settings and an app context, so that it can call services.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from marshmallow import Schema

from schemas.accounts import InviteBody, NetworkBody
from server.app import create_app
from server.config import Settings
from server.db import reading
from server.services.soundness import check_before_start


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Pass the settings first, and run within the app on tables that are up to date."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        settings = Settings.from_environment()
        with create_app(settings).app_context():
            with reading() as tx:
                check_before_start(tx)
            return command(settings, *args, **kwargs)

    return run


class Checked(click.ParamType[str]):
    """A value that the API would take in this field of a body."""

    name = "text"

    def __init__(self, body: type[Schema], field: str, words: str) -> None:
        self.body = body
        self.field = field
        self.words = words

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if self.body().validate({self.field: value}, partial=True):
            self.fail(self.words, param, ctx)
        return value


A_NAME = Checked(InviteBody, "name", "Write a name, on one line.")
AN_EMAIL = Checked(InviteBody, "email", "This is no e-mail address.")
A_NETWORKS_NAME = Checked(NetworkBody, "name", "Write a name, on one line.")

network_option = click.option(
    "--network", "network_name", required=True, help="The network's name or id."
)
