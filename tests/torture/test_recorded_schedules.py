"""The recorded schedules still end as they did; the app's client runs them all."""

from __future__ import annotations

from tests.torture.schedules import digests_of, recorded
from tests.torture.stage import a_stage


def test_model_tablets_end_recorded_schedules_as_recorded() -> None:
    with a_stage() as stage:
        assert digests_of(stage.app, range(15)) == recorded()[:15]


def test_the_recorded_schedules_end_differently() -> None:
    assert len(recorded()) >= 500
    assert len({*recorded()}) > len(recorded()) * 0.9
