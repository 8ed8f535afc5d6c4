"""Layer P, shortly: real servers behind a faulty link, killed while they acknowledge."""

from __future__ import annotations

import pytest

from tests.torture.processes import Plan, run_processes


@pytest.mark.timeout(0)
def test_what_was_acknowledged_survives_the_death_of_the_server() -> None:
    report = run_processes(Plan("sqlite", acks=800, worker_kills=2))

    assert report.broken == []
    assert report.acks >= 800
    assert report.worker_kills == 2


@pytest.mark.timeout(0)
def test_what_was_acknowledged_survives_the_death_of_postgresql() -> None:
    report = run_processes(Plan("postgres", acks=800, worker_kills=1, postgres_kills=1))

    assert report.broken == []
    assert report.acks >= 800
    assert report.postgres_kills == 1
