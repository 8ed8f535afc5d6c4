"""The words above a table: what was asked, and on what base it was answered."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.vocabulary import CoreElement
from server.domain.calendar import quarter_of
from server.domain.names_check import words_to_check
from server.messages import say
from server.services.exports.content import NOT_SPELLED, Filter, Found
from server.services.exports.figure_tables import shown_figure
from server.services.exports.words import in_words, quarter_in_words


def filter_words(found: Found, language: str) -> str:
    """`Asked for: Students; visits from the quarter ...` Or that all was."""
    asked = found.filter
    words = [
        in_words(word, language)
        for word in (
            asked.about,
            asked.element,
            asked.grade_band,
            asked.subject,
            asked.context,
            asked.rooms,
        )
        if word is not None
    ]
    if asked.question:
        words.append(_question(asked.question, found, language))
    if asked.words:
        words.append(say("exports.filter.words", language, words=_spelled(asked.words)))
    for key, day in (("from", asked.begins_on), ("until", asked.ends_on)):
        if day is not None:
            quarter = quarter_in_words(quarter_of(day), language)
            words.append(say(f"exports.filter.{key}", language, quarter=quarter))
    if not words:
        return say("exports.filter.all", language)
    return say("exports.filter.some", language, words="; ".join(words))


def nothing_words(found: Found, language: str) -> str:
    """Why a file has no finding; empty where it has one."""
    if found.findings.size().patterns:
        return ""
    return why_nothing(language, of_part=found.filter != Filter())


def why_nothing(language: str, *, of_part: bool) -> str:
    """Of a part it is not said that nobody saw it: what is kept back is no less there."""
    return say("exports.nothing_fits" if of_part else "exports.nothing_found", language)


def _question(asked: str, found: Found, language: str) -> str:
    """In its words, where a round that may be read asks it."""
    for each in found.questions:
        if each.id == asked:
            return say("exports.filter.question", language, words=each.words)
    return say("exports.filter.some_question", language)


def _spelled(searched: str) -> str:
    """What was not looked at does not leave: not spelled where somebody may be named in it."""
    return NOT_SPELLED if words_to_check((searched,), frozenset()) else searched


def base_words(found: Found, language: str) -> str:
    """How much was looked at: rounds, classrooms, and what hosts have not opened yet."""
    return " ".join(base_lines(found, language))


def base_lines(found: Found, language: str) -> list[str]:
    """The same, a sentence a line: what was counted, what has evidence, what is not in here."""
    rounds = say("exports.base.rounds", language, count=found.rounds_count)
    lines = [say("exports.base", language, rounds=rounds, classrooms=_classrooms(found, language))]
    if not found.filter.asks_for_whole_rounds:
        lines += _parts(found, language)
    lines += _coverage(found, language)
    if not found.filter.asks_for_whole_rounds:
        lines.append(say("exports.base.whole_rounds", language))
    for key, count in (
        ("in_no_file", found.in_no_file_count),
        ("not_released", found.not_released_count),
        ("held_back", found.held_back_count),
    ):
        if count:
            lines.append(say(f"exports.base.{key}", language, count=count))
    return lines


def _parts(found: Found, language: str) -> Iterator[str]:
    """The figures of the grade band and the subject that were asked for, as they stand in the
    table of figures whatever is asked; never one of both together, which stands nowhere."""
    asked = (found.filter.grade_band, found.filter.subject)
    told = [
        f"{in_words(figure.of, language)}: {shown_figure(figure, found.fewest, language)}"
        for figure in found.figures
        if figure.of is not None and figure.of in asked
    ]
    if told:
        yield say("exports.base.parts", language, figures="; ".join(told))


def _coverage(found: Found, language: str) -> Iterator[str]:
    """What of the instructional core has evidence behind patterns, what was agreed on and stands
    behind none, and on what no card was agreed: why, a round tells nobody (ADR 33)."""
    if not found.agreed_on:
        return
    parts = {
        "covered": found.covered,
        "agreed_on": found.agreed_on - found.covered,
        "not_covered": frozenset(CoreElement) - found.agreed_on - found.covered,
    }
    for key, elements in parts.items():
        if elements:
            in_order = [each for each in CoreElement if each in elements]
            named = ", ".join(in_words(each, language).lower() for each in in_order)
            yield say(f"exports.base.{key}", language, elements=named)


def _classrooms(found: Found, language: str) -> str:
    whole = found.figures[0]
    if whole.classrooms is None:
        return say("exports.base.few_classrooms", language, fewest=found.fewest)
    if whole.more:
        return say("exports.base.more_classrooms", language, number=whole.classrooms)
    return say("exports.base.classrooms", language, count=whole.classrooms)
