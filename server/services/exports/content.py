"""What an export holds, as plain rows.

Everything in here has already passed the rules: it is released, settled, agreed, and no row
leads to a classroom, a clock time, an author or, but for then and now where its host opened
that, a school. Writers write it down and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternSubject,
    ProgramContext,
    Quantifier,
    RoomToRoom,
    SchoolSubject,
    Taker,
)
from server.domain.agreement import Agreement


@dataclass(frozen=True, slots=True)
class Evidence:
    """An agreed card. Grade band, subject and context only where three classrooms share them.

    questions: lasting ids of the focus questions that it bears on. twin: which one it is, from
    1, of those with the same words behind its pattern; card_twin: of the cards with the same
    words in its quarter, told where all are read one by one, and 1 on a page.
    """

    text: str
    element: CoreElement | None
    grade_band: GradeBand | None = None
    subject: SchoolSubject | None = None
    context: tuple[ProgramContext, ...] = ()
    questions: tuple[str, ...] = ()
    twin: int = 1
    card_twin: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A settled pattern, with its evidence. visited_in: the quarter, `2026-Q4`, never the day.

    problem: the problem of practice that its round asked about; empty where somebody may be
    named in it.
    is_cut: more evidence stands behind it than is given here.
    twin: which one it is, from 1, of patterns with the same words in the same quarter; told
    where all are read one by one, and 1 on a page.
    """

    id: str
    statement: str
    subject: PatternSubject
    quantifier: Quantifier
    element: CoreElement | None
    visited_in: str | None
    evidence: tuple[Evidence, ...]
    problem: str = ""
    is_cut: bool = False
    twin: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """Some findings, each with its first pieces of evidence; `more` is where the next ones are."""

    findings: tuple[Finding, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class Size:
    patterns: int
    evidence: int


class Findings(Protocol):
    """All findings that were asked for, in the order that they are read in.

    Read from the database as they are wanted, so only within its transaction: page by page
    for a screen, and for a file one by one with all evidence, as often as a writer likes.
    """

    def __iter__(self) -> Iterator[Finding]: ...

    def size(self) -> Size: ...

    def page(self, after: str | None = None) -> Page: ...

    def evidence_of(self, finding_id: str) -> tuple[Evidence, ...]: ...

    def in_context(self, context: ProgramContext) -> Findings: ...

    def pages_by_context(self) -> Mapping[ProgramContext, Page]: ...

    def rounds_by_context(self) -> Mapping[ProgramContext, int]: ...


@dataclass(frozen=True, slots=True)
class NextLevel:
    """A next-level item. `taken_on_by` is a role or group; a single member is not named."""

    text: str
    horizon: Horizon
    level: Level
    taken_on_by: Taker | None
    support: str
    check_back_on: date
    outcome: CheckBack | None
    learned: str
    of_use: bool | None


@dataclass(frozen=True, slots=True)
class AgreedItem:
    """What was agreed on to do, also where something about it was left open.

    is_taken: somebody takes it on; a member is not named. check_back_on: when it is looked back
    at, a day that is agreed on and none of the visit. starts_first: it is started with.
    """

    text: str
    horizon: Horizon | None
    taken_on_by: Taker | None
    is_taken: bool
    check_back_on: date | None
    starts_first: bool


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """Some next-level items; `more` is where the next ones are."""

    items: tuple[NextLevel, ...]
    more: str | None


class NextLevels(Protocol):
    """Next-level items by level, then by when they are looked at again. Read as findings are."""

    def __iter__(self) -> Iterator[NextLevel]: ...

    def __len__(self) -> int: ...

    def page(self, after: str | None = None) -> ItemsPage: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """How many classrooms were visited, all or of one grade band or subject.

    `classrooms` is None where the figure is about too few to be shown. `more`: some rounds'
    part of it is not shown, so that it says at least how many.
    """

    of: GradeBand | SchoolSubject | None
    classrooms: int | None
    more: bool = False


@dataclass(frozen=True, slots=True)
class ReadAlike:
    """How alike people read cards: what they are about (None), or a focus question.

    rounds: those that enough people read; the others are in no figure.
    """

    question: str | None
    rounds: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AlikePage:
    """Some questions; `more` is where the next ones are."""

    questions: tuple[ReadAlike, ...]
    more: str | None


class ReadsAlike(Protocol):
    """How alike each question was read: what a card is about first."""

    def __iter__(self) -> Iterator[ReadAlike]: ...

    def __len__(self) -> int: ...

    def page(self, after: str | None = None) -> AlikePage: ...


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A focus question over rounds. seen: whether there is evidence on it; None where a part of
    the evidence was asked for, of which that cannot be said."""

    id: str
    words: str
    seen: bool | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A settled pattern without its evidence."""

    statement: str
    subject: PatternSubject
    quantifier: Quantifier


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """One pattern of one school, and what stands beside it at the revisit.

    school: by its name, as its host opened it. then_in, now_in: quarters. now: the pattern of
    the second visit that people put beside it; words: what they wrote. One of both is there.
    """

    school_id: str
    school: str
    then_in: str
    then: Statement
    now_in: str | None
    now: Statement | None
    words: str


NOT_SPELLED = "…"
"""In place of words that were searched for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for; None is everything. Days stand for the whole quarters they lie in.

    about: whom or what a pattern speaks of. question: a focus question's lasting id. rooms:
    whether it was much the same from room to room. words: all of them stand in the statement, or
    in the evidence.
    """

    about: PatternSubject | None = None
    element: CoreElement | None = None
    grade_band: GradeBand | None = None
    subject: SchoolSubject | None = None
    context: ProgramContext | None = None
    question: str | None = None
    rooms: RoomToRoom | None = None
    words: str | None = None
    begins_on: date | None = None
    ends_on: date | None = None

    @property
    def asks_for_whole_rounds(self) -> bool:
        """Whether nothing but the time was narrowed."""
        return replace(self, begins_on=None, ends_on=None) == Filter()

    @property
    def told(self) -> Filter:
        """For everybody to read: that words were searched for, but not which, for a name may
        be among them (rule 1)."""
        return replace(self, words=self.words and NOT_SPELLED)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months, `2026-Q4`, in which somebody visited. classrooms: of the rounds told."""

    quarter: str
    rounds_count: int
    not_released_count: int
    classrooms: Figure


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that one look at a network's patterns gives.

    quarters: the newest first. covered: what the evidence behind patterns is about; agreed_on:
    what cards were agreed on about, behind patterns or not. Both are of the rounds as a whole,
    whatever part was asked for. questions: those of
    these rounds, by their words. figures: the first is of
    all visited classrooms. fewest: a figure about fewer classrooms than this is not shown.
    held_back_count: pieces of text that wait for the name check. in_no_file_count: rounds of
    these that their own people read, and nobody takes away. then_and_now: for a file;
    not_by_name_count: rounds that have no part in it.
    """

    network: str
    made_on: date
    filter: Filter
    rounds_count: int
    not_released_count: int
    held_back_count: int
    fewest: int
    figures: tuple[Figure, ...]
    findings: Findings
    next_level: NextLevels
    read_alike: ReadsAlike
    quarters: tuple[Quarter, ...] = ()
    covered: frozenset[CoreElement] = frozenset()
    agreed_on: frozenset[CoreElement] = frozenset()
    questions: tuple[QuestionAsked, ...] = ()
    then_and_now: tuple[ThenAndNow, ...] = ()
    not_by_name_count: int = 0
    in_no_file_count: int = 0
