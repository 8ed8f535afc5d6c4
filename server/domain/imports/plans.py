"""What taking a file in would do to a network: a line a row, before anything is done.

A plan is made from the file and from what the network holds, by these rules alone; preview
and taking in make it anew each time, and agree by its `digest`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from json import dumps

from schemas.directory import DirectoryKind
from server.domain.directory import Entry
from server.domain.identifiers import derived_id
from server.domain.imports.found import Found, FoundPerson, FoundPlace, NotRead, Outcome
from server.domain.imports.standard_plans import (
    FrameworkLine,
    StandardHere,
    StandardLine,
    plan_framework,
)


@dataclass(frozen=True, slots=True)
class PlaceHere:
    """A district or school that the network has. `district` is a record's id."""

    id: str
    kind: DirectoryKind
    name: str
    district: str | None = None
    directory_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """What becomes of one place. `record`: the network's record; `before`: its name there."""

    row: int
    kind: str
    name: str
    outcome: Outcome
    record: str
    district: str | None = None
    directory_id: str | None = None
    state: str = ""
    before: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What becomes of one person, where they are ticked."""

    row: int
    name: str
    outcome: Outcome
    email: str | None
    roles: tuple[str, ...]
    position: str | None
    school: str | None = None
    district: str | None = None
    place: str | None = None
    why: str | None = None


@dataclass(slots=True)
class Plan:
    layout: str
    framework: FrameworkLine | None = None
    standards: list[StandardLine] = field(default_factory=list)
    places: list[PlaceLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)
    forgotten: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    not_read: Sequence[NotRead] = ()
    is_old_text: bool = False

    def digest(self, content: bytes) -> str:
        """Alike only for the same file met by the same network."""
        lines = [*map(asdict, self.places), *map(asdict, self.people)]
        lines += [asdict(each) for each in (self.framework, *self.standards) if each]
        told = dumps(lines, sort_keys=True).encode()
        return sha256(sha256(content).digest() + told).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """What the network holds. `members`, `invited`: e-mail addresses; `removed`: record ids.

    standards: frameworks and standards by their records' ids.
    """

    scope: str
    places: Sequence[PlaceHere]
    removed: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    standards: Mapping[str, StandardHere] = field(default_factory=dict)


def plan_of(found: Found, known: Known) -> Plan:
    """What each row would do."""
    plan = Plan(
        found.layout,
        forgotten=found.forgotten,
        left_out=found.left_out,
        not_read=found.not_read,
        is_old_text=found.is_old_text,
    )
    placing = _Placing(known, (place.entry for place in found.places))
    districts = [p for p in found.places if p.entry.kind == DirectoryKind.DISTRICT]
    schools = [p for p in found.places if p.entry.kind == DirectoryKind.SCHOOL]
    plan.places = [placing.line_of(each) for each in (*districts, *schools)]
    plan.people = [_person_line(each, known, placing) for each in found.people]
    if found.framework:
        standards = (known.scope, found.framework, found.standards, known.standards)
        plan.framework, plan.standards = plan_framework(*standards)
    return plan


class _Placing:
    """Finds each place of a file among the network's own: by its id, else by its name."""

    def __init__(self, known: Known, entries: Iterable[Entry]) -> None:
        self.scope = known.scope
        self.taken = {derived_id(self.scope, entry.id) for entry in entries}
        """Records that are somebody's by an id: of no other place that is called alike."""
        self.removed = known.removed
        self.by_id = {place.id: place for place in known.places}
        self.by_entry = {p.directory_id: p for p in known.places if p.directory_id}
        self.by_code: dict[str, list[str]] = {}
        """By the last code of an id: Ed-Fi says of a school 255901001, and no more."""
        for entry_id, place in self.by_entry.items():
            self.by_code.setdefault(entry_id.rpartition("/")[2], []).append(place.id)
        self.typed: dict[tuple[str, str], list[PlaceHere]] = {}
        self.named: dict[str, list[str]] = {}
        self.record_of: dict[str, str] = {}
        self.kinds = {place.id: place.kind for place in known.places}
        for place in known.places:
            self.named.setdefault(_plain(place.name), []).append(place.id)
            if not place.directory_id:
                self.typed.setdefault((place.kind, _plain(place.name)), []).append(place)

    def line_of(self, place: FoundPlace) -> PlaceLine:
        entry, row = place.entry, place.row
        usual = derived_id(self.scope, entry.id)
        here = self.by_entry.get(entry.id) or self.by_id.get(usual)
        same = [] if here else self._typed(entry)
        if len(same) == 1:
            here = same[0]
        why = None if here else self._why_not(entry, usual, same)
        record = here.id if here else usual
        if why is None:
            self._enter(entry, record)
        return PlaceLine(
            row=row,
            kind=entry.kind,
            name=entry.name or (here.name if here else entry.id),
            outcome=Outcome.LEFT_OUT if why else self._outcome(entry, here),
            record=record,
            district=self._district_of(entry) or (here.district if here else None),
            directory_id=entry.id,
            state=entry.state,
            before=here.name if here else None,
            why=why,
        )

    def _why_not(self, entry: Entry, usual: str, same: Sequence[PlaceHere]) -> str | None:
        """Why a place that is not here cannot be made."""
        if not entry.name:
            return "no_name"
        if usual in self.removed:
            return "removed_here"
        if same:
            return "name_twice"
        lacks = entry.district_id is not None and self._district_of(entry) is None
        return "district_first" if lacks else None

    def _district_of(self, entry: Entry) -> str | None:
        """The record of a school's district: told by this file, or in the network already."""
        if entry.district_id is None:
            return None
        usual = derived_id(self.scope, entry.district_id)
        known = usual if usual in self.by_id else None
        return self.record_of.get(entry.district_id) or known

    def _typed(self, entry: Entry) -> list[PlaceHere]:
        """Places that somebody typed by this name, in the same district or in none."""
        district = self._district_of(entry)
        same = self.typed.get((entry.kind, _plain(entry.name or "")), [])
        free = (place for place in same if place.id not in self.taken)
        return [place for place in free if place.district in {None, district}]

    def _enter(self, entry: Entry, record: str) -> None:
        self.record_of[entry.id] = record
        self.taken.add(record)
        self.kinds[record] = entry.kind
        if entry.name and record not in self.named.setdefault(_plain(entry.name), []):
            self.named[_plain(entry.name)].append(record)

    def _outcome(self, entry: Entry, here: PlaceHere | None) -> Outcome:
        if here is None:
            return Outcome.NEW
        moved = (self._district_of(entry) or here.district) != here.district
        renamed = entry.name is not None and entry.name != here.name
        linked = entry.kind == DirectoryKind.SCHOOL and here.directory_id != entry.id
        return Outcome.CHANGED if moved or renamed or linked else Outcome.SAME

    def place_of(self, person: FoundPerson) -> tuple[str | None, str | None]:
        """The record of the person's place, and why there is none where one was named."""
        for entry_id in person.place_ids:
            record = self.record_of.get(entry_id) or getattr(
                self.by_entry.get(entry_id), "id", None
            )
            if record is None and len(self.by_code.get(entry_id, ())) == 1:
                [record] = self.by_code[entry_id]
            if record:
                return record, None
        if not person.place_name:
            return None, "place_unknown" if person.place_ids else None
        found = self.named.get(_plain(person.place_name), [])
        if len(found) == 1:
            return found[0], None
        return None, "place_twice" if found else "place_unknown"


def _person_line(person: FoundPerson, known: Known, placing: _Placing) -> PersonLine:
    record, why = placing.place_of(person)
    outcome = Outcome.NEW
    if person.email in known.members:
        outcome, why = Outcome.SAME, "member"
    elif person.email in known.invited:
        outcome, why = Outcome.SAME, "invited"
    is_school = record is not None and placing.kinds.get(record) == DirectoryKind.SCHOOL
    return PersonLine(
        row=person.row,
        name=person.name,
        outcome=outcome,
        email=person.email,
        roles=person.roles,
        position=person.position,
        school=record if is_school else None,
        district=None if is_school else record,
        place=person.place_name,
        why=why,
    )


def wanted_places(plan: Plan, districts: Iterable[str] | None) -> list[PlaceLine]:
    """Lines that change something, of these districts' records; None wants every one."""
    lines = of_districts(plan.places, districts)
    return [each for each in lines if each.outcome in {Outcome.NEW, Outcome.CHANGED}]


def of_districts(
    lines: Sequence[PlaceLine], districts: Iterable[str] | None
) -> Sequence[PlaceLine]:
    """The districts themselves and their schools."""
    if districts is None:
        return lines
    chosen = {*districts}
    return [p for p in lines if (p.record if p.kind == "district" else p.district) in chosen]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
