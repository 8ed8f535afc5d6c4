"""What taking a framework in would do to a network: a line for each of its items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from server.domain.identifiers import derived_id
from server.domain.imports.found import FoundFramework, FoundStandard, Outcome


@dataclass(frozen=True, slots=True)
class StandardHere:
    """A framework or standard that the network has, removed ones among them.

    framework: the record of a standard's framework. dropped: an edition had it no more.
    """

    id: str
    text: str
    code: str = ""
    asks: bool = False
    removed: bool = False
    framework: str | None = None
    order: int = 0
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """The framework of a file. `record`: the network's record."""

    title: str
    creator: str
    record: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StandardLine:
    """What becomes of one item. `part`: the record of the part that it comes with, if any.

    row: its number in the file; None where the file has it no more. comes_back: an edition
    between had dropped it.
    """

    row: int | None
    code: str
    text: str
    asks: bool
    outcome: Outcome
    record: str
    order: int
    part: str | None = None
    before: str | None = None
    why: str | None = None
    comes_back: bool = False


CHANGING = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.DROPPED})


def plan_framework(
    scope: str,
    framework: FoundFramework,
    standards: Sequence[FoundStandard],
    known: Mapping[str, StandardHere],
) -> tuple[FrameworkLine, list[StandardLine]]:
    """Records are met by the ids that the file gives: a second edition changes the first.

    What it has no more is dropped, whichever parts are chosen: it is in none of them. A framework
    that the network removed comes back, since its file was chosen for that alone.
    """
    record = derived_id(scope, f"case/{framework.id}")
    here = known.get(record)
    ids = {each.id: derived_id(record, each.id) for each in standards}
    if here is None or here.removed:
        outcome = Outcome.NEW
    else:
        outcome = Outcome.SAME if here.text == framework.title else Outcome.CHANGED
    lines = [
        _line(each, order, ids, known.get(ids[each.id])) for order, each in enumerate(standards)
    ]
    lines += _dropped(record, {*ids.values()}, known.values())
    return FrameworkLine(framework.title, framework.creator, record, outcome), lines


def _dropped(
    framework: str, in_file: Set[str], known: Iterable[StandardHere]
) -> Iterator[StandardLine]:
    gone = (each for each in known if each.framework == framework and each.id not in in_file)
    for here in sorted(gone, key=lambda each: (each.order, each.id)):
        if not (here.removed or here.dropped):
            yield StandardLine(
                row=None,
                code=here.code,
                text=here.text,
                asks=here.asks,
                outcome=Outcome.DROPPED,
                record=here.id,
                order=here.order,
            )


def _line(
    found: FoundStandard, order: int, ids: Mapping[str, str], here: StandardHere | None
) -> StandardLine:
    comes_back = here is not None and here.dropped
    same = here is not None and (here.text, here.code, here.asks, comes_back) == (
        *(found.text, found.code, found.asks),
        False,
    )
    outcome = Outcome.SAME if same else Outcome.CHANGED if here else Outcome.NEW
    removed = here is not None and here.removed
    return StandardLine(
        row=found.row,
        code=found.code,
        text=found.text,
        asks=found.asks,
        outcome=Outcome.LEFT_OUT if removed else outcome,
        record=ids[found.id],
        order=order,
        part=ids[found.top] if found.top else None,
        before=here.text if here and here.text != found.text else None,
        why="removed_here" if removed else None,
        comes_back=comes_back,
    )


def wanted_standards(
    lines: Sequence[StandardLine], parts: Iterable[str] | None
) -> list[StandardLine]:
    """Lines that change something, of these parts; None wants every one."""
    found = of_parts(lines, parts)
    return [each for each in found if each.outcome in CHANGING]


def of_parts(lines: Sequence[StandardLine], parts: Iterable[str] | None) -> Sequence[StandardLine]:
    """The items of these parts, and what stands above all parts."""
    if parts is None:
        return lines
    chosen = {*parts}
    return [each for each in lines if each.part is None or each.part in chosen]
