"""Files that a network takes in: places and people, after a look at what would happen.

The file is never kept: preview and taking in each read it anew, and what is taken in is what
was looked at, or nothing. Of students and families only their number is known afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from schemas.directory import DirectoryKind
from schemas.vocabulary import ScopeType
from server import clock
from server.db import reading, writing
from server.domain.imports.found import Outcome
from server.domain.imports.plans import (
    Known,
    PersonLine,
    PlaceHere,
    PlaceLine,
    Plan,
    plan_of,
    wanted_places,
)
from server.domain.imports.reading import read_file
from server.domain.imports.standard_plans import StandardHere, StandardLine, wanted_standards
from server.errors import Conflict, RuleBroken
from server.models.accounts import Invitation, Membership, Person
from server.services.audit import write_audit
from server.services.invitations import add_invitation, add_link, find_invitation
from server.services.members import check_may_give
from server.services.sessions import Member
from server.sync.compose import compose, differing
from server.sync.protocol import MAX_CHANGES, Json, Writer
from server.sync.push import push
from server.sync.read import MergedRecord, records_of

MOST_PLACES = 2000
MOST_PEOPLE = 200
MOST_STANDARDS = 2000


@dataclass(frozen=True, slots=True)
class Looked:
    """A plan, and what whoever takes it in must name to say that it is this one."""

    plan: Plan
    digest: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be taken in. districts, parts: record ids, None for every one; people: rows."""

    digest: str
    districts: Sequence[str] | None = None
    people: Sequence[int] = ()
    parts: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`ways_in`: rows of invitations and the tokens of their links, which nobody sees again."""

    places: int
    standards: int
    ways_in: list[tuple[Any, str]]


def look(network_id: str, content: bytes) -> Looked:
    """What the file would do to the network. RuleBroken names row and column."""
    found = read_file(content, today=clock.now().date())
    with reading(network_id) as tx:
        plan = plan_of(found, _known(tx, network_id))
    return Looked(plan, plan.digest(content))


def take_in(
    network_id: str,
    find_member: Callable[[Connection, str], Member],
    content: bytes,
    chosen: Chosen,
    lasts: timedelta,
) -> TakenIn:
    """All that was chosen, or nothing. Conflict when the network is not what was looked at.

    find_member: who takes it in, as they stand in the transaction that writes; refuses whoever
    may not.
    """
    found = read_file(content, today=clock.now().date())
    with writing(network_id) as tx:
        member = find_member(tx, network_id)
        plan = plan_of(found, _known(tx, network_id))
        if plan.digest(content) != chosen.digest:
            raise Conflict("import.changed_meanwhile")
        lines = wanted_places(plan, chosen.districts)
        people = _wanted_people(plan, chosen.people)
        if len(lines) > MOST_PLACES:
            raise RuleBroken("import.too_many_places", count=len(lines), most=MOST_PLACES)
        standards = wanted_standards(plan.standards, chosen.parts)
        count = sum(each.outcome != Outcome.DROPPED for each in standards)
        if count > MOST_STANDARDS:
            raise RuleBroken("import.too_many_standards", count=count, most=MOST_STANDARDS)
        _write(tx, member, [*map(_place_fields, lines), *_standards_fields(plan, standards)])
        ways_in = [_invite(tx, member, person, lasts) for person in people]
        write_audit(tx, network_id, member.id, "file.taken_in", None)
    return TakenIn(len(lines), count, ways_in)


def _known(tx: Connection, network_id: str) -> Known:
    scope = f"{ScopeType.NETWORK}:{network_id}"
    records = [
        record
        for kind in DirectoryKind
        for record in records_of(tx, network_id, scope=scope, kind=kind, with_deleted=True)
    ]
    members = select(Person.email).join(Membership, Membership.person_id == Person.id)
    invited = select(Invitation.email).where(
        Invitation.network_id == network_id,
        Invitation.spent_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
    active = (Membership.network_id == network_id, Membership.removed_at.is_(None))
    return Known(
        scope,
        [_here(record) for record in records if not record.deleted],
        removed=frozenset(record.id for record in records if record.deleted),
        members=frozenset(filter(None, tx.scalars(members.where(*active)))),
        invited=frozenset(filter(None, tx.scalars(invited))),
        standards=_standards_here(tx, network_id, scope),
    )


def _standards_here(tx: Connection, network_id: str, scope: str) -> dict[str, StandardHere]:
    return {
        record.id: StandardHere(
            record.id,
            str(record.get("text") or record.get("title") or ""),
            str(record.get("code") or ""),
            bool(record.get("asks")),
            removed=record.deleted,
            framework=record.get("framework"),
            order=record.get("order") or 0,
            dropped=bool(record.get("dropped")),
        )
        for kind in ("framework", "standard")
        for record in records_of(tx, network_id, scope=scope, kind=kind, with_deleted=True)
    }


def _here(record: MergedRecord) -> PlaceHere:
    return PlaceHere(
        record.id,
        DirectoryKind(record.kind),
        str(record.get("name") or ""),
        record.get("district"),
        record.get("directory_id"),
    )


def _wanted_people(plan: Plan, rows: Iterable[int]) -> list[PersonLine]:
    wanted = {*rows}
    people = [each for each in plan.people if each.row in wanted and each.outcome == Outcome.NEW]
    if len(people) > MOST_PEOPLE:
        raise RuleBroken("import.too_many_people", count=len(people), most=MOST_PEOPLE)
    return people


Wanted = tuple[str, str, dict[str, Any]]
"""Kind, id and fields of a record as it is to stand."""


def _write(tx: Connection, member: Member, wanted: Sequence[Wanted]) -> None:
    changes = [*_changes(tx, member, wanted)]
    for start in range(0, len(changes), MAX_CHANGES):
        part = changes[start : start + MAX_CHANGES]
        reply = push(tx, member.network_id, Writer(member.id), part)
        if any(result.status != "applied" for result in reply.results):
            raise RuleBroken("import.nothing_taken")


def _changes(tx: Connection, member: Member, wanted: Sequence[Wanted]) -> Iterator[Json]:
    ids = [record for _, record, _ in wanted]
    here = records_of(tx, member.network_id, ids=ids, with_deleted=True)
    found = {each.id: each for each in here}
    scope = f"{ScopeType.NETWORK}:{member.network_id}"
    for kind, own, fields in wanted:
        record = found.get(own)
        set_ = differing(fields, record)
        if record is not None and record.deleted:
            set_["deleted"] = False
        if set_:
            yield compose(kind, own, scope, set_, by=member.id, heads=record)


def _place_fields(line: PlaceLine) -> Wanted:
    fields: dict[str, Any] = {"name": line.name}
    if line.kind == DirectoryKind.SCHOOL:
        fields |= {"district": line.district, "directory_id": line.directory_id}
    elif line.state:
        fields["state"] = line.state
    return line.kind, line.record, fields


def _standards_fields(plan: Plan, lines: Sequence[StandardLine]) -> Iterator[Wanted]:
    framework = plan.framework
    if framework is None or not (lines or framework.outcome in {Outcome.NEW, Outcome.CHANGED}):
        return
    yield "framework", framework.record, {"title": framework.title, "creator": framework.creator}
    for line in lines:
        yield "standard", line.record, _standard_fields(framework.record, line)


def _standard_fields(framework: str, line: StandardLine) -> dict[str, Any]:
    if line.outcome == Outcome.DROPPED:
        return {"dropped": True}
    said = {"code": line.code, "text": line.text, "asks": line.asks, "order": line.order}
    back = {"dropped": False} if line.comes_back else {}
    return {"framework": framework, **said, **back}


def _invite(
    tx: Connection, member: Member, person: PersonLine, lasts: timedelta
) -> tuple[Any, str]:
    check_may_give(member, "", " ".join(person.roles))
    place = {
        "name": person.name,
        "email": person.email,
        "roles": [*person.roles],
        "position": person.position,
        "school_id": person.school,
        "district_id": person.district,
    }
    made = add_invitation(tx, member.network_id, member.id, place, lasts)
    write_audit(tx, member.network_id, member.id, "invitation.made", made)
    row = find_invitation(tx, member.network_id, made)
    return row, add_link(tx, member.network_id, made)
