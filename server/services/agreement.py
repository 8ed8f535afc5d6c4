"""How alike a network's people read, pooled over rounds: for analysts, leads and members.

Of the readings, which lie in the visitors' scope, a round lets out how many people chose which
word of a card, and that only where enough people read: no reading, no reader, no card
(docs/adr/0028). The narrow tables hold that, so that a look reads a line a round and question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from schemas.vocabulary import CoreElement
from server.domain.agreement import agreement_of_cards, readers_of
from server.domain.coefficients import Row, Table, counts_of, shared_of
from server.domain.focus_questions import lasting_question_id
from server.domain.names_check import words_to_check
from server.domain.readings import BEARINGS, Answer, bearing_of, table_of
from server.services.exports.content import AlikePage, ReadAlike
from server.services.released import Records
from server.sync.read import MergedRecord

FEWEST_READERS = 5
"""A round that fewer read counts in no figure: so no two answers differ by fewer."""

QUESTIONS_OF_A_PAGE = 12

WHAT_IT_IS_ABOUT = ""
"""In place of a focus question's id."""

_ELEMENTS = [*CoreElement]
WordOf = Callable[[MergedRecord], int | None]


@dataclass(slots=True)
class Pool:
    """One question over rounds. cards: how many people chose each word, and of how many cards."""

    words: str = ""
    rounds: int = 0
    readers: int = 0
    cards: Counter[Row] = field(default_factory=Counter)

    def add(self, readers: int, cards: Iterable[tuple[list[int], int]]) -> None:
        self.rounds += 1
        self.readers += readers
        for row, many in cards:
            self.cards[tuple(row)] += many


def readings_of(round_id: str, records: Records) -> Iterator[dict[str, str]]:
    """What a round lets out of each question: what a card is about comes first.

    read: of each group of readers how many they were, and their cards (Pool). Focus questions
    of several rounds are one as everywhere (docs/adr/0046). One in which the name check finds a
    word stays in its round: what was not looked at does not leave.
    """
    words = {WHAT_IT_IS_ABOUT: ""}
    tables = {WHAT_IT_IS_ABOUT: [_table_of(records, _element_of)]}
    for question in sorted(records["focus_question"], key=lambda each: each.id):
        text = str(question.get("text") or "").strip()
        if text and not words_to_check([text], frozenset()):
            standards = sorted(question.tagged("standards"))
            key = lasting_question_id(round_id, question.id, standards, text)
            words.setdefault(key, text)
            tables.setdefault(key, []).append(_table_of(records, _bearing_on(question.id)))
    for key, text in words.items():
        read = [_said_of(table, key) for table in tables[key] if _is_enough(table)]
        if read:
            yield {"question_id": key, "words": text, "read": orjson.dumps(read).decode()}


@dataclass(frozen=True, slots=True)
class PooledReadings:
    """What is said of each question over rounds, reckoned when it is read."""

    pools: Mapping[str, Pool]

    def __len__(self) -> int:
        return len(self.pools)

    def __iter__(self) -> Iterator[ReadAlike]:
        return (_in_full(key, self.pools[key]) for key in sorted(self.pools))

    def page(self, after: str | None = None) -> AlikePage:
        """The questions behind that one, by their lasting ids."""
        keys = [key for key in sorted(self.pools) if after is None or key > after]
        shown = keys[:QUESTIONS_OF_A_PAGE]
        more = shown[-1] if len(keys) > len(shown) else None
        return AlikePage(tuple(_in_full(key, self.pools[key]) for key in shown), more)


def pooled(lines: Iterable[Mapping[Any, Any]]) -> PooledReadings:
    """All these rounds together, each question as it was worded last.

    lines: what `readings_of` gives of each, the rounds of long ago first.
    """
    pools: dict[str, Pool] = {}
    for line in lines:
        pool = pools.setdefault(line["question_id"], Pool())
        pool.words = line["words"]
        for readers, cards in orjson.loads(line["read"]):
            pool.add(readers, cards)
    return PooledReadings(pools)


def _in_full(key: str, pool: Pool) -> ReadAlike:
    return ReadAlike(
        question=pool.words or None,
        rounds=pool.rounds,
        agreement=agreement_of_cards(
            pool.cards, pool.readers, _words_for(key), ordered=key != WHAT_IT_IS_ABOUT
        ),
    )


def _words_for(key: str) -> int:
    """How many words people chose from."""
    return len(_ELEMENTS if key == WHAT_IT_IS_ABOUT else BEARINGS)


def _said_of(table: Table, key: str) -> tuple[int, list[tuple[Row, int]]]:
    shared = shared_of(counts_of(table, _words_for(key)))
    return readers_of(table), sorted(shared.items())


def _is_enough(table: Table) -> bool:
    return readers_of(table) >= FEWEST_READERS


def _table_of(records: Records, word_of: WordOf) -> Table:
    answers = [
        Answer(str(each.get("card")), str(each.get("reader")), word_of(each))
        for each in records["reading"]
    ]
    return table_of([answer for answer in answers if answer.word is not None])


def _bearing_on(question: str) -> WordOf:
    return lambda reading: bearing_of(reading.tags, question)


def _element_of(reading: MergedRecord) -> int | None:
    element = reading.get("element")
    return _ELEMENTS.index(CoreElement(element)) if element else None
