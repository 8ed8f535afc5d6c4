"""When focus questions of several rounds are one question."""

from server import clock
from server.domain.focus_questions import lasting_question_id
from server.domain.identifiers import derived_id

AUTUMN, SPRING, ITEM = (clock.new_id() for _ in range(3))


def typed(text: str, round_id: str = AUTUMN, *standards: str) -> str:
    return lasting_question_id(round_id, clock.new_id(), standards, text)


def chosen(text: str, round_id: str) -> str:
    return lasting_question_id(round_id, derived_id(round_id, ITEM), [ITEM], text)


def test_the_same_words_are_one_question_whatever_case_accents_stops_and_spaces():
    assert typed("¿Quién dice por qué?") == typed(" quien  dice por que", SPRING)
    assert typed("Who says why?") != typed("Who says how?")


def test_a_question_chosen_from_a_framework_stays_the_same_when_it_is_worded_anew():
    assert chosen("Who says why?", AUTUMN) == chosen("Which students say why?", SPRING)


def test_standards_beside_a_question_do_not_make_it_another_ones():
    assert typed("Who says why?", AUTUMN, ITEM) == typed("Who says why?", SPRING)
    assert typed("Who says why?", AUTUMN, ITEM) != typed("Who asks?", AUTUMN, ITEM)
