"""Playing a script: every record of a demo round, each written by the member who would."""

from __future__ import annotations

from server.services.demo import debriefing, planning, reading_apart, visiting
from server.services.demo.stage import Stage


def play(stage: Stage) -> None:
    """Everything that happened so far in this round, in the order in which it did."""
    stage.send("lead", planning.round_and_people(stage))
    stage.send(stage.host, planning.plan(stage))
    for key in {key for team in stage.script.teams for key in team}:
        stage.send(key, [planning.norms_agreement(stage, key)])
    for place, seen in enumerate(visiting.seen(stage)):
        stage.send(visiting.visitor(stage, seen, place), visiting.evidence(stage, seen, place))
    stage.send("lead", debriefing.debrief(stage))
    if stage.script.is_past:
        _play_debrief(stage)


def _play_debrief(stage: Stage) -> None:
    """Read and agree, group, predict, decide; the host opens the page; months later, back."""
    stage.send("lead", debriefing.agreed_and_grouped(stage))
    if stage.script.reads_apart:
        stage.send("lead", [reading_apart.step_put_in(stage)])
        reading_apart.read_apart(stage)
    stage.send("lead", debriefing.patterns(stage))
    debriefing.predictions(stage)
    stage.send(stage.host, debriefing.next_level(stage))
    stage.send("lead", [debriefing.summary(stage, "lead")])
    stage.send(stage.host, [debriefing.summary(stage, stage.host)])
    stage.send("lead", debriefing.coming_back(stage))
