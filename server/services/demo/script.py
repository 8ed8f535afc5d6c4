"""What a demo round is written as: plain words and visit numbers, no ids and no dates.

Dates are days from today, so that the demo is never out of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternForm,
    PatternSubject,
    PredictionSeen,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)

TEACHER, STUDENT, TASK, RELATION = (
    CoreElement.TEACHER,
    CoreElement.STUDENT,
    CoreElement.TASK,
    CoreElement.RELATION,
)


@dataclass(frozen=True, slots=True)
class Room:
    """A classroom by its visit number."""

    number: int
    grade_band: GradeBand
    subject: SchoolSubject
    context: tuple[ProgramContext, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A note that became a card: where, about what, and under which group it lies."""

    visit: int
    element: CoreElement
    text: str
    minute: int = 5


@dataclass(frozen=True, slots=True)
class Saw:
    """A pattern, with the names of the groups that it draws on."""

    subject: PatternSubject
    quantifier: Quantifier
    element: CoreElement
    statement: str
    groups: tuple[str, ...]
    form: PatternForm = PatternForm.PATTERN
    open_question: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """A next-level item; `check_back` is in days from the round."""

    text: str
    horizon: Horizon
    level: Level
    taken_on_by: Taker
    support: str
    check_back: int
    starts_first: bool = False
    outcome: CheckBack | None = None
    learned: str = ""
    of_use: bool | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """A revisit, a conversation; `day` counts from the round.

    now: what stands beside each pattern, in their order. seen: of the agreed prediction;
    without it the seal is still closed.
    """

    day: int
    now: tuple[str, ...] = ()
    seen: PredictionSeen | None = None
    seen_text: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """One round. `day` counts from today; `host` is the key of a school in cast.py.

    teams: keys of people; nobody is in a team with whom they work for, or visits their own
    school. Each team visits four classrooms: the first team V1 to V4, and so on.
    bears_on: the name of a group to the focus question, from 0, that its evidence bears on.
    """

    key: str
    title: str
    host: str
    day: int
    problem: str
    tests: tuple[str, str, str, str, str, str]
    theory: tuple[str, str, str]
    focus_questions: tuple[str, ...]
    rooms: tuple[Room, ...]
    teams: tuple[tuple[str, ...], ...]
    groups: dict[str, tuple[Seen, ...]]
    patterns: tuple[Saw, ...] = ()
    predictions: tuple[str, ...] = ()
    next_level: tuple[Next, ...] = ()
    thanks: str = ""
    network_words: str = ""
    host_words: str = ""
    ungrouped: tuple[Seen, ...] = field(default=())
    revisit: Back | None = None
    bears_on: Mapping[str, int] = field(default_factory=dict)
    stands_by_name: bool = False
    reads_apart: bool = False

    @property
    def is_past(self) -> bool:
        return self.day < 0
