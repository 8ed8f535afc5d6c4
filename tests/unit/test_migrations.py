"""The history of the tables: one line, that ends in what the models say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
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
            connection.execute(text("grant usage on schema public to public"))
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


def test_an_older_log_learns_which_change_made_each_record(engine):
    shared = {"network_id": "n", "kind": "note", "scope": "own:x", "sha256": "", "chain": ""}
    log = [("r1", 1, "applied"), ("r1", 2, "applied"), ("r2", 3, "set_aside"), ("r2", 4, "applied")]
    with engine.begin() as connection:
        command.upgrade(schema._config(connection), "0004")
        for record, seq, verdict in log:
            row = {**shared, "record_id": record, "seq": seq, "id": f"c{seq}", "received_at": ""}
            _insert(connection, "change", {**row, "verdict": verdict, "status": verdict})
        for record, seq in (("r1", 2), ("r2", 4)):
            row = {"network_id": "n", "id": record, "kind": "note", "scope": "own:x", "seq": seq}
            _insert(connection, "record", {**row, "schema": 1, "deleted": False})

        schema.bring_up_to_date(connection)

        began = connection.execute(text("select id, began from record order by id")).all()
        begins = connection.execute(text("select seq from change where begins order by seq")).all()
    assert [tuple(row) for row in began] == [("r1", 1), ("r2", 4)]
    assert [row[0] for row in begins] == [1, 4]


def _insert(connection, table, values):
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"insert into {table} ({names}) values ({places})"), values)  # noqa: S608
