"""The tables of what followed: then and now, and the next level of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from schemas.vocabulary import CheckBack, Horizon, Level, Taker
from server.domain.lasting_ids import lasting_item_id, lasting_pair_id
from server.services.exports.columns import Column
from server.services.exports.content import Found, NextLevel, ThenAndNow
from server.services.exports.words import sentence_of


@dataclass(frozen=True, slots=True)
class ThenAndNowLine:
    """A school's pattern, and what stands beside it, as sentences.

    Under an id of its own. Its sentence leads to the pattern's evidence all the same, which its
    host is told before opening it by name (docs/adr/0049).
    """

    pair_id: str
    of: ThenAndNow
    then: str
    now: str


THEN_AND_NOW_COLUMNS: tuple[Column[ThenAndNowLine], ...] = (
    Column("school", 26, lambda line: line.of.school),
    Column("then_in", 11, lambda line: line.of.then_in),
    Column("then", 60, lambda line: line.then),
    Column("now_in", 11, lambda line: line.of.now_in, may_lack=True),
    Column("now", 60, lambda line: line.now),
    Column("now_words", 60, lambda line: line.of.words),
    Column("then_and_now_id", 20, lambda line: line.pair_id),
)


def then_and_now_lines(found: Found, language: str) -> Iterator[ThenAndNowLine]:
    met: Counter[str] = Counter()
    for of in found.then_and_now:
        said = (of.school, of.then_in, of.then.statement)
        met[lasting_pair_id(*said)] += 1
        pair_id = lasting_pair_id(*said, met[lasting_pair_id(*said)])
        now = sentence_of(of.now, language) if of.now else ""
        yield ThenAndNowLine(pair_id, of, sentence_of(of.then, language), now)


@dataclass(frozen=True, slots=True)
class NextLevelLine:
    """A next-level item under its lasting id."""

    item_id: str
    item: NextLevel


NEXT_LEVEL_COLUMNS: tuple[Column[NextLevelLine], ...] = (
    Column("next_level", 60, lambda line: line.item.text),
    Column("horizon", 18, lambda line: line.item.horizon, Horizon),
    Column("level", 14, lambda line: line.item.level, Level),
    Column("taken_on_by", 24, lambda line: line.item.taken_on_by, Taker),
    Column("support", 36, lambda line: line.item.support),
    Column("check_back_on", 13, lambda line: line.item.check_back_on, date),
    Column("outcome", 13, lambda line: line.item.outcome, CheckBack),
    Column("learned", 48, lambda line: line.item.learned),
    Column("of_use", 10, lambda line: line.item.of_use, bool),
    Column("next_level_id", 20, lambda line: line.item_id),
)


def next_level_lines(items: Iterable[NextLevel]) -> Iterator[NextLevelLine]:
    """Items as they are read for a file: those of one level and day stand together."""
    met: Counter[str] = Counter()
    together: tuple[Level, date] | None = None
    for item in items:
        if (item.level, item.check_back_on) != together:
            together = (item.level, item.check_back_on)
            met.clear()
        said = (item.level, item.check_back_on.isoformat(), item.text)
        met[item.text] += 1
        yield NextLevelLine(lasting_item_id(*said, met[item.text]), item)
