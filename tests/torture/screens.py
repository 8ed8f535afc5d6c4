"""What the screens of a model tablet offer in a debrief, by what that tablet shows.

Where the client asks a function of pwa/src/domain, this asks its twin of server/domain: so the
rules of phases, runbooks and the clock are under test here, and saves.py holds what comes of
them to rules written a second time. Small on purpose: planted_room.py replaces each.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from schemas.vocabulary import Phase
from server.clock import as_text
from server.domain import debriefs, runbooks, step_clock
from tests.sync.oracle import Json, values_of
from tests.sync.world import kind_of

if TYPE_CHECKING:
    from tests.torture.device import TorturedDevice
    from tests.torture.ground import Ground

MORE_MINUTES = 2


def shows(world: Ground, device: TorturedDevice, name: str) -> Json:
    return values_of(device.fields(world.records[name]))


def phase_of(world: Ground, device: TorturedDevice) -> str:
    return str(shows(world, device, "d1").get("phase") or Phase.DESCRIBE)


def phase_after(phase: str) -> str:
    """The next phase, which a press on its first step goes to; the last stays."""
    after = debriefs.PHASES[debriefs.PHASES.index(Phase(phase)) + 1 :]
    return str(after[0] if after else phase)


def stage_of(world: Ground, device: TorturedDevice) -> str:
    """The phase, or what comes after all of them."""
    if not shows(world, device, "d1").get("closed_at"):
        return phase_of(world, device)
    return "opened" if shows(world, device, "r1").get("opened_at") else "closed"


def facts_of(world: Ground, device: TorturedDevice) -> debriefs.DebriefFacts:
    at = world.scopes["d1"]
    all_of = {kind: [] for kind in ("card", "pattern", "prediction")}  # type: dict[str, list[Json]]
    for name, scope in world.scopes.items():
        if scope == at and kind_of(name) in all_of:
            all_of[kind_of(name)].append(shows(world, device, name))
    standings = [card.get("standing") for card in all_of["card"]]
    team = debriefs.TeamFacts("A", standings.count("posted"), standings.count("agreed"))
    return debriefs.DebriefFacts(
        teams=[team],
        pattern_count=sum(bool(each.get("statement", "").strip()) for each in all_of["pattern"]),
        prediction_count=sum(bool(each.get("agreed")) for each in all_of["prediction"]),
        sealed=bool(shows(world, device, "d1").get("sealed_at")),
    )


# ---- the lead's strip ----


def hindrance_to(world: Ground, device: TorturedDevice, phase: str) -> str | None:
    """What the strip says instead of going on; nothing within a phase."""
    if phase == phase_of(world, device):
        return None
    found = debriefs.hindrance_to(Phase(phase), facts_of(world, device))
    return found.reason if found else None


def may_go_to(world: Ground, device: TorturedDevice, phase: str) -> bool:
    at = Phase(phase_of(world, device))
    return debriefs.may_enter(at, Phase(phase), facts_of(world, device))


def neighbour(world: Ground, device: TorturedDevice, way: int) -> runbooks.Step | None:
    """The step after the one that the tablet shows, or before it."""
    runbook = runbooks.runbook_id(world.rounds["1"], "full")
    steps = runbooks.whole_runbook(runbook, runbooks.shipped_steps(runbook, "full"))
    debrief = shows(world, device, "d1")
    here = runbooks.step_at(steps, debrief.get("phase"), debrief.get("step"))
    return runbooks.neighbour(steps, here.id, way) if debrief.get("step") else here


def moved_to(world: Ground, step: str, phase: str) -> Json:
    """What is saved when a step is begun."""
    return clock_saved(step_clock.move_to(step, world.stage.now()), phase)


def pressed(world: Ground, device: TorturedDevice, key: str) -> Json:
    """What is saved when the clock is stopped, goes on, or is given two minutes more."""
    debrief, now = shows(world, device, "d1"), world.stage.now()
    clock = step_clock.StepClock(
        debrief["step"],
        _moment(debrief.get("step_began_at")),
        _moment(debrief.get("paused_at")),
        debrief.get("added_minutes") or 0,
    )
    if key == "more":
        clock = step_clock.add_minutes(clock, MORE_MINUTES)
    else:
        stops = clock.began_at is not None and clock.paused_at is None
        clock = step_clock.pause(clock, now) if stops else step_clock.start(clock, now)
    return clock_saved(clock, debrief["phase"])


def clock_saved(clock: step_clock.StepClock, phase: str) -> Json:
    return {
        "phase": str(phase),
        "step": clock.step,
        "step_began_at": as_text(clock.began_at) if clock.began_at else None,
        "paused_at": as_text(clock.paused_at) if clock.paused_at else None,
        "added_minutes": clock.added_minutes,
    }


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# ---- the seal ----


def may_predict(world: Ground, device: TorturedDevice) -> bool:
    """Once the tablet was told of the seal, nobody writes on it."""
    return not shows(world, device, "d1").get("sealed_at")


def may_seal(world: Ground, device: TorturedDevice) -> bool:
    debrief = shows(world, device, "d1")
    agreed = facts_of(world, device).prediction_count > 0
    return agreed and bool(debrief.get("predictions_shown")) and not debrief.get("sealed_at")


def may_open(world: Ground, device: TorturedDevice) -> bool:
    """From the day of the revisit on."""
    revisit, today = shows(world, device, "r1"), f"{world.stage.now():%Y-%m-%d}"
    is_due = bool(revisit.get("meets_on")) and revisit["meets_on"] <= today
    sealed = bool(shows(world, device, "d1").get("sealed_at"))
    return sealed and is_due and not revisit.get("opened_at")


def may_say_what_was_seen(world: Ground, device: TorturedDevice) -> bool:
    return bool(shows(world, device, "r1").get("opened_at"))
