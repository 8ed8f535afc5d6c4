"""Which districts of a list, or parts of a framework, a command takes: chosen by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from schemas.directory import DirectoryKind
from server.domain.imports.plans import Plan


@dataclass(frozen=True, slots=True)
class Choice:
    """One district or part. names: each that means it; count: schools or items that come too."""

    record: str
    names: tuple[str, ...]
    count: int


def districts_in(plan: Plan) -> list[Choice]:
    """The districts that the file tells of: called by name, state and code, or code."""
    schools = Counter(each.district for each in plan.places if each.kind == DirectoryKind.SCHOOL)
    return [
        Choice(each.record, _names(each.name, each.directory_id or ""), schools[each.record])
        for each in plan.places
        if each.kind == DirectoryKind.DISTRICT
    ]


def _names(name: str, directory_id: str) -> tuple[str, ...]:
    return name, directory_id, directory_id.rpartition("/")[2]


def parts_in(plan: Plan) -> list[Choice]:
    """The parts of a framework: called by their words or their code."""
    items = Counter(each.part for each in plan.standards)
    return [
        Choice(each.record, (each.text, each.code), items[each.record])
        for each in plan.standards
        if items[each.record]
    ]


def chosen(choices: Sequence[Choice], wanted: Iterable[str], option: str) -> list[str] | None:
    """The records that were named: in full, else by how they alone begin. None where none was."""
    return [_one(choices, name, option) for name in wanted] or None


def _one(choices: Sequence[Choice], wanted: str, option: str) -> str:
    typed = _plain(wanted)
    found = [each for each in choices if typed in map(_plain, each.names)] or [
        each for each in choices if any(_plain(name).startswith(typed) for name in each.names)
    ]
    if not found:
        raise click.BadParameter(f"The file has nothing called “{wanted}”.", param_hint=option)
    if len(found) > 1:
        several = "\n".join(map(told, found[:10]))
        words = f"“{wanted}” means several. Name it whole, or by its code:\n{several}"
        raise click.BadParameter(words, param_hint=option)
    return found[0].record


def told(choice: Choice) -> str:
    """A line to choose by: the name, what else it goes by, how much it brings."""
    name, *others = choice.names
    return "\t".join([name, next(filter(None, others), ""), f"{choice.count:,}"])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
