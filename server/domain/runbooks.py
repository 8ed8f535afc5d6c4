"""The runbook: the steps of a debrief, in phases whose order no template changes.

Two runbooks ship, a full one and a short one. A network changes minutes and words, leaves
steps out and adds its own; reading and agreeing, patterns, the prediction and the next level
of work stay. What breaks that after a merge is read as if it did not.
Twin of pwa/src/domain/runbooks.ts; both run tests/vectors/runbooks.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.vocabulary import Activity, Actor, Phase
from server.domain.identifiers import derived_id

SHIPPED = ("full", "short")
"""The runbooks that come with the app."""

_TABLE: Sequence[tuple[Activity, Phase, Actor, int, int]] = (
    (Activity.REREAD, Phase.DESCRIBE, Actor.ALONE, 20, 12),
    (Activity.READ_AND_AGREE, Phase.DESCRIBE, Actor.TEAM, 20, 12),
    (Activity.CROSS_CHECK, Phase.DESCRIBE, Actor.MATCHED_TEAMS, 15, 8),
    (Activity.HOW_ALIKE, Phase.DESCRIBE, Actor.TEAM, 8, 6),
    (Activity.OWN_WALL, Phase.ANALYZE, Actor.TEAM, 30, 12),
    (Activity.GALLERY_WALK, Phase.ANALYZE, Actor.ALONE, 10, 3),
    (Activity.ONE_WALL, Phase.ANALYZE, Actor.EVERYONE, 20, 7),
    (Activity.PATTERNS, Phase.ANALYZE, Actor.EVERYONE, 20, 12),
    (Activity.PREDICT, Phase.PREDICT, Actor.EVERYONE, 10, 6),
    (Activity.HOST_SPEAKS, Phase.NEXT_LEVEL, Actor.THE_HOST, 10, 5),
    (Activity.NEXT_LEVEL, Phase.NEXT_LEVEL, Actor.EVERYONE, 25, 13),
    (Activity.COMMIT, Phase.NEXT_LEVEL, Actor.EVERYONE, 10, 5),
)
"""Activity, phase, who acts, minutes of the full and of the short runbook."""

REQUIRED = frozenset(
    {Activity.READ_AND_AGREE, Activity.PATTERNS, Activity.PREDICT, Activity.NEXT_LEVEL}
)
"""What stays in every runbook."""

MAIN = {
    Phase.DESCRIBE: Activity.READ_AND_AGREE,
    Phase.ANALYZE: Activity.PATTERNS,
    Phase.PREDICT: Activity.PREDICT,
    Phase.NEXT_LEVEL: Activity.NEXT_LEVEL,
}
"""The activity in which a phase does its main work: where one looks when no step is said."""

OFFERED = frozenset({Activity.HOW_ALIKE})
"""What is left out of the runbooks that ship until somebody wants it."""

_PHASES = [*Phase]
_PHASE_OF = {activity: phase for activity, phase, *_ in _TABLE}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `order` counts within its phase; `minutes` is at least one."""

    id: str
    activity: Activity
    phase: Phase
    order: int
    minutes: int
    actor: Actor
    left_out: bool = False


def runbook_id(owner_id: str, name: str) -> str:
    """The id of a runbook that ships, as one round's debrief knows it."""
    return derived_id(owner_id, f"runbook:{name}")


def step_id(runbook: str, key: str) -> str:
    """The id of a runbook's step: by its activity, or by the template's step it came from."""
    return derived_id(runbook, f"step:{key}")


def shipped_steps(runbook: str, name: str) -> list[Step]:
    """The steps of a runbook that ships, as they are before anybody changed one."""
    steps: list[Step] = []
    for activity, phase, actor, full, short in _TABLE:
        order = 1 + sum(step.phase == phase for step in steps)
        minutes = short if name == "short" else full
        left_out = activity in OFFERED
        key = step_id(runbook, activity)
        steps.append(Step(key, activity, phase, order, minutes, actor, left_out))
    return steps


def whole_runbook(runbook: str, steps: Iterable[Step]) -> list[Step]:
    """The steps in the order in which they are gone through.

    Phases keep their order and an activity its phase; what stays in every runbook is not
    left out, and is put back where somebody took it away.
    """
    found = [_kept(step) for step in steps]
    there = {step.activity for step in found}
    usual = shipped_steps(runbook, "full")
    found += [s for s in usual if s.activity in REQUIRED and s.activity not in there]
    return sorted(found, key=lambda step: (_PHASES.index(step.phase), step.order, step.id))


def _kept(step: Step) -> Step:
    phase = _PHASE_OF.get(step.activity, step.phase)
    return replace(step, phase=phase, left_out=step.left_out and step.activity not in REQUIRED)


def step_at(steps: Sequence[Step], phase: str | None, said: str | None) -> Step:
    """The step that a debrief stands at, of a whole runbook: the one said, if the phase has it."""
    at = phase or Phase.DESCRIBE
    found = next((step for step in steps if step.id == said and step.phase == at), None)
    return found or next(step for step in steps if step.activity == MAIN[Phase(at)])


def minutes_of(steps: Iterable[Step]) -> int:
    """How long the runbook takes, without what is left out."""
    return sum(step.minutes for step in steps if not step.left_out)


def neighbour(steps: Sequence[Step], current: str, way: int) -> Step | None:
    """The step after (way 1) or before (way -1) this one that is not left out."""
    at = next((place for place, step in enumerate(steps) if step.id == current), None)
    if at is None:
        return None
    after = steps[at + 1 :] if way > 0 else steps[:at][::-1]
    return next((step for step in after if not step.left_out), None)
