"""Files that an operator takes out, under the same rules as an analyst's."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import click

from server.commands import network_option, with_app
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.services.exports.content import Filter
from server.services.exports.making import (
    MIMETYPES,
    Wanted,
    enter_in_register,
    make_file,
    manifest_of,
    today_in,
)
from server.services.narrowing import bring_up_to_head
from server.services.networks import find_network
from server.services.patterns import Reader, find_patterns, readable_rounds


@click.group()
def export() -> None:
    """Take out what hosts have opened. Every file stands in the network's register."""


@export.command("patterns")
@network_option
@click.option("--format", "form", type=click.Choice([*MIMETYPES]), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option("--bom/--no-bom", default=True, show_default=True, help="CSV for Excel.")
@with_app
def patterns(
    settings: Settings, network_name: str, form: str, output: Path, language: str, bom: bool
) -> None:
    """Write the network's patterns to a file: rounds that their hosts opened to the district."""
    if not output.resolve().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))
    wanted = Wanted(form, language, bom)
    with reading(EVERY_NETWORK) as tx:
        network_id = find_network(tx, network_name)
    bring_up_to_head(network_id)
    with reading(network_id, one_moment=True) as tx:
        reader = Reader(network_id, None, to_take_away=True)
        everything = (tx, reader, Filter(), today_in(tx, network_id))
        found = find_patterns(*everything)
        manifest = manifest_of(found, wanted, readable_rounds(*everything))
        file = make_file(found, wanted, output.resolve().parent)
    with file, writing(network_id) as tx:
        enter_in_register(tx, network_id, None, manifest, file)
        with output.open("wb") as out:  # A file that cannot be written was not taken out.
            shutil.copyfileobj(file, out)
    counts = manifest.counts
    click.echo(f"{output}: {counts['patterns']} patterns of {counts['rounds']} rounds.")


COMMANDS = (export,)
