"""Printing what is generated from the code: the API's document, the settings, the access table."""

from __future__ import annotations

import json
import tempfile

import click

from server.api.openapi import document
from server.app import create_app
from server.config import Settings, settings_table
from server.domain.access_table import access_table


@click.command()
def openapi() -> None:
    """Print openapi.json, made from the views and their schemas."""
    with tempfile.TemporaryDirectory() as nowhere:
        app = create_app(Settings(data_dir=nowhere))
        with app.app_context():
            made = document(app.extensions["rounds_api"])
    click.echo(json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True))


@click.command()
def settings() -> None:
    """Print every setting as a table."""
    click.echo(settings_table(), nl=False)


@click.command()
def access() -> None:
    """Print who may see and do what, as tables."""
    click.echo(access_table(), nl=False)


COMMANDS = (openapi, settings, access)
