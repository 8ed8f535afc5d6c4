"""What we hold, in the person's words: no kind of record and no table without any."""

from __future__ import annotations

import pytest

from schemas.kinds import KINDS
from schemas.typescript import generate
from server.db import Base
from server.messages import LANGUAGES, catalogue
from server.models import import_all


def told(language: str, about: str) -> set[str]:
    prefix = f"held.{about}."
    return {key.removeprefix(prefix) for key in catalogue(language) if key.startswith(prefix)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["kind", "what"])
def test_every_kind_of_record_has_its_words_and_nothing_else_has(language, about):
    assert told(language, about) == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_its_words_and_nothing_else_has(language):
    import_all()

    assert told(language, "table") == set(Base.metadata.tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scope_says_who_can_open_it(language):
    scopes = {str(schema.scope) for schema in KINDS.values()}

    assert told(language, "scope") == told(language, "opens") == scopes


def test_the_page_lists_every_kind_with_who_opens_it_who_is_told_and_whether_it_goes():
    (held,) = (text for path, text in generate().items() if path.name == "held.ts")

    for kind, schema in KINDS.items():
        shows, goes = (str(each).lower() for each in (schema.shows_author, schema.goes))
        line = f'kind: "{kind}", scope: "{schema.scope}", showsAuthor: {shows}, goes: {goes} }}'
        assert line in held
