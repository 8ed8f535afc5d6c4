"""Bugs planted in a debrief's server: what a host is told of a wall, the screen, what leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from schemas.vocabulary import Phase
from server.domain import debriefs
from server.services import carrying, released, room_view
from server.sync import pull, push, veil
from server.sync.veil import Stand, Telling
from tests.torture.planted import bug

Any_ = Callable[..., Any]
PUSH: Any = push
VEIL: Any = veil


# ---- what a host is told of a wall ----


@bug("server", veil, "_newest")
def wall_is_told_as_it_stands_now(original: Any_) -> Any_:
    """Whoever does not visit is told every move at once, once the network analyzes."""

    def newest(tx: Any, network_id: str, scope: str) -> Telling:
        told: Telling = original(tx, network_id, scope)
        latest, _ = VEIL.run(tx, VEIL._MOVED, network_id, scope).one()
        number = max(told.number, latest or 0)
        return Telling(number, number) if told.number else told

    return newest


@bug("server", veil, "last_moved")
def every_press_moves_the_wall(original: Any_) -> Any_:
    """A clock that is stopped or given minutes tells a host what was laid meanwhile."""

    def last_moved(stands: Any) -> Any:
        told = [*stands]
        moved, now = original(told)
        return (told[-1][0], now) if moved else (moved, now)

    return last_moved


@bug("server", Stand, "is_open")
def next_level_keeps_the_wall_as_it_was(original: Any_) -> Any:
    """Cards that come late, and what is laid in the end, never reach the host."""
    return property(lambda self: False)


@bug("server", veil, "_told")
def cards_that_are_not_agreed_are_told(original: Any_) -> Any_:
    """A host goes on reading what was agreed on once and then taken back."""

    def told(each: Any, *rest: Any) -> Any:
        row = original(replace(each, kind="group"), *rest)
        return row and {**row, "kind": each.kind}

    return told


@bug("server", veil, "_told")
def cards_are_told_under_their_own_numbers(original: Any_) -> Any_:
    """Numbers side by side are one tablet's."""

    def told(each: Any, *rest: Any) -> Any:
        row = original(each, *rest)
        return row and {**row, "seq": each.seq}

    return told


@bug("server", veil, "_ever_agreed")
def what_is_said_at_once_stays_with_the_host(original: Any_) -> Any_:
    """A card that was agreed on, and at the same time was not, is never taken from a host."""

    def ever(tx: Any, network_id: str, lying: Any, as_of: int) -> set[str]:
        agreed: set[str] = original(tx, network_id, lying, as_of)
        return {each.id for each in lying if each.id in agreed and not _went_back_at_once(each)}

    return ever


def _went_back_at_once(card: Any) -> bool:
    standing = VEIL.winner((card.fields or {}).get("standing", ()))
    return bool(standing and standing["value"] != "agreed" and not standing["seen"])


@bug("server", veil, "_ever_agreed")
def it_is_told_that_a_card_went_back(original: Any_) -> Any_:
    """Of a card that nobody ever agreed on, a host hears what became of it."""
    return lambda tx, network_id, lying, as_of: {each.id for each in lying}


@bug("server", veil, "_number_places")
def places_keep_their_keys(original: Any_) -> Any_:
    """The longer a place's key, the later its card was laid."""
    return lambda lying: None


@bug("server", veil, "told_fields")
def who_wrote_a_card_is_told(original: Any_) -> Any_:
    """With the wall comes who wrote what lies there."""

    def told(fields: Any, member_id: str, shows_author: bool, *, with_values: bool) -> Any:
        return original(fields, member_id, True, with_values=with_values)

    return told


@bug("server", pull, "_tell")
def wall_ends_with_its_first_page(original: Any_) -> Any_:
    """A wall that does not fit into one page is called told."""

    def tell(page: Any, tx: Any, standing: Any, name: str, cursors: Any, telling: Any) -> None:
        original(page, tx, standing, name, cursors, telling)
        cursors[name] = veil.whole(telling)

    return tell


# ---- the screen of the room ----


def _as_if(record: Any, **values: Any) -> Any:
    return replace(record, fields={**record.fields, **values})


@bug("server", room_view, "_predictions")
def screen_shows_what_is_sealed(original: Any_) -> Any_:
    """The seal is said, and what is under it stands on the screen."""

    def predictions(round_id: str, debrief: Any, *rest: Any) -> Any:
        told = original(round_id, _as_if(debrief, sealed_at=None), *rest)
        return {**told, "sealed_at": debrief.get("sealed_at")}

    return predictions


@bug("server", room_view, "_predictions")
def screen_shows_what_is_written_in_silence(original: Any_) -> Any_:
    """Predictions stand on the screen while people still write them."""

    def predictions(round_id: str, debrief: Any, *rest: Any) -> Any:
        return original(round_id, _as_if(debrief, predictions_shown=True), *rest)

    return predictions


@bug("server", room_view, "standing_group")
def cards_of_a_joined_group_leave_the_wall(original: Any_) -> Any_:
    """A card whose group was joined or taken away hangs nowhere."""
    return lambda group, joined_to: group


@bug("server", room_view, "chosen_first")
def everything_is_started_with(original: Any_) -> Any_:
    """What several tablets chose beyond three is started with too."""
    return lambda items: ([each.id for each in items if each.starts_first], [])


@bug("server", room_view, "step_at")
def screen_stays_at_the_phases_main_step(original: Any_) -> Any_:
    """The screen follows the phase, and not the step."""
    return lambda steps, phase, said: original(steps, phase, None)


# ---- phases, and what leaves ----


@bug("server", debriefs, "hindrance_to")
def nothing_stands_before_a_phase(original: Any_) -> Any_:
    """Whoever leads goes on, whatever the teams have not done yet."""
    return lambda wanted, facts: None


@bug("server", debriefs, "may_enter")
def any_phase_may_be_entered(original: Any_) -> Any_:
    """A later step is gone to over a phase that nobody went through."""
    return lambda current, wanted, facts: True


@bug("server", debriefs, "hindrance_to")
def next_level_opens_without_a_seal(original: Any_) -> Any_:
    """An agreed prediction is enough: nobody has to seal it."""

    def hindrance(wanted: Any, facts: Any) -> Any:
        sealed = facts.sealed or wanted == Phase.NEXT_LEVEL
        return original(wanted, replace(facts, sealed=sealed))

    return hindrance


@bug("server", released, "counts_next_level")
def items_count_without_a_seal(original: Any_) -> Any_:
    """Advice leaves the round before anybody predicted anything."""
    return lambda facts: True


@bug("server", released, "missing_of")
def one_classroom_is_enough(original: Any_) -> Any_:
    """A pattern leaves though all of its cards are from one room."""
    return lambda facts: [each for each in original(facts) if each != "classrooms"]


@bug("server", released, "agreed_cards")
def any_card_carries_a_pattern(original: Any_) -> Any_:
    """Cards that were taken back or not yet read carry patterns too."""
    return lambda records: {card.id: card for card in records["card"]}


@bug("server", released, "consensus_of")
def not_yet_is_overruled(original: Any_) -> Any_:
    """Of two that were said at once, what is shown first stands."""
    return lambda said: next(iter(said), None)


@bug("server", push, "_may_write")
def whoever_writes_a_summary_writes_the_hosts_words(original: Any_) -> Any_:
    """Fields that fewer people write are as free as their record."""

    def may(standing: Any, change: Any) -> Any:
        return original(standing, {**change, "set": {}})

    return may


# ---- cards that come by file ----


@bug("server", carrying, "_by_author")
def a_file_is_taken_in_by_half(original: Any_) -> Any_:
    """The last card of a file is left in it."""

    def by_author(changes: Any) -> Any:
        some = [*changes]
        return original(some[:-1] if len(some) > 1 else some)

    return by_author


@bug("server", carrying, "push_batch")
def a_carrier_lends_their_rights(original: Any_) -> Any_:
    """What a guest wrote is on the wall when a lead brings it."""

    def take(*told: Any) -> Any:
        may = PUSH._may_write
        PUSH._may_write = lambda standing, change: (True, None)
        try:
            return original(*told)
        finally:
            PUSH._may_write = may

    return take
