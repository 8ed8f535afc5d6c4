"""The command `rounds`. Each file in server/commands adds its own, named in COMMANDS there.

A command prints sentences, not traces, for what an operator can mend.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
from sqlalchemy.exc import OperationalError

from server import commands
from server.config import SettingRefused
from server.errors import RuleBroken
from server.messages import say
from server.schema import NewerDatabase
from server.services.backups import BackupFailed
from server.services.restores import RestoreRefused
from server.services.soundness import StartRefused
from server.sync.ledger import LedgerDamaged

OWNER_ALONE = 0o077
"""What the commands write, notes among it, no other user of the machine reads."""

REFUSALS = (
    SettingRefused,
    NewerDatabase,
    BackupFailed,
    RestoreRefused,
    StartRefused,
    LedgerDamaged,
)
"""What an operator can mend: said in a sentence."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def rounds() -> None:
    """The server of an instructional-rounds network."""


def add_commands(group: click.Group) -> None:
    for module in iter_modules(commands.__path__):
        found = import_module(f"{commands.__name__}.{module.name}")
        for command in getattr(found, "COMMANDS", ()):
            group.add_command(command)


def main() -> None:
    """Run the command line; 1 and a sentence for what was refused."""
    os.umask(OWNER_ALONE)
    add_commands(rounds)
    try:
        rounds(prog_name="rounds")
    except RuleBroken as error:
        words = say(f"error.{error.code}", "en", **error.details)
        sys.exit(f"rounds: {words}")
    except REFUSALS as error:
        sys.exit(f"rounds: {error}")
    except OperationalError as error:
        sys.exit(f"rounds: The database does not answer: {error.orig}. Ask `rounds doctor`.")
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(f"rounds: {error.filename}: {error.strerror}.")


if __name__ == "__main__":
    main()
