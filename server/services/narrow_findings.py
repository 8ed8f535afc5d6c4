"""Findings of the narrow tables: page by page for a screen, one by one for a file.

What is asked becomes conditions on the tables, so that a look costs what it shows and a file
is never in memory whole. Checks no access: whoever asks says which rounds may be read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from schemas.vocabulary import (
    CoreElement,
    GradeBand,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
)
from server.domain.folding import fold
from server.domain.patterns import SAID_OF
from server.errors import NotFound
from server.services.exports.content import Evidence, Filter, Finding, Page, Size
from server.services.narrow_places import place_of, read_place, spell_place
from server.services.narrow_rows import FACETS, facet
from server.services.released import word_of
from server.sync.dialect import many, run, stream

Line = Mapping[Any, Any]

A_PAGE = 40
A_PAGE_OF_EACH = 12
"""Findings of each program, where all programs stand on one screen."""
EVIDENCE_AT_FIRST = 4
AT_A_TIME = 50
"""Findings of a file that are in memory at once, with all their evidence."""
ROWS_AT_A_TIME = 500
"""Rows that are only counted."""
ALL = 1_000_000
"""More evidence than any finding has."""

MORE_EACH_TIME = 6
"""So many times as many patterns are read where those read had too few findings among them."""

_TOLD = (
    "p.pattern_id, p.round_id, p.subject, p.quantifier, p.element, p.statement, p.problem, p.place"
)
_CARDS = (
    "released_evidence e {then} released_card c "
    "ON c.network_id = e.network_id AND c.card_id = e.card_id"
)
_WITH_PATTERNS = (
    f"{_CARDS} JOIN released_pattern p "
    "ON p.network_id = e.network_id AND p.pattern_id = e.pattern_id"
)
_BEHIND = (
    "SELECT e.network_id, e.pattern_id, c.card_id, c.text, c.folded, c.element, c.grade_band, "  # noqa: S608
    "c.subject, c.contexts, c.questions, "
    "row_number() OVER (PARTITION BY e.pattern_id, c.text ORDER BY "
    "coalesce(c.element, '') {bytewise}, c.card_id {bytewise}) AS twin "
    f"FROM {_CARDS} WHERE e.network_id = ? AND e.pattern_id {{among}}"
)
"""All cards of some patterns. Twins are counted whatever part is asked for, as of patterns."""
_FIRST_CARDS = (
    "SELECT * FROM (SELECT c.*, row_number() OVER (PARTITION BY c.pattern_id ORDER BY "  # noqa: S608
    "{said_first}c.text {bytewise}, coalesce(c.element, '') {bytewise}, c.card_id {bytewise}) "
    "AS place "
    f"FROM ({_BEHIND}) c JOIN released_pattern p "
    "ON p.network_id = c.network_id AND p.pattern_id = c.pattern_id "
    "WHERE {conditions}) ordered WHERE place <= ? ORDER BY pattern_id, place"
)

_NO_TWINS: Mapping[str, int] = MappingProxyType({})
_PATTERNS_BY_WORDS = (
    "SELECT pattern_id, round_id, subject, statement FROM released_pattern "
    "WHERE network_id = ? AND round_id {among} "
    "ORDER BY subject, statement {bytewise}, pattern_id {bytewise}"
)
_CARDS_BY_WORDS = (
    "SELECT card_id, round_id, text FROM released_card "
    "WHERE network_id = ? AND round_id {among} "
    "ORDER BY text {bytewise}, card_id {bytewise}"
)


@dataclass(slots=True)
class Conditions:
    """What must hold, as SQL with its values in order."""

    words: list[str]
    values: list[Any]

    def add(self, word: str, *values: Any) -> None:
        self.words.append(word)
        self.values += values

    def __str__(self) -> str:
        return " AND ".join(self.words)


@dataclass(frozen=True, slots=True)
class ReleasedFindings:
    """Findings of these rounds of one network that have evidence of what was asked.

    quarters: round id to the quarter of its visits. own: findings of rounds that are not
    opened to anybody and so in no table, already narrowed, each with all its evidence;
    own_programs: of which programs' classes each of those rounds has evidence. of_a_page: how
    many findings are told at a time.
    """

    tx: Connection
    network_id: str
    quarters: Mapping[str, str]
    asked: Filter
    own: Sequence[Finding] = ()
    own_programs: Sequence[frozenset[ProgramContext]] = ()
    of_a_page: int = A_PAGE
    met: dict[str, dict[str, int]] = field(default_factory=dict, compare=False)
    """Twins that were looked up, for whatever part of these rounds is read next."""

    def __iter__(self) -> Iterator[Finding]:
        """Of opened rounds alone: nothing else goes into a file."""
        where, twins, cards = self._wanted(), self._twins(), self._card_twins()
        statement = f"SELECT {_TOLD} FROM released_pattern p WHERE {where} ORDER BY p.place"  # noqa: S608
        with stream(self.tx, statement, *where.values, at_a_time=AT_A_TIME) as result:
            for lines in result.mappings().partitions(AT_A_TIME):
                for finding in self._with_evidence(lines, ALL, cards):
                    if finding.evidence:
                        yield replace(finding, twin=twins.get(finding.id, 1))

    def size(self) -> Size:
        where, cards = self._wanted(), asked_of_cards(self.asked)
        from_ = _WITH_PATTERNS if cards.words else "released_evidence e"
        cards.add("e.network_id = ?", self.network_id)
        cards.add(f"e.pattern_id IN (SELECT p.pattern_id FROM released_pattern p WHERE {where})")  # noqa: S608
        behind = f"SELECT count(*) AS pieces FROM {from_} WHERE {cards} GROUP BY e.pattern_id"  # noqa: S608
        counted = f"SELECT count(*), coalesce(sum(pieces), 0) FROM ({behind}) AS behind"  # noqa: S608
        patterns, pieces = run(self.tx, counted, *cards.values, *where.values).one()
        return Size(int(patterns), int(pieces))

    def page(self, after: str | None = None) -> Page:
        """Findings behind that place, each with its first pieces of evidence."""
        place = read_place(after) if after else ""
        return self._page_of(self._behind(place), place)

    def pages_by_context(self) -> dict[ProgramContext, Page]:
        """The first page of each `in_context`; what else is asked is sought once for all."""
        where = self._wanted()
        sought = f"SELECT {_TOLD}, p.about FROM released_pattern p WHERE {where}"  # noqa: S608
        of_each = " UNION ALL ".join(_OF_CONTEXT.format(context) for context in ProgramContext)
        statement = f"WITH sought AS MATERIALIZED ({sought}) {of_each}"
        each_of = {
            context: replace(self.in_context(context), of_a_page=A_PAGE_OF_EACH)
            for context in ProgramContext
        }
        values: list[Any] = []
        for context, of_it in each_of.items():
            values += [_of(context), of_it.at_first]
        lines: dict[str, list[Line]] = defaultdict(list)
        for line in run(self.tx, statement, *where.values, *values).mappings():
            lines[line["context"]].append(line)
        return {
            context: of_it._page_of(of_it._behind("", lines[context]))
            for context, of_it in each_of.items()
        }

    def rounds_by_context(self) -> dict[ProgramContext, int]:
        """In how many of these rounds there is evidence from classes of each program, whatever
        part is asked for: three classrooms at least share what is said of one (ADR 34)."""
        own = Counter(context for programs in self.own_programs for context in programs)
        rounds = many(self.tx, sorted(self.quarters))
        of_each = ", ".join([_ROUNDS_OF_CONTEXT] * len(ProgramContext))
        statement = (
            f"SELECT {of_each} FROM released_pattern "  # noqa: S608
            "WHERE network_id = ? AND round_id {among}"
        )
        abouts = map(_of, ProgramContext)
        counted = run(self.tx, statement, *abouts, self.network_id, rounds).one()
        return {
            context: own[context] + int(opened)
            for context, opened in zip(ProgramContext, counted, strict=True)
        }

    def _page_of(self, behind: Iterator[Finding], place: str = "") -> Page:
        length = self.of_a_page
        found = [*islice(behind, length + 1)]
        found += [_cut(each) for each in self.own if place_of_finding(each) > place]
        found.sort(key=place_of_finding)
        more = spell_place(place_of_finding(found[length - 1])) if len(found) > length else None
        return Page(tuple(found[:length]), more)

    def _behind(self, place: str, lines: Sequence[Line] | None = None) -> Iterator[Finding]:
        """Findings of opened rounds behind a place, in order. lines: the first, where they are
        known.

        Where one card must be several things, not every pattern that has a card for each of
        them is a finding: then more are read, and again more.
        """
        at_once = self.at_first
        while True:
            if lines is None:
                where = self._wanted()
                where.add("p.place > ?", place)
                some = f"SELECT {_TOLD} FROM released_pattern p WHERE {where}"  # noqa: S608
                in_order = f"{some} ORDER BY p.place LIMIT ?"
                lines = run(self.tx, in_order, *where.values, at_once).mappings().all()
            for begin in range(0, len(lines), enough := self.of_a_page + 1):
                found = self._with_evidence(lines[begin : begin + enough], EVIDENCE_AT_FIRST)
                yield from (finding for finding in found if finding.evidence)
            if len(lines) < at_once:
                return
            place, lines, at_once = lines[-1]["place"], None, at_once * MORE_EACH_TIME

    @property
    def at_first(self) -> int:
        """How many patterns are read for a page, at first."""
        return (self.of_a_page + 1) * (MORE_EACH_TIME if self._asks_for_several else 1)

    @property
    def _asks_for_several(self) -> bool:
        """Whether one card must be several things."""
        return len(asked_of_any_card(self.asked).words) > 1

    def evidence_of(self, finding_id: str) -> tuple[Evidence, ...]:
        """All evidence of one finding that was asked for. NotFound where it may not be read."""
        for finding in self.own:
            if finding.id == finding_id:
                return finding.evidence
        where = self._wanted()
        where.add("p.pattern_id = ?", finding_id)
        statement = f"SELECT {_TOLD} FROM released_pattern p WHERE {where}"  # noqa: S608
        lines = run(self.tx, statement, *where.values).mappings().all()
        evidence = next(self._with_evidence(lines, ALL)).evidence if lines else ()
        if not evidence:
            raise NotFound()
        return evidence

    def in_context(self, context: ProgramContext) -> ReleasedFindings:
        """Those of them that have evidence from classes of this program, with that evidence."""
        asked = replace(self.asked, context=context)
        return replace(self, asked=asked, own=narrowed(self.own, asked))

    def _wanted(self) -> Conditions:
        """What a pattern `p` must be to be one of these; one card of it must be all that is
        asked, where that is several things."""
        rounds = many(self.tx, sorted(self.quarters))
        where = Conditions(["p.network_id = ?", "p.round_id {among}"], [self.network_id, rounds])
        if self.asked.element:
            where.add("p.element = ?", self.asked.element)
        if self.asked.about:
            where.add("p.subject = ?", self.asked.about)
        if self.asked.rooms:
            where.add("p.quantifier {among}", many(self.tx, [*SAID_OF[self.asked.rooms]]))
        of_any = asked_of_any_card(self.asked)
        if of_any.words:
            where.add(str(of_any), *of_any.values)
        return where

    def _twins(self) -> dict[str, int]:
        """Patterns with the same words as another of their quarter, all but the first of them.

        Counted over all these rounds, whatever part was asked for, so that an id stays the
        same in a file of a part.
        """
        return self._counted(_PATTERNS_BY_WORDS)

    def _card_twins(self) -> dict[str, int]:
        """Cards with the same words as another of their quarter, in the same way."""
        return self._counted(_CARDS_BY_WORDS)

    def _counted(self, by_words: str) -> dict[str, int]:
        """by_words: gives ids, their rounds and their words, alike ones beside each other, so
        that no more than one's words are in memory."""
        if by_words in self.met:
            return self.met[by_words]
        twins = self.met[by_words] = {}
        rounds = many(self.tx, sorted(self.quarters))
        with stream(self.tx, by_words, self.network_id, rounds, at_a_time=ROWS_AT_A_TIME) as rows:
            for _, alike in groupby(rows, key=lambda row: row[2:]):
                met: Counter[str] = Counter()
                for inner_id, round_id, *_ in alike:
                    quarter = self.quarters[round_id]
                    met[quarter] += 1
                    if met[quarter] > 1:
                        twins[inner_id] = met[quarter]
        return twins

    def _with_evidence(
        self, lines: Sequence[Line], first: int, twins: Mapping[str, int] = _NO_TWINS
    ) -> Iterator[Finding]:
        """Each with so many pieces of evidence, by their words: their order tells nothing of
        who posted when, or where. What itself says what is searched for comes first. twins: of
        cards."""
        cards, said = asked_of_cards(self.asked), said_by_cards(self.asked)
        said_first = f"CASE WHEN {said} THEN 0 ELSE 1 END, " if said.words else ""
        cards.add("c.network_id = ?", self.network_id)
        patterns = many(self.tx, [line["pattern_id"] for line in lines])
        statement = _FIRST_CARDS.replace("{said_first}", said_first)
        statement = statement.replace("{conditions}", str(cards))
        values = (*said.values, self.network_id, patterns, *cards.values, first + 1)
        behind: dict[str, list[Evidence]] = defaultdict(list)
        for card in run(self.tx, statement, *values).mappings():
            behind[card["pattern_id"]].append(evidence_of_line(card, twins))
        for line in lines:
            quarter = self.quarters[line["round_id"]]
            yield _cut(finding_of_line(line, quarter, behind[line["pattern_id"]]), first)


def asked_of_cards(asked: Filter) -> Conditions:
    """What a card `c` behind a pattern `p` must be to be of what was asked."""
    where = Conditions([], [])
    if asked.grade_band:
        where.add("c.grade_band = ?", asked.grade_band)
    if asked.subject:
        where.add("c.subject = ?", asked.subject)
    if asked.context:
        where.add("' ' || c.contexts || ' ' LIKE ?", f"% {asked.context} %")
    if asked.question:
        where.add("' ' || c.questions || ' ' LIKE ?", f"% {asked.question} %")
    for word in words_of(asked):
        where.add(_SAYS, _within(word), _within(word))
    return where


def said_by_cards(asked: Filter) -> Conditions:
    """What a card `c` must be to say itself all that is searched for."""
    where = Conditions([], [])
    for word in words_of(asked):
        where.add(f"c.folded LIKE ? {_ESCAPED}", _within(word))
    return where


def asked_of_any_card(asked: Filter) -> Conditions:
    """What a pattern `p` must be to have, for each thing that is asked, a card that is it.

    Reads one row a pattern. Of one thing it says all; of several, one card must be all of them.
    """
    where = Conditions([], [])
    facets: tuple[str | None, ...] = (
        asked.grade_band,
        asked.subject,
        asked.context,
        asked.question,
    )
    for name, wanted in zip(FACETS, facets, strict=True):
        if wanted:
            where.add(f"p.about LIKE ? {_ESCAPED}", _within(facet(name, wanted)))
    for word in words_of(asked):
        where.add(f"p.said LIKE ? {_ESCAPED}", _within(word))
    return where


def _of(context: ProgramContext) -> str:
    """As it stands in a pattern's `about`."""
    return _within(facet("contexts", context))


def _within(text: str) -> str:
    return f"%{_LIKE_SIGN.sub(_AS_ITSELF, text)}%"


_LIKE_SIGN, _AS_ITSELF = re.compile(r"([\\%_])"), r"\\\1"
_ESCAPED = "ESCAPE '\\'"
_OF_CONTEXT = (
    "SELECT * FROM (SELECT '{}' AS context, sought.* FROM sought "  # noqa: S608
    f"WHERE sought.about LIKE ? {_ESCAPED} ORDER BY sought.place LIMIT ?) AS of_context"
)
_ROUNDS_OF_CONTEXT = f"count(DISTINCT CASE WHEN about LIKE ? {_ESCAPED} THEN round_id END)"
_SAYS = "(c.folded LIKE ? ESCAPE '\\' OR p.folded LIKE ? ESCAPE '\\')"


def words_of(asked: Filter) -> list[str]:
    """What is searched for, each word once, as texts are folded: one sign may become four words."""
    return [*dict.fromkeys(fold(asked.words or "").split())]


def says(card: Evidence, asked: Filter) -> bool:
    """The same of a card that is in no table as `said_by_cards`."""
    text = fold(card.text)
    return all(word in text for word in words_of(asked))


def is_asked(card: Evidence, asked: Filter, statement: str) -> bool:
    """The same of a card, and of its pattern's statement, that are in no table."""
    said = (fold(card.text), fold(statement))
    return (
        asked.grade_band in (None, card.grade_band)
        and asked.subject in (None, card.subject)
        and (asked.context is None or asked.context in card.context)
        and (asked.question is None or asked.question in card.questions)
        and all(any(word in text for text in said) for word in words_of(asked))
    )


def narrowed(findings: Iterable[Finding], asked: Filter) -> list[Finding]:
    """Of findings that are in no table those that have evidence of what was asked, with it;
    what itself says what is searched for first."""
    kept: list[Finding] = []
    for finding in findings:
        evidence = tuple(one for one in finding.evidence if is_asked(one, asked, finding.statement))
        if evidence and _fits(finding, asked):
            in_order = sorted(evidence, key=lambda one: not says(one, asked))
            kept.append(replace(finding, evidence=tuple(in_order)))
    return kept


def _fits(finding: Finding, asked: Filter) -> bool:
    return (
        asked.element in (None, finding.element)
        and asked.about in (None, finding.subject)
        and (asked.rooms is None or finding.quantifier in SAID_OF[asked.rooms])
    )


def finding_of_line(line: Line, quarter: str, evidence: Iterable[Evidence]) -> Finding:
    return Finding(
        id=line["pattern_id"],
        statement=line["statement"],
        subject=PatternSubject(line["subject"]),
        quantifier=Quantifier(line["quantifier"]),
        element=word_of(CoreElement, line["element"]),
        visited_in=quarter,
        problem=line["problem"],
        evidence=tuple(evidence),
    )


def evidence_of_line(line: Line, twins: Mapping[str, int] = _NO_TWINS) -> Evidence:
    return Evidence(
        text=line["text"],
        element=word_of(CoreElement, line["element"]),
        grade_band=word_of(GradeBand, line["grade_band"]),
        subject=word_of(SchoolSubject, line["subject"]),
        context=tuple(ProgramContext(word) for word in line["contexts"].split()),
        questions=tuple(line["questions"].split()),
        twin=line.get("twin", 1),
        card_twin=twins.get(line["card_id"], 1),
    )


def place_of_finding(finding: Finding) -> str:
    """By core element and subject, then as words: never by school or day (rule 16)."""
    return place_of(finding.element or "", finding.subject, finding.statement, finding.id)


def _cut(finding: Finding, first: int = EVIDENCE_AT_FIRST) -> Finding:
    if len(finding.evidence) <= first:
        return finding
    return replace(finding, evidence=finding.evidence[:first], is_cut=True)
