"""The command `rounds`. Each file in server/commands adds its own, named in COMMANDS there.

A command prints sentences, not traces, for what an operator can mend.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
from sqlalchemy.exc import DBAPIError, OperationalError

from server import commands
from server.config import SettingRefused
from server.errors import FULL, Busy, FileRefused, RuleBroken
from server.messages import say, say_error
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
    except Busy as error:
        sys.exit(f"rounds: {_why_busy(error)}")
    except FileRefused as error:
        sys.exit(_every_fault(error))
    except RuleBroken as error:
        sys.exit(f"rounds: {say_error(error.code, 'en', **error.details)}")
    except REFUSALS as error:
        sys.exit(f"rounds: {error}")
    except OperationalError as error:
        sys.exit(f"rounds: {_no_answer(error)}")
    except OSError as error:
        if error.filename is None and error.errno not in FULL:
            raise
        sys.exit("rounds: " + ": ".join(filter(None, [error.filename, f"{error.strerror}."])))


def _every_fault(error: FileRefused) -> str:
    lines = [say_error(each.code, "en", **each.details) for each in error.faults]
    if error.more:
        lines.append(say("imports.more_faults", "en", count=error.more))
    return "\n".join(f"rounds: {line}" for line in lines)


def _why_busy(error: Busy) -> str:
    """To whoever sent a request, busy means that it is tried again; here nobody tries."""
    cause = error.__cause__
    if error.code == Busy.code and isinstance(cause, DBAPIError):
        return _no_answer(cause)
    return say(f"error.{error.code}", "en", **error.details)


def _no_answer(error: DBAPIError) -> str:
    why = " ".join(str(error.orig).split()).rstrip(".")
    return f"The database does not answer: {why}. Ask `rounds doctor`."


if __name__ == "__main__":
    main()
