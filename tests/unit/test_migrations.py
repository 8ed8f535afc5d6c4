"""The history of the tables: one line, that ends in what the models say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from server import schema
from server.db import Base, listen
from server.models import import_all
from tests.postgres import owner_url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'rounds.db'}")
        listen(engine)
        yield engine
    else:
        engine = create_engine(owner_url(request.getfixturevalue("postgres_url")))
        yield engine
        with engine.begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
    engine.dispose()


def test_there_is_one_line_of_steps():
    script = ScriptDirectory.from_config(schema._config())

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_the_steps_end_in_what_the_models_say(engine):
    import_all()
    with engine.begin() as connection:
        schema.bring_up_to_date(connection)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert schema.is_current(connection)


def test_a_second_run_changes_nothing(engine):
    for _ in range(2):
        with engine.begin() as connection:
            schema.bring_up_to_date(connection)

    with engine.connect() as connection:
        assert schema.current_step(connection) == schema.newest_step()


def test_a_database_of_a_newer_release_is_refused(engine):
    with engine.begin() as connection:
        schema.bring_up_to_date(connection)
        connection.execute(text("update alembic_version set version_num = '9999'"))

    with engine.begin() as connection, pytest.raises(schema.NewerDatabase, match="9999"):
        schema.bring_up_to_date(connection)
