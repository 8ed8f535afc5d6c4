"""The demo network: made once, told again, taken away."""

from __future__ import annotations

import json
from typing import Any

import click

from server.commands import with_app
from server.commands.progress import progress_bar
from server.config import Settings
from server.services.demo.network import open_demo, remove_demo


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--remove", is_flag=True, help="Take the demo away, its people included.")
@with_app
def demo(settings: Settings, as_json: bool, remove: bool) -> None:
    """Make an invented network to try everything in, and print its accounts."""
    if remove:
        gone = remove_demo(settings)
        click.echo("The demo is gone." if gone else "There is no demo.")
        return
    with progress_bar("Making the demo network") as told:
        made = open_demo(settings, told)
    if as_json:
        click.echo(json.dumps(made, indent=2, ensure_ascii=False))
    else:
        _print(made)


def _print(made: dict[str, Any]) -> None:
    click.echo(f"The demo is at {made['url']}\n")
    for account in made["accounts"]:
        role, email, password = account["role"], account["email"], account["password"]
        click.echo(f"  {role:<8} {email:<22} {password}")
    click.echo("")
    for each in made["rounds"]:
        click.echo(f"  {each['visits_on']}  {each['title']}")


COMMANDS = (demo,)
