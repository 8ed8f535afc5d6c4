"""How alike a network's people read, pooled over rounds: for analysts, leads and members.

Reads the readings, which lie in the visitors' scope, and lets out what is said of a question
over many people and cards: no reading, no reader, no card, no round (docs/adr/0028).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection

from schemas.vocabulary import CoreElement
from server.domain.agreement import agreement_of, readers_of
from server.domain.coefficients import Table
from server.domain.focus_questions import lasting_question_id
from server.domain.names_check import words_to_check
from server.domain.readings import BEARINGS, Answer, bearing_of, table_of
from server.services.exports.content import ReadAlike
from server.sync.read import MergedRecord, records_of

FEWEST_READERS = 5
"""A round that fewer read counts in no figure: so no two answers differ by fewer."""

_ELEMENTS = [*CoreElement]
Readings = Mapping[str, list[MergedRecord]]
WordOf = Callable[[MergedRecord], int | None]


def read_alike(tx: Connection, network_id: str, round_ids: Iterable[str]) -> tuple[ReadAlike, ...]:
    """Of each question what is said of all these rounds: what a card is about comes first.

    Focus questions of several rounds are one as everywhere (docs/adr/0046). One in which the
    name check finds a word stays in its round: what was not looked at does not leave.
    """
    ids = [*round_ids]
    readings = _by_round(tx, network_id, "visitors", "reading", ids)
    if not readings:
        return ()
    asked: dict[str, list[Table]] = {"": _tables(readings, _element_of)}
    spelled: dict[str, str] = {}
    for round_id, questions in _by_round(tx, network_id, "round", "focus_question", ids).items():
        for question in questions:
            text = str(question.get("text") or "").strip()
            if text and not words_to_check([text], frozenset()):
                standards = sorted(question.tagged("standards"))
                key = lasting_question_id(round_id, question.id, standards, text)
                spelled.setdefault(key, text)
                of_round = {round_id: readings.get(round_id, [])}
                asked.setdefault(key, []).extend(_tables(of_round, _bearing_on(question.id)))
    return tuple(
        ReadAlike(
            question=spelled.get(key),
            rounds=len(tables),
            agreement=agreement_of(tables, len(BEARINGS if key else _ELEMENTS), ordered=bool(key)),
        )
        for key, tables in sorted(asked.items())
        if tables
    )


def _by_round(
    tx: Connection, network_id: str, scope_type: str, kind: str, round_ids: list[str]
) -> dict[str, list[MergedRecord]]:
    scopes = [f"{scope_type}:{round_id}" for round_id in round_ids]
    found: dict[str, list[MergedRecord]] = defaultdict(list)
    for record in records_of(tx, network_id, scopes=scopes, kind=kind) if scopes else ():
        found[record.scope.partition(":")[2]].append(record)
    return found


def _tables(readings: Readings, word_of: WordOf) -> list[Table]:
    """One table a round that enough people read."""
    tables: list[Table] = []
    for of_round in readings.values():
        answers = [
            Answer(str(each.get("card")), str(each.get("reader")), word_of(each))
            for each in of_round
        ]
        said = [answer for answer in answers if answer.word is not None]
        table = table_of(said)
        if readers_of(table) >= FEWEST_READERS:
            tables.append(table)
    return tables


def _bearing_on(question: str) -> WordOf:
    return lambda reading: bearing_of(reading.tags, question)


def _element_of(reading: MergedRecord) -> int | None:
    element = reading.get("element")
    return _ELEMENTS.index(CoreElement(element)) if element else None
