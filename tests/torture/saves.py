"""What a debrief's screens may let a person save, by what was shown: written a second time.

The rules over several records (docs/practice-rules.md, 4 and 5; docs/adr/0019 and 0021) are no
verdict of the server's: screens.py keeps them, with the product's own functions where there are
any. Every save is held to this page, which imports none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sync.oracle import Json, values_of
from tests.sync.world import kind_of

if TYPE_CHECKING:
    from tests.torture.device import TorturedDevice
    from tests.torture.ground import Ground

PHASES = ("describe", "analyze", "predict", "next_level")
CLOCK = {"phase", "step", "step_began_at", "paused_at", "added_minutes"}
"""What one press saves together, so that of two presses one wins as a whole."""


class Shown:
    """What one tablet shows of the first round's debrief."""

    def __init__(self, world: Ground, device: TorturedDevice) -> None:
        self.world, self.device = world, device

    def of(self, name: str) -> Json:
        return values_of(self.device.fields(self.world.records[name]))

    def all_of(self, kind: str) -> list[Json]:
        """Those of the first round: cards of the second are told of by no debrief."""
        scope = self.world.scopes["d1"]
        names = [n for n, at in self.world.scopes.items() if at == scope and kind_of(n) == kind]
        return [values for values in map(self.of, names) if values]

    def opens(self, phase: str) -> bool:
        """Whether nothing stands before a phase (rule 4)."""
        standings = [card.get("standing") for card in self.all_of("card")]
        agreed = any(each.get("agreed") for each in self.all_of("prediction"))
        return {
            "describe": True,
            "analyze": "agreed" in standings and "posted" not in standings,
            "predict": any(each.get("statement", "").strip() for each in self.all_of("pattern")),
            "next_level": agreed and bool(self.of("d1").get("sealed_at")),
        }[phase]


def judge_save(world: Ground, device: TorturedDevice, name: str, values: Json) -> None:
    """AssertionError for what no screen may have offered."""
    judge = _JUDGES.get(kind_of(name))
    if judge is not None:
        judge(Shown(world, device), values)


def _judge_prediction(shown: Shown, values: Json) -> None:
    if values.keys() & {"text", "agreed", "deleted"}:
        assert not shown.of("d1").get("sealed_at"), "a sealed prediction was changed"
    if values.keys() & {"seen", "seen_text"}:
        assert shown.of("r1").get("opened_at"), "what was seen is said while the seal is closed"


def _judge_revisit(shown: Shown, values: Json) -> None:
    if "opened_at" in values:
        revisit, today = shown.of("r1"), f"{shown.world.stage.now():%Y-%m-%d}"
        assert shown.of("d1").get("sealed_at"), "a seal was opened that nobody had put"
        assert (revisit.get("meets_on") or "9999") <= today, "a seal was opened before its day"
        assert not revisit.get("opened_at"), "a seal was opened a second time"


def _judge_debrief(shown: Shown, values: Json) -> None:
    debrief = shown.of("d1")
    if values.keys() & CLOCK:
        assert values.keys() >= CLOCK, "a press saved half of the clock"
        before = PHASES.index(debrief.get("phase") or "describe")
        after = PHASES.index(values["phase"])
        assert after <= before + 1, "a phase was skipped"
        assert after <= before or shown.opens(values["phase"]), "a phase was opened too early"
        ids = {step.id for step in shown.world.steps if step.phase == values["phase"]}
        assert values["step"] in ids, "a step of another phase"
    if "sealed_at" in values:
        agreed = [each for each in shown.all_of("prediction") if each.get("agreed")]
        assert agreed, "a seal on nothing"
        assert debrief.get("predictions_shown"), "sealed before all was shown together"
        assert not debrief.get("sealed_at"), "a seal was put a second time"
    if values.get("closed_at"):
        assert debrief.get("phase") == "next_level", "closed before its end"


_JUDGES: dict[str, Any] = {
    "prediction": _judge_prediction,
    "revisit": _judge_revisit,
    "debrief": _judge_debrief,
}
