"""The debrief: phases that a network goes through in order (rule 4).

A network may go back to any phase. It may not skip one: a pattern that nobody described is
only an opinion. Twin of pwa/src/domain/debriefs.ts; both run tests/vectors/debriefs.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.vocabulary import Phase

PHASES = [*Phase]


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team that visited: its cards that were not read yet, and those agreed on.

    late: the room went on without it, and no phase waits for it any more.
    """

    name: str
    posted: int
    agreed: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class DebriefFacts:
    """teams: None where whoever asks is not told which team a card comes from (rule 15)."""

    teams: Sequence[TeamFacts] | None
    pattern_count: int
    prediction_count: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a phase cannot open yet, and which teams it names."""

    reason: str
    teams: tuple[str, ...] = ()


def hindrance_to(wanted: Phase, facts: DebriefFacts) -> Hindrance | None:
    """What stands between the present phase and the next; nothing when it may open."""
    if wanted == Phase.ANALYZE:
        return _hindrance_to_analyze(facts.teams)
    if wanted == Phase.PREDICT and facts.pattern_count == 0:
        return Hindrance("no_patterns")
    if wanted == Phase.NEXT_LEVEL:
        if facts.prediction_count == 0:
            return Hindrance("no_predictions")
        if not facts.sealed:
            return Hindrance("not_sealed")
    return None


def counts_next_level(facts: DebriefFacts) -> bool:
    """Whether the round's next-level items count in a summary or an export.

    Items may lie beside predictions that nobody sealed: two tablets were apart, or an older
    app wrote them. They stay where they are and are shown; they do not leave.
    """
    return hindrance_to(Phase.NEXT_LEVEL, facts) is None


def _hindrance_to_analyze(teams: Sequence[TeamFacts] | None) -> Hindrance | None:
    """Each team has agreed on its cards, or the room went on without it; and there is a card."""
    if teams is None:
        return Hindrance("ask_teams")
    waited_for = [team for team in teams if not team.late]
    reading = tuple(team.name for team in waited_for if team.posted > 0)
    if reading:
        return Hindrance("teams_reading", reading)
    if all(team.agreed == 0 for team in teams):
        return Hindrance("no_cards")
    without = tuple(team.name for team in waited_for if team.agreed == 0)
    return Hindrance("teams_without_cards", without) if without else None


def team_to_check(teams: Sequence[str], own: str) -> str | None:
    """Whose cards a team reads in the cross-check: the next team's, and the last the first's.

    `teams` are those with agreed cards, in their order; alone, a team has nobody to check.
    """
    if own not in teams or len(teams) < 2:
        return None
    return teams[(teams.index(own) + 1) % len(teams)]


def may_enter(current: Phase, wanted: Phase, facts: DebriefFacts) -> bool:
    """Whether a debrief in one phase may be in another next: one on, or any number back."""
    step = PHASES.index(wanted) - PHASES.index(current)
    return step <= 0 or (step == 1 and hindrance_to(wanted, facts) is None)
