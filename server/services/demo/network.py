"""Making the demo network, finding it again, and taking it away.

It is never made beside a real network or on a public address: its accounts are for trying.
Passwords are random and kept in DATA_DIR/demo.json, which its owner alone can read. A demo
that was cut off half-way, or whose file is gone, is taken away and made anew.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, Base, reading, writing
from server.errors import Conflict
from server.models.accounts import Membership, Person
from server.models.sync import Network
from server.services.accounts import add_person
from server.services.demo.cast import DISTRICTS, NETWORK, PEOPLE, SCHOOLS, TIME_ZONE
from server.services.demo.counted import measures
from server.services.demo.harbor import HARBOR
from server.services.demo.meadow import MEADOW
from server.services.demo.play import play
from server.services.demo.ridge import RIDGE
from server.services.demo.stage import Cast, Stage
from server.services.members import add_membership
from server.services.writing_records import send_all
from server.sync.compose import compose
from server.sync.read import record_of

SCRIPTS = (MEADOW, RIDGE, HARBOR)
MARK = {"demo": True}
"""In the network's settings: what tells the demo from a real network."""

Progress = Callable[[int, int], None]


def open_demo(settings: Settings, progress: Progress) -> dict[str, Any]:
    """The demo's address, accounts and rounds; made now where there is none yet."""
    if settings.is_public:
        raise Conflict("demo.public_address")
    with reading(EVERY_NETWORK) as tx:
        if _real_network_of(tx):
            raise Conflict("demo.real_network")
    demo = _remembered(settings)
    if demo is None:
        remove_demo(settings)
        demo = _make(settings, progress)
    _move_to_today(demo)
    return {**demo, "url": settings.origin}


def remove_demo(settings: Settings) -> bool:
    """Take the demo away, people included; False where there was none."""
    with writing(EVERY_NETWORK) as tx:
        network_ids = _demo_networks(tx)
        for network_id in network_ids:
            _remove_network(tx, network_id)
    _file(settings).unlink(missing_ok=True)
    return bool(network_ids)


def _file(settings: Settings) -> Path:
    return settings.folder / "demo.json"


def _networks(tx: Connection) -> list[tuple[str, bool]]:
    rows = tx.execute(select(Network.id, Network.settings))
    return [(row.id, bool(json.loads(row.settings).get("demo"))) for row in rows]


def _demo_networks(tx: Connection) -> list[str]:
    return [network_id for network_id, is_demo in _networks(tx) if is_demo]


def _real_network_of(tx: Connection) -> str | None:
    return next((network_id for network_id, is_demo in _networks(tx) if not is_demo), None)


def _remembered(settings: Settings) -> dict[str, Any] | None:
    """What demo.json says, if the database still holds that network."""
    try:
        demo: dict[str, Any] = json.loads(_file(settings).read_text())
    except (FileNotFoundError, ValueError):
        return None
    with reading(EVERY_NETWORK) as tx:
        return demo if demo.get("network_id") in _demo_networks(tx) else None


def _make(settings: Settings, progress: Progress) -> dict[str, Any]:
    cast, accounts = _make_people()
    _make_schools(cast)
    today = _today()
    send_all(cast.network_id, cast.members["lead"], measures(cast, today))
    rounds = []
    for done, script in enumerate(SCRIPTS):
        progress(done, len(SCRIPTS))
        stage = Stage(cast, script, today)
        play(stage)
        rounds.append(
            {
                "id": stage.round_id,
                "title": script.title,
                "host": next(p.email for p in PEOPLE if p.hosts == script.host),
                "visits_on": stage.day.isoformat(),
                "released": script.is_past,
            }
        )
    progress(len(SCRIPTS), len(SCRIPTS))
    demo = {"network_id": cast.network_id, "accounts": accounts, "rounds": rounds}
    _keep(_file(settings), demo)
    return demo


def _keep(path: Path, demo: dict[str, Any]) -> None:
    """Write whole or not at all, for the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(demo, out, indent=2, ensure_ascii=False)
    half.replace(path)


def _make_people() -> tuple[Cast, list[dict[str, Any]]]:
    network_id = clock.new_id()
    cast = Cast(network_id, {}, {key: clock.new_id() for key in (*DISTRICTS, *SCHOOLS)})
    accounts = []
    with writing(network_id) as tx:
        tx.execute(
            insert(Network).values(
                id=network_id, name=NETWORK, time_zone=TIME_ZONE, settings=json.dumps(MARK)
            )
        )
        for person in PEOPLE:
            password = secrets.token_urlsafe(9)
            person_id = add_person(
                tx,
                person.name,
                language=person.language,
                email=person.email,
                password=password,
            )
            place = {
                "roles": " ".join(person.roles),
                "position": person.position,
                "school_id": cast.schools[person.school] if person.school else None,
                "district_id": cast.schools[person.district],
            }
            cast.members[person.key] = add_membership(tx, network_id, person_id, place)
            accounts.append(
                {
                    "email": person.email,
                    "password": password,
                    "role": person.role,
                    "name": person.name,
                    "member_id": cast.members[person.key],
                }
            )
    return cast, accounts


def _make_schools(cast: Cast) -> None:
    """The network's own districts and schools, as its lead would add them."""
    by, scope = cast.members["lead"], f"network:{cast.network_id}"
    changes = [
        compose("district", cast.schools[key], scope, {"name": name, "state": "CO"}, by=by)
        for key, name in DISTRICTS.items()
    ]
    for key, (name, district) in SCHOOLS.items():
        set_ = {"name": name, "district": cast.schools[district]}
        changes.append(compose("school", cast.schools[key], scope, set_, by=by))
    send_all(cast.network_id, by, changes)


def _today() -> date:
    return clock.now().astimezone(ZoneInfo(TIME_ZONE)).date()


def _move_to_today(demo: dict[str, Any]) -> None:
    """Let the round that is ready to visit be today, also in a demo of last week."""
    round_id, lead = demo["rounds"][-1]["id"], demo["accounts"][0]["member_id"]
    network_id, today = demo["network_id"], _today()
    with reading(network_id) as tx:
        record = record_of(tx, network_id, round_id)
    day = record.get("visits_on") if record and not record.deleted else None
    if record is None or day is None or day >= today.isoformat():
        return
    set_ = {"visits_on": today.isoformat()}
    send_all(
        network_id, lead, [compose("round", round_id, record.scope, set_, by=lead, heads=record)]
    )


def _remove_network(tx: Connection, network_id: str) -> None:
    """Every row of the network, and every person who belongs to no other."""
    mine = select(Membership.person_id).where(Membership.network_id == network_id)
    people = list(tx.scalars(mine))
    for table in reversed(Base.metadata.sorted_tables):
        if "network_id" in table.c:
            tx.execute(delete(table).where(table.c.network_id == network_id))
    elsewhere = set(tx.scalars(select(Membership.person_id)))
    gone = [person_id for person_id in people if person_id not in elsewhere]
    for table in reversed(Base.metadata.sorted_tables):
        if "person_id" in table.c and table.name != Person.__tablename__:
            tx.execute(delete(table).where(table.c.person_id.in_(gone)))
    tx.execute(delete(Person).where(Person.id.in_(gone)))
    tx.execute(delete(Network).where(Network.id == network_id))
