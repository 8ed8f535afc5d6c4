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
from server.domain.imports.plans import (
    Known,
    Outcome,
    PersonLine,
    PlaceHere,
    PlaceLine,
    Plan,
    plan_of,
    wanted_places,
)
from server.domain.imports.reading import read_file
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


@dataclass(frozen=True, slots=True)
class Looked:
    """A plan, and what whoever takes it in must name to say that it is this one."""

    plan: Plan
    digest: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be taken in. districts: record ids, None for every one; people: rows."""

    digest: str
    districts: Sequence[str] | None = None
    people: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`ways_in`: rows of invitations and the tokens of their links, which nobody sees again."""

    places: int
    ways_in: list[tuple[Any, str]]


def look(network_id: str, content: bytes) -> Looked:
    """What the file would do to the network. RuleBroken names row and column."""
    found = read_file(content)
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
    found = read_file(content)
    with writing(network_id) as tx:
        member = find_member(tx, network_id)
        plan = plan_of(found, _known(tx, network_id))
        if plan.digest(content) != chosen.digest:
            raise Conflict("import.changed_meanwhile")
        lines = wanted_places(plan, chosen.districts)
        people = _wanted_people(plan, chosen.people)
        if len(lines) > MOST_PLACES:
            raise RuleBroken("import.too_many_places", count=len(lines), most=MOST_PLACES)
        _write_places(tx, member, lines)
        ways_in = [_invite(tx, member, person, lasts) for person in people]
        write_audit(tx, network_id, member.id, "file.taken_in", None)
    return TakenIn(len(lines), ways_in)


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
    )


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


def _write_places(tx: Connection, member: Member, lines: Sequence[PlaceLine]) -> None:
    ids = [line.record for line in lines]
    found = {each.id: each for each in records_of(tx, member.network_id, ids=ids)}
    changes = [*_changes(member, lines, found)]
    for start in range(0, len(changes), MAX_CHANGES):
        part = changes[start : start + MAX_CHANGES]
        reply = push(tx, member.network_id, Writer(member.id), part)
        if any(result.status != "applied" for result in reply.results):
            raise RuleBroken("import.nothing_taken")


def _changes(
    member: Member, lines: Iterable[PlaceLine], found: dict[str, MergedRecord]
) -> Iterator[Json]:
    scope = f"{ScopeType.NETWORK}:{member.network_id}"
    for line in lines:
        wanted: dict[str, Any] = {"name": line.name}
        if line.kind == DirectoryKind.SCHOOL:
            wanted |= {"district": line.district, "directory_id": line.directory_id}
        elif line.state:
            wanted["state"] = line.state
        record = found.get(line.record)
        set_ = differing(wanted, record)
        if set_:
            yield compose(line.kind, line.record, scope, set_, by=member.id, heads=record)


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
