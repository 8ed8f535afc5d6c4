"""Narrow tables for patterns over rounds: what hosts opened, as views ask for it.

Made from the change log by services/narrowing, round by round, and made anew at any time by
`rounds rebuild`: nothing is written here that is not a record elsewhere. Only rounds whose
host opened the summary to anybody have rows; what is of no round, schools' names and measures,
stands beside them for whoever reads by SQL. No row holds a note, an author, a clock time, a
day or the classroom of a card, and nothing leads there (rules 8, 10 and 15).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Double, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base

BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")
"""Sorted alike by every database, whatever its language."""
Id = String(36)
Word = String(32)


class NarrowedUntil(Base):
    """Up to which number of the network's log the tables tell, and by which rules."""

    __tablename__ = "narrowed_until"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    head: Mapped[int] = mapped_column(BigInteger)
    rules: Mapped[int] = mapped_column(Integer)


class ReleasedRound(Base):
    """What is said of a round as a whole.

    elements: what its evidence is about, with spaces between. visited: grade band and subject
    of each visited classroom, and what its cards may say (narrow_rows.ROOM), as JSON, in no
    order of visits, for figures alone. held_back:
    how many texts wait for the name check. figures: what anybody may read of their numbers
    (services/small_figures.Shown), as JSON. by_name: words of Audience, with spaces between, to
    which its host opened then and now by the school's name.
    """

    __tablename__ = "released_round"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id, primary_key=True)
    visited: Mapped[str] = mapped_column(Text)
    elements: Mapped[str] = mapped_column(Text)
    held_back: Mapped[int] = mapped_column(Integer)
    figures: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str] = mapped_column(Text)


class ReleasedCard(Base):
    """An agreed card of a settled pattern, with what may be said of its classroom.

    contexts: words of the program context, questions: lasting ids of the focus questions that
    it bears on; both with spaces between. folded: the text as it is searched for.
    """

    __tablename__ = "released_card"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    card_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)
    element: Mapped[str | None] = mapped_column(Word)
    grade_band: Mapped[str | None] = mapped_column(Word)
    subject: Mapped[str | None] = mapped_column(Word)
    contexts: Mapped[str] = mapped_column(Text)
    questions: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("released_card_by_round", "network_id", "round_id"),)


class ReleasedQuestion(Base):
    """A focus question of a round, under the id that it has in every round.

    seen: whether a card of a settled pattern bears on it.
    """

    __tablename__ = "released_question"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    seen: Mapped[bool] = mapped_column(Boolean)


class ReleasedPattern(Base):
    """A settled pattern. place: in the order that patterns are read in.

    problem: what its round asked about, where that names nobody. about and said are for
    searching (services/narrow_rows): of its cards together what each is about, and of statement
    and cards together every word.
    """

    __tablename__ = "released_pattern"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    pattern_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)
    subject: Mapped[str] = mapped_column(Word)
    quantifier: Mapped[str] = mapped_column(Word)
    element: Mapped[str | None] = mapped_column(Word)
    statement: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(BYTEWISE)
    about: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("released_pattern_by_round", "network_id", "round_id"),
        Index("released_pattern_by_place", "network_id", "place"),
    )


class ReleasedEvidence(Base):
    """Which cards a pattern stands on."""

    __tablename__ = "released_evidence"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    pattern_id: Mapped[str] = mapped_column(Id, primary_key=True)
    card_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)

    __table_args__ = (Index("released_evidence_by_round", "network_id", "round_id"),)


class ReleasedItem(Base):
    """A next-level item that is whole, as JSON. place: in the order that items are read in."""

    __tablename__ = "released_item"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    item_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)
    place: Mapped[str] = mapped_column(BYTEWISE)
    content: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("released_item_by_round", "network_id", "round_id"),
        Index("released_item_by_place", "network_id", "place"),
    )


class ReleasedNow(Base):
    """What stands beside a pattern at the revisit.

    second_round, second_pattern: of a second visit, whatever may be read of that; met_in: the
    quarter of a conversation. words: empty where somebody may be named in them.
    """

    __tablename__ = "released_now"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    pattern_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)
    second_round: Mapped[str | None] = mapped_column(Id)
    second_pattern: Mapped[str | None] = mapped_column(Id)
    met_in: Mapped[str | None] = mapped_column(Word)
    words: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("released_now_by_round", "network_id", "round_id"),)


class ReleasedSchool(Base):
    """What a school is called."""

    __tablename__ = "released_school"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    school_id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class ReleasedMeasure(Base):
    """A measure as it leaves. lasting_id: made of its title (domain/lasting_ids).

    title, about, unit: words in their place where the name check holds them back; told: what
    its chart says, in English. days, held_back: how many days are shown, and how many are about
    too few.
    """

    __tablename__ = "released_measure"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    measure_id: Mapped[str] = mapped_column(Id, primary_key=True)
    lasting_id: Mapped[str] = mapped_column(Id)
    title: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    numbers: Mapped[str] = mapped_column(Word)
    base: Mapped[str | None] = mapped_column(Word)
    form: Mapped[str] = mapped_column(Word)
    aim: Mapped[float | None] = mapped_column(Double)
    days: Mapped[int] = mapped_column(Integer)
    held_back: Mapped[int] = mapped_column(Integer)
    told: Mapped[str] = mapped_column(Text)


class ReleasedMeasureDay(Base):
    """One day of a measure as its file has it (services/exports/measure_table), in English.

    held_back: words where the day is about too few; then it has no figure.
    """

    __tablename__ = "released_measure_day"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    measure_id: Mapped[str] = mapped_column(Id, primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    lasting_id: Mapped[str] = mapped_column(Id)
    value: Mapped[float | None] = mapped_column(Double)
    out_of: Mapped[float | None] = mapped_column(Double)
    drawn: Mapped[float | None] = mapped_column(Double)
    centre: Mapped[float | None] = mapped_column(Double)
    lower: Mapped[float | None] = mapped_column(Double)
    upper: Mapped[float | None] = mapped_column(Double)
    aim: Mapped[float | None] = mapped_column(Double)
    signal: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    held_back: Mapped[str] = mapped_column(Text)


class ReleasedReading(Base):
    """How alike a question was read in one round: of what a card is about where the id is empty.

    read: of each group of readers how many they were, and of how many cards how many of them
    chose each word (services/agreement), as JSON: no reader and no card. Only where enough read.
    """

    __tablename__ = "released_reading"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    read: Mapped[str] = mapped_column(Text)
