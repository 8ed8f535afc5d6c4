"""What the narrow tables say of one round, made of its records alone.

Pure: the same records give the same rows, whether they were read as they are merged or made
again from the log. Nothing of it leads from a card to a classroom, a time or an author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from schemas.vocabulary import RevisitForm
from server.domain.calendar import day_of, quarter_of
from server.domain.evidence import SHARED_BY, CardFacts
from server.domain.focus_questions import lasting_question_id
from server.domain.folding import fold
from server.domain.identifiers import derived_id, return_summary_id, revisit_id
from server.services.agreement import readings_of
from server.services.exports.content import NextLevel
from server.services.narrow_places import place_of
from server.services.released import (
    Inside,
    Records,
    agreed_cards,
    count_visited,
    look_inside,
    settled_patterns,
    statement_of,
    whole_items,
)
from server.services.small_figures import FEWEST, shown_of
from server.sync.read import MergedRecord, text_of

Row = Mapping[str, Any]
Questions = Mapping[str, tuple[str, str]]
"""A focus question's record to its lasting id and its words."""

ROOM = ("grade_band", "subject", "says", "says_grade_band", "says_subject")
"""What stands of each visited classroom, for figures alone (services/small_figures.Rooms)."""

FACETS = ("grade_band", "subject", "contexts", "questions")
"""What of a card a view may ask for, but for its words."""

RULES = 13
"""Which edition of these rules made a row. A new number has every network made anew."""


@dataclass(slots=True)
class NarrowRows:
    """Rows of one round by table, without the network's and the round's id."""

    by_table: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    held_back: int = 0

    def add(self, table: str, **row: Any) -> None:
        self.by_table[table].append(row)


def rows_of(round_id: str, records: Records, as_shown: Records | None = None) -> NarrowRows:
    """Everything of a round that may be read once it is opened.

    Of too few classrooms (rule 15) only that they were visited, and how alike their cards were
    read. as_shown: what said so when the round was first read by others; figures stay as they
    were then. What was agreed is no figure: it is read as soon as enough classrooms are there.
    """
    rows, inside = NarrowRows(), look_inside(round_id, records, as_shown)
    elements: set[str] = set()
    if count_visited(records) >= SHARED_BY:
        elements = {card.get("element") for card in _evidence_of(records, inside)} - {None}
        questions = _questions_of(round_id, records, inside)
        _add_patterns(rows, records, inside, questions)
        _add_questions(rows, questions)
        _add_items(rows, round_id, records, inside)
        _add_now(rows, round_id, records, inside)
    for line in readings_of(round_id, records):
        rows.add("released_reading", **line)
    rooms = sorted(_room(room, inside.facts[room.id]) for room in inside.visited)
    rows.add(
        "released_round",
        visited=_spell(rooms),
        elements=" ".join(sorted(elements)),
        held_back=rows.held_back,
        figures=figures_outside(rooms),
        by_name=" ".join(_by_name(round_id, records)),
    )
    return rows


def _room(room: MergedRecord, facts: CardFacts) -> list[str]:
    """A classroom as figures are made of it, in the order of ROOM."""
    said = [facts.grade_band or "", facts.subject or ""]
    says = " ".join(filter(None, (*said, *facts.context)))
    return [room.get("grade_band") or "", room.get("subject") or "", says, *said]


def rooms_named(rooms: Iterable[Sequence[str]]) -> list[dict[str, str | None]]:
    """Classrooms of `released_round.visited`, as figures are made of them."""
    return [dict(zip(ROOM, room, strict=False)) for room in rooms]


def figures_outside(rooms: Iterable[Sequence[str]]) -> str:
    """What anybody may read of these classrooms' numbers, for whoever reads the tables by SQL."""
    return _spell(asdict(shown_of(rooms_named(rooms), FEWEST)))


def _add_patterns(rows: NarrowRows, records: Records, inside: Inside, questions: Questions) -> None:
    known: set[str] = set()
    problem = _problem_of(records, inside)
    for pattern, cards in settled_patterns(records, inside):
        said = statement_of(pattern)
        clean = [card for card in cards if inside.is_clean(card.get("text") or "")]
        rows.held_back += len(cards) - len(clean)
        if not clean or not inside.is_clean(said.statement):
            rows.held_back += 1
            continue
        behind = [_card_row(card, inside, questions) for card in clean]
        rows.add(
            "released_pattern",
            pattern_id=pattern.id,
            subject=said.subject,
            quantifier=said.quantifier,
            element=pattern.get("element"),
            statement=said.statement,
            folded=fold(said.statement),
            problem=problem,
            place=place_of(pattern.get("element") or "", said.subject, said.statement, pattern.id),
            **searched_of(fold(said.statement), behind),
        )
        for row in behind:
            rows.add("released_evidence", pattern_id=pattern.id, card_id=row["card_id"])
            if row["card_id"] not in known:
                rows.add("released_card", **row)
                known.add(row["card_id"])


def searched_of(folded: str, cards: Iterable[Row]) -> Row:
    """What is in any of a pattern's cards: without it no card of it is what is asked for."""
    rows = [*cards]
    about = {facet(name, word) for row in rows for name in FACETS for word in _words(row[name])}
    said = dict.fromkeys([folded, *sorted(row["folded"] for row in rows)])
    return {"about": "".join(sorted(about)), "said": "\n".join(said)}


def facet(name: str, word: str) -> str:
    """As it stands in `about`, between signs that no word has."""
    return f"|{name}={word}|"


def _words(value: str | None) -> list[str]:
    return (value or "").split()


def _questions_of(round_id: str, records: Records, inside: Inside) -> Questions:
    """The round's focus questions by their records' ids; none in which somebody may be named."""
    found: dict[str, tuple[str, str]] = {}
    for question in sorted(records["focus_question"], key=lambda each: each.id):
        words = (question.get("text") or "").strip()
        if words and inside.is_clean(words):
            standards = sorted(question.tagged("standards"))
            lasting = lasting_question_id(round_id, question.id, standards, words)
            found[question.id] = (lasting, words)
    return found


def _evidence_of(records: Records, inside: Inside) -> list[MergedRecord]:
    """The cards that were agreed on, in a pattern or in none, and that name nobody."""
    agreed = agreed_cards(records).values()
    return [card for card in agreed if inside.is_clean(card.get("text") or "")]


def _add_questions(rows: NarrowRows, questions: Questions) -> None:
    """Seen is what leads to a pattern with evidence on it, as the screen says (ADR 46)."""
    cards = rows.by_table.get("released_card", ())
    seen = {each for card in cards for each in card["questions"].split()}
    for question_id, words in dict(questions.values()).items():
        rows.add(
            "released_question", question_id=question_id, words=words, seen=question_id in seen
        )


def _card_row(card: MergedRecord, inside: Inside, questions: Questions) -> Row:
    facts = inside.facts_of(card)
    bears_on = {questions[each][0] for each in card.tagged("focus_questions") & questions.keys()}
    return {
        "card_id": card.id,
        "element": card.get("element"),
        "grade_band": facts.grade_band,
        "subject": facts.subject,
        "contexts": " ".join(facts.context),
        "questions": " ".join(sorted(bears_on)),
        "text": card.get("text") or "",
        "folded": fold(card.get("text") or ""),
    }


def _problem_of(records: Records, inside: Inside) -> str:
    """The round's problem of practice; empty where somebody may be named in it."""
    texts = [(each.get("text") or "").strip() for each in records["problem_of_practice"]]
    text = next(filter(None, texts), "")
    return text if inside.is_clean(text) else ""


def _add_items(rows: NarrowRows, round_id: str, records: Records, inside: Inside) -> None:
    for item_id, item in whole_items(round_id, records):
        if inside.is_clean(item.text, item.support, item.learned):
            place = place_of(item.level, item.check_back_on.isoformat(), item.text, item_id)
            rows.add("released_item", item_id=item_id, place=place, content=_spell(_plain(item)))
        else:
            rows.held_back += 1


def _by_name(round_id: str, records: Records) -> list[str]:
    """The audiences to which its host opened then and now by the school's name."""
    mine = return_summary_id(round_id)
    summary = next((each for each in records["return_summary"] if each.id == mine), None)
    return sorted(summary.tagged("then_and_now")) if summary else []


def _add_now(rows: NarrowRows, round_id: str, records: Records, inside: Inside) -> None:
    """What stands beside the patterns that left. No other text of it is counted as held back:
    without a school's name it leaves to nobody."""
    mine = revisit_id(round_id)
    revisit = next((each for each in records["revisit"] if each.id == mine), None)
    if revisit is None:
        return
    written = {each.id: each for each in records["pattern_now"]}
    for pattern in rows.by_table.get("released_pattern", ()):
        beside = written.get(derived_id(pattern["pattern_id"], "now"))
        if beside is not None:
            words = text_of(beside, "text")
            rows.add(
                "released_now",
                pattern_id=pattern["pattern_id"],
                second_round=_second_round(revisit),
                second_pattern=beside.get("second_pattern"),
                met_in=_met_in(revisit),
                words=words if inside.is_clean(words) else "",
            )


def _second_round(revisit: MergedRecord) -> str | None:
    is_visit = revisit.get("form") == RevisitForm.SECOND_VISIT
    return revisit.get("second_round") if is_visit else None


def _met_in(revisit: MergedRecord) -> str | None:
    day = day_of(revisit.get("meets_on"))
    return quarter_of(day) if day else None


def _plain(item: NextLevel) -> Row:
    return {name: getattr(item, name) for name in NextLevel.__slots__}


def _spell(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
