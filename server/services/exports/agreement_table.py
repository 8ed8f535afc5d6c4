"""The table of how alike people read the same cards: a row a statistic, with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.vocabulary import CoreElement
from server.domain.agreement import Agreement
from server.domain.readings import times_of_ten
from server.messages import say
from server.services.exports.columns import Column
from server.services.exports.content import Found, ReadAlike
from server.services.exports.words import in_words


@dataclass(frozen=True, slots=True)
class ReadAlikeLine:
    """One statistic of one question, beside what is said of the question in words."""

    of: ReadAlike
    question: str
    words: str
    key: str
    statistic: str
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


READ_ALIKE_COLUMNS: tuple[Column[ReadAlikeLine], ...] = (
    Column("read_question", 40, lambda line: line.question),
    Column("read_in_words", 70, lambda line: line.words),
    Column("statistic", 38, lambda line: line.statistic),
    Column("statistic_value", 10, lambda line: line.value, float),
    Column("interval_low", 10, lambda line: line.low, float),
    Column("interval_high", 10, lambda line: line.high, float),
    Column("cards_read", 10, lambda line: line.of.agreement.cards, int),
    Column("readers", 10, lambda line: line.of.agreement.readers, int),
    Column("rounds_read", 10, lambda line: line.of.rounds, int),
    Column("why_empty", 40, lambda line: line.why),
    Column("statistic_key", 30, lambda line: line.key),
)


def read_alike_lines(found: Found, language: str) -> list[ReadAlikeLine]:
    """Each question's words, then its coefficients; of what a card is about, also each word."""
    return [line for of in found.read_alike for line in _lines_of(of, language)]


def _lines_of(of: ReadAlike, language: str) -> Iterator[ReadAlikeLine]:
    question = of.question or say("agreement.core_element", language)
    words = read_alike_words(of, language)
    for name, found in of.agreement.coefficients.items():
        named = say(f"agreement.coefficient.{name}", language)
        why = say(f"agreement.why.{found.why}", language) if found.why else ""
        interval = (found.value, found.low, found.high)
        yield ReadAlikeLine(of, question, words, name, named, *interval, why)
    if of.question is None:
        for element, share in zip(CoreElement, of.agreement.by_word, strict=True):
            named = say("agreement.specific", language, word=in_words(element, language))
            yield ReadAlikeLine(of, question, words, f"agreement_on_{element}", named, share)


def read_alike_words(of: ReadAlike, language: str) -> str:
    """If two people read a card, how often do they say the same? As on the screen."""
    said = of.agreement
    if said.alike is None or said.by_chance is None:
        return ""
    key = "agreement.two_of_question" if of.question else "agreement.two_of_element"
    times = {"alike": times_of_ten(said.alike), "chance": times_of_ten(said.by_chance)}
    words = [say(key, language, **times), say(f"agreement.band.{_band(said)}", language)]
    return " ".join([*words, *_could_be(said, language)])


def _band(said: Agreement) -> str:
    """Softer where the interval reaches what chance would do, in the same ten times."""
    low = said.coefficients["percent_agreement"].low
    if said.band != "beyond_chance" or low is None or said.by_chance is None:
        return said.band
    reaches = times_of_ten(max(low, 0)) <= times_of_ten(said.by_chance)
    return "perhaps_beyond" if reaches else said.band


def _could_be(said: Agreement, language: str) -> Iterator[str]:
    """How far it could lie from what was found, where ten times tell the ends apart."""
    found = said.coefficients["percent_agreement"]
    if found.low is None or found.high is None:
        return
    low, high = times_of_ten(max(found.low, 0)), times_of_ten(min(found.high, 1))
    if low < high:
        yield say("agreement.could_be", language, low=low, high=high)
