"""What of a return summary leaves its round: the page behind a link, and the report (PDF).

Without signing in it is read by a link. Two things must hold for that: the link was not ended,
and the host's own `opened` tag for its audience stands in the round's summary. Members take it
as a report once it is opened to them, the host before. What it holds has passed the same door
as every export (services/released), and every other text of it the name check: a text in which
somebody may be named and nobody looked is left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from server import clock
from server.db import enter_network
from server.domain.access import Standing, may_in_round
from server.domain.identifiers import debrief_id, return_summary_id
from server.domain.names_check import words_to_check
from server.domain.standards import StandardFacts, codes_of
from server.errors import Conflict, Forbidden, NotFound
from server.models.summary_pages import SummaryPage
from server.models.sync import RoundIndex
from server.services.audit import write_audit
from server.services.exports.content import AgreedItem, Statement
from server.services.patterns import is_opened_to
from server.services.released import tell_round
from server.services.sessions import hash_of
from server.services.standings import check_in_round, check_round
from server.sync.read import MergedRecord, record_of, records_of, text_of

ACTION = "summary.open_page"
READ_FIRST = "summary.read_first"
OF_THE_LEADS = ("thanks", "network_words")
"""What the leads may go on writing; others read of it what the host opened (docs/adr/0056)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A focus question, and the codes of what it bears on."""

    words: str
    codes: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a stranger reads. Nothing in it leads to a person, a classroom, a time or the day of
    a visit.

    questions: the focus questions in their order. held_back: how many texts wait for the name
    check.
    """

    thanks: str
    problem: str
    questions: tuple[Asked, ...]
    statements: tuple[Statement, ...]
    next_level: tuple[AgreedItem, ...]
    network_words: str
    host_words: str
    held_back: int


def open_page(tx: Connection, standing: Standing, round_id: str, audience: str) -> dict[str, Any]:
    """A fresh link for this audience, in place of the one before. The host's alone.

    Conflict before the debrief is closed, and while words wait for the name check.
    """
    network_id = standing.network_id
    check_in_round(tx, standing, ACTION, round_id)
    if not _is_closed(tx, network_id, round_id):
        raise Conflict("summary.not_closed")
    if _content(tx, network_id, round_id, as_opened=True).held_back:
        raise Conflict("summary.names_first")
    _end(tx, network_id, round_id, audience)
    token, now = secrets.token_urlsafe(32), clock.now()
    tx.execute(
        insert(SummaryPage).values(
            token_hash=hash_of(token),
            network_id=network_id,
            round_id=round_id,
            audience=audience,
            made_by=standing.member_id,
            made_at=now,
        )
    )
    write_audit(tx, network_id, standing.member_id, f"summary.opened_to_{audience}", round_id)
    return {"audience": audience, "made_at": clock.as_text(now), "token": token}


def end_page(tx: Connection, standing: Standing, round_id: str, audience: str) -> None:
    """End the audience's link at once; nothing where there is none."""
    check_in_round(tx, standing, ACTION, round_id)
    _end(tx, standing.network_id, round_id, audience)
    write_audit(
        tx, standing.network_id, standing.member_id, f"summary.closed_to_{audience}", round_id
    )


def list_pages(tx: Connection, standing: Standing, round_id: str) -> list[dict[str, str]]:
    """The links that are open, without the links themselves."""
    check_in_round(tx, standing, ACTION, round_id)
    rows = tx.execute(
        select(SummaryPage.audience, SummaryPage.made_at)
        .where(SummaryPage.network_id == standing.network_id, SummaryPage.round_id == round_id)
        .order_by(SummaryPage.audience)
    )
    return [{"audience": row.audience, "made_at": clock.as_text(row.made_at)} for row in rows]


def read_page(tx: Connection, token: str) -> Page:
    """The page of a link. NotFound for one that is unknown, ended, or closed again."""
    row = tx.execute(
        select(SummaryPage.network_id, SummaryPage.round_id, SummaryPage.audience).where(
            SummaryPage.token_hash == hash_of(token)
        )
    ).first()
    if row is None:
        raise NotFound()
    enter_network(tx, row.network_id)
    opened = tx.scalar(
        select(RoundIndex.opened).where(
            RoundIndex.network_id == row.network_id,
            RoundIndex.round_id == row.round_id,
            RoundIndex.deleted.is_(False),
        )
    )
    is_open = row.audience in (opened or "").split()
    if not is_open or not _is_closed(tx, row.network_id, row.round_id):
        raise NotFound()
    return _content(tx, row.network_id, row.round_id, as_opened=True)


def take_page(tx: Connection, standing: Standing, round_id: str) -> Page:
    """The same for a member: the host first, then those to whom the host opened it.

    Conflict before the debrief is closed; and for the host, who looks at them, while words wait
    for the name check. Whoever else takes it finds it without them, as behind a link.
    """
    check_round(tx, standing, round_id)
    is_first = may_in_round(standing, READ_FIRST, round_id)
    if not is_first and not is_opened_to(tx, standing, round_id):
        raise Forbidden()
    if not _is_closed(tx, standing.network_id, round_id):
        raise Conflict("summary.not_closed")
    page = _content(tx, standing.network_id, round_id, as_opened=not is_first)
    if is_first and page.held_back:
        raise Conflict("summary.names_first")
    return page


def _end(tx: Connection, network_id: str, round_id: str, audience: str) -> None:
    tx.execute(
        delete(SummaryPage).where(
            SummaryPage.network_id == network_id,
            SummaryPage.round_id == round_id,
            SummaryPage.audience == audience,
        )
    )


def _is_closed(tx: Connection, network_id: str, round_id: str) -> bool:
    debrief = record_of(tx, network_id, debrief_id(round_id))
    return debrief is not None and not debrief.deleted and bool(debrief.get("closed_at"))


def _content(tx: Connection, network_id: str, round_id: str, *, as_opened: bool) -> Page:
    """as_opened: as the host opened it, for whoever is not the host."""
    summary = record_of(tx, network_id, return_summary_id(round_id))
    looked_at = summary.tagged("not_a_person") if summary else frozenset[str]()
    told = tell_round(tx, network_id, round_id)
    words = {name: text_of(summary, name) for name in (*OF_THE_LEADS, "host_words")} | {
        "problem": _problem(tx, network_id, round_id)
    }
    if as_opened and summary and summary.get("closing_as_opened"):
        words |= {name: text_of(summary, f"{name}_as_opened") for name in OF_THE_LEADS}
    clean = {name: text for name, text in words.items() if _is_clean(text, looked_at)}
    asked = _asked(tx, network_id, round_id, looked_at)
    questions = tuple(each for each in asked if _is_clean(each.words, looked_at))
    return Page(
        thanks=clean.get("thanks", ""),
        problem=clean.get("problem", ""),
        questions=questions,
        statements=tuple(told.statements),
        next_level=tuple(told.next_level),
        network_words=clean.get("network_words", ""),
        host_words=clean.get("host_words", ""),
        held_back=told.unread_count + (len(words) - len(clean)) + (len(asked) - len(questions)),
    )


def _problem(tx: Connection, network_id: str, round_id: str) -> str:
    scope = f"round:{round_id}"
    found = records_of(tx, network_id, scope=scope, kind="problem_of_practice")
    return text_of(found[0], "text") if found else ""


def _asked(tx: Connection, network_id: str, round_id: str, looked_at: Set[str]) -> list[Asked]:
    """The focus questions in their order, as the summary on screen has them.

    A code in which somebody may be named is left out: it is the framework's, so no host can
    put other words in its place.
    """
    found = records_of(tx, network_id, scope=f"round:{round_id}", kind="focus_question")
    questions = [each for each in found if text_of(each, "text").strip()]
    named = {own for each in questions for own in each.tagged("standards")}
    standards = {each.id: each for each in records_of(tx, network_id, ids=sorted(named))}
    asked = []
    for question in sorted(questions, key=lambda each: each.get("order") or 0):
        tagged = sorted(question.tagged("standards") & standards.keys())
        codes = codes_of(_facts_of(standards[own]) for own in tagged)
        clean = [code for code in codes if _is_clean(code, looked_at)]
        asked.append(Asked(text_of(question, "text"), " · ".join(clean)))
    return asked


def _facts_of(standard: MergedRecord) -> StandardFacts:
    return StandardFacts(
        code=text_of(standard, "code"),
        text=text_of(standard, "text"),
        asks=bool(standard.get("asks")),
        order=standard.get("order") or 0,
    )


def _is_clean(text: str, looked_at: Set[str]) -> bool:
    return not words_to_check([text], looked_at)
