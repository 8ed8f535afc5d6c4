"""The tables of figures: classrooms visited, in all and quarter by quarter, as they may be read."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.vocabulary import GradeBand, SchoolSubject
from server.messages import say
from server.services.exports.columns import Column
from server.services.exports.content import Figure, Found, Quarter
from server.services.exports.words import quarter_in_words


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it may be read: a number, or the words that stand in its place."""

    of: GradeBand | SchoolSubject | str
    classrooms: int | str
    at_least: int | None


FIGURE_COLUMNS: tuple[Column[FigureLine], ...] = (
    Column("figure_of", 30, lambda line: line.of),
    Column("classrooms_visited", 20, lambda line: line.classrooms),
    Column("classrooms_at_least", 16, lambda line: line.at_least, int),
)


def figure_lines(found: Found, language: str) -> list[FigureLine]:
    """Figures as they may be read; `12 or more` where a part of one is not shown."""
    whole = say("exports.all_classrooms", language)
    return [
        FigureLine(
            figure.of or whole, shown_figure(figure, found.fewest, language), figure.classrooms
        )
        for figure in found.figures
    ]


def shown_figure(figure: Figure, fewest: int, language: str) -> int | str:
    if figure.classrooms is None:
        return say("exports.fewer_than", language, fewest=fewest)
    if figure.more:
        return say("exports.or_more", language, number=figure.classrooms)
    return figure.classrooms


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter of a year in words, and its base as it may be read."""

    of: Quarter
    words: str
    classrooms: int | str


QUARTER_COLUMNS: tuple[Column[QuarterLine], ...] = (
    Column("visited_in", 13, lambda line: line.of.quarter),
    Column("quarter_in_words", 30, lambda line: line.words),
    Column("rounds_told", 12, lambda line: line.of.rounds_count, int),
    Column("rounds_not_released", 16, lambda line: line.of.not_released_count, int),
    Column("classrooms_visited", 20, lambda line: line.classrooms),
    Column("classrooms_at_least", 16, lambda line: line.of.classrooms.classrooms, int),
)


def quarter_lines(found: Found, language: str) -> list[QuarterLine]:
    return [
        QuarterLine(
            each,
            quarter_in_words(each.quarter, language),
            shown_figure(each.classrooms, found.fewest, language),
        )
        for each in found.quarters
    ]
