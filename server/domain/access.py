"""Who may see and do what: the one permission table.

It drives the API's routes, the grants that sync hands out, what the screens offer and the
generated tests. docs/access.md is printed from it. A right that is not in here does not exist.

Two questions, two tables: which scopes does a member hold (`may_hold`), and which kinds may
a holder write (`may_write`). A third, `ACTIONS`, is for what is done online.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.vocabulary import NetworkRole, RoundRole, ScopeType

LEAD, ADMIN, ANALYST, MEMBER = (
    NetworkRole.LEAD,
    NetworkRole.ADMIN,
    NetworkRole.ANALYST,
    NetworkRole.MEMBER,
)
HOST, GUEST, FACILITATOR = RoundRole.HOST, RoundRole.GUEST, RoundRole.FACILITATOR

VISITING: frozenset[RoundRole] = frozenset(
    {
        RoundRole.VISITOR,
        RoundRole.FACILITATOR,
        RoundRole.TIMEKEEPER,
        RoundRole.DOCUMENTER,
        RoundRole.APPRENTICE,
    }
)
"""Round roles that hold `visitors:`. The host and the host school's members never do."""

TOLD = "told"
"""`told:<round>`, beside `round:<round>`: what lies on the wall, for who holds a round and not
its visitors' scope (the host, the host school's members, guests). They are told it later, and
without the numbers and moments that would say which team's it is (server/sync/veil.py)."""

SERVER = "server"
"""The writer of read-only records: no member has it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one member is, as far as access goes.

    rounds: round id to the member's roles there. hosted_here: ids of rounds whose host
    school is the member's own school.
    """

    member_id: str
    network_id: str
    network_roles: frozenset[NetworkRole]
    active: bool = True
    rounds: Mapping[str, frozenset[RoundRole]] = field(default_factory=dict)
    hosted_here: frozenset[str] = frozenset()

    def roles_in(self, round_id: str) -> frozenset[str]:
        """The member's roles in a round; the network's lead leads each of its rounds."""
        roles: set[str] = {*self.rounds.get(round_id, ())}
        if LEAD in self.network_roles:
            roles.add(LEAD)
        return frozenset(roles)


def may_hold(standing: Standing, scope: str) -> bool:
    """Whether the member reads everything in the scope."""
    scope_type, _, owner = scope.partition(":")
    if not standing.active:
        return False
    if scope_type == ScopeType.OWN:
        return owner == standing.member_id
    if scope_type == ScopeType.NETWORK:
        return owner == standing.network_id
    roles = standing.roles_in(owner)
    from_host = HOST in roles or owner in standing.hosted_here
    visits = not from_host and bool(roles & (VISITING | {LEAD}))
    if scope_type == ScopeType.ROUND:
        return bool(roles)
    if scope_type == ScopeType.VISITORS:
        return visits
    if scope_type == TOLD:
        return bool(roles) and not visits
    return False


def place_scope(round_id: str) -> str:
    """Whose holders are told who is at what in a round right now, and may be shown there.

    Who edits a group or a pattern is who wrote it: the host and the host school are told of
    nobody (rules 8 and 15), and are shown to nobody.
    """
    return f"{ScopeType.VISITORS}:{round_id}"


def scopes_of(standing: Standing, round_ids: Iterable[str]) -> list[str]:
    """Every scope the member holds, given the ids of the network's rounds; sorted."""
    candidates = [f"own:{standing.member_id}", f"network:{standing.network_id}"]
    for round_id in round_ids:
        candidates += [f"{name}:{round_id}" for name in ("round", "visitors", TOLD)]
    return sorted(scope for scope in candidates if may_hold(standing, scope))


_PLANNERS = frozenset[str]({LEAD, HOST, FACILITATOR})
_DEBRIEFERS = frozenset[str]({*VISITING, LEAD})
_DEBRIEF_LEADERS = frozenset[str]({LEAD, FACILITATOR, RoundRole.TIMEKEEPER})
_COMING_BACK = frozenset[str]({*_PLANNERS, *_DEBRIEF_LEADERS})
_ROUND_PEOPLE = frozenset[str]({*_DEBRIEFERS, HOST})
_EVERYONE = frozenset[str]({*_ROUND_PEOPLE, GUEST})
_OWNER = frozenset[str]({"owner"})
_KEEPERS = frozenset[str]({LEAD, ANALYST})

WRITERS: Mapping[str, frozenset[str]] = {
    # network:
    "district": frozenset({LEAD, ADMIN}),
    "school": frozenset({LEAD, ADMIN}),
    "framework": frozenset({LEAD, ADMIN}),
    "standard": frozenset({LEAD, ADMIN}),
    "member": frozenset({SERVER}),
    "template": frozenset({LEAD, ADMIN}),
    "template_step": frozenset({LEAD, ADMIN}),
    "measure": _KEEPERS,
    "measure_point": _KEEPERS,
    # round: planning
    "round": _PLANNERS,
    "participant": frozenset({LEAD}),
    "problem_of_practice": _PLANNERS,
    "theory_of_action": _PLANNERS,
    "focus_question": _PLANNERS,
    "norm": _PLANNERS,
    "norms_agreement": _EVERYONE,
    "classroom": _ROUND_PEOPLE,
    "team": _PLANNERS,
    "slot": _ROUND_PEOPLE,
    # own: and visitors:
    "observation": _OWNER,
    "note": _OWNER,
    "commitment": _OWNER,
    "saved_view": _OWNER,
    "regular_file": _OWNER,
    "card_source": _DEBRIEFERS,
    "reader": _OWNER,
    "reading": _DEBRIEFERS,
    # round: evidence and debrief
    "card": _DEBRIEFERS,
    "debrief": _DEBRIEF_LEADERS,
    "step": _DEBRIEF_LEADERS,
    "step_note": frozenset({LEAD, FACILITATOR, RoundRole.DOCUMENTER, RoundRole.APPRENTICE}),
    "dot": _DEBRIEFERS,
    "late_team": _DEBRIEF_LEADERS,
    "team_group": _DEBRIEFERS,
    "team_place": _DEBRIEFERS,
    "group": _DEBRIEFERS,
    "prediction": _DEBRIEFERS,
    "pattern": _DEBRIEFERS,
    "next_level_item": _ROUND_PEOPLE,
    "reflective_question": _DEBRIEFERS,
    "norm_check": _ROUND_PEOPLE,
    "return_summary": _ROUND_PEOPLE,
    "revisit": _COMING_BACK,
    "pattern_now": _ROUND_PEOPLE,
}
"""Kind of record to the roles that may write it (in its round, or in the network)."""

FIELD_WRITERS: Mapping[tuple[str, str], frozenset[str]] = {
    ("round", "host_school"): frozenset({LEAD}),
    ("return_summary", "host_words"): frozenset({HOST}),
    ("return_summary", "opened"): frozenset({HOST}),
    ("return_summary", "thanks_as_opened"): frozenset({HOST}),
    ("return_summary", "network_words_as_opened"): frozenset({HOST}),
    ("return_summary", "closing_as_opened"): frozenset({HOST}),
    ("return_summary", "then_and_now"): frozenset({HOST}),
    ("return_summary", "same_day_word"): frozenset({HOST}),
    ("return_summary", "hear_on"): frozenset({HOST}),
    ("return_summary", "reminded_at"): frozenset({LEAD, FACILITATOR}),
    ("revisit", "opened_at"): _DEBRIEF_LEADERS,
}
"""Fields that fewer roles may write than their record."""


def may_write(
    standing: Standing, kind: str, scope: str, registers: Iterable[str]
) -> tuple[bool, str | None]:
    """Whether a change is allowed, and if not because of one field, which."""
    if not may_hold(standing, scope):
        return False, None
    scope_type, _, owner = scope.partition(":")
    if scope_type == ScopeType.OWN:
        roles = _OWNER
    elif scope_type == ScopeType.NETWORK:
        roles = frozenset[str](standing.network_roles)
    else:
        roles = standing.roles_in(owner)
    if not roles & WRITERS.get(kind, frozenset()):
        return False, None
    for register in registers:
        writers = FIELD_WRITERS.get((kind, register.partition("/")[0]))
        if writers is not None and not roles & writers:
            return False, register
    return True, None


ACTIONS: Mapping[str, frozenset[NetworkRole]] = {
    "members.invite": frozenset({LEAD, ADMIN}),
    "members.change": frozenset({ADMIN, LEAD}),
    "members.see_devices": frozenset({LEAD, ADMIN}),
    "rounds.see_devices": frozenset({LEAD}),
    "directory.search": frozenset({LEAD, ADMIN}),
    "files.take_in": frozenset({LEAD, ADMIN}),
    "network.change": frozenset({ADMIN, LEAD}),
    "retention.change": frozenset({ADMIN}),
    "retention.hold": frozenset({ADMIN}),
    "set_aside.release": frozenset({LEAD}),
    "sync.carry": frozenset({LEAD}),
    "errors.see": frozenset({ADMIN}),
    "patterns.read": frozenset({LEAD, ANALYST, MEMBER}),
    "patterns.export": frozenset({LEAD, ANALYST}),
    "measures.export": frozenset({LEAD, ANALYST, MEMBER}),
    "exports.register": frozenset({LEAD, ANALYST, MEMBER}),
    "exports.register_whole": frozenset({LEAD, ANALYST}),
}
"""What is done online, and the network roles that may."""


def may(standing: Standing, action: str) -> bool:
    """Whether the member may do what is done online. KeyError for an unknown action."""
    return standing.active and bool(standing.network_roles & ACTIONS[action])


ROUND_ACTIONS: Mapping[str, frozenset[str]] = {
    "summary.open_page": frozenset({HOST}),
    "summary.read_first": frozenset({HOST}),
    "debrief.show_on_screen": _DEBRIEF_LEADERS,
}
"""What is done online within one round, and the roles in it that may. Who reads its summary
after its host, the host says audience by audience (services/patterns.is_opened_to)."""


def may_in_round(standing: Standing, action: str, round_id: str) -> bool:
    """Whether the member may do it in this round. KeyError for an unknown action."""
    return standing.active and bool(standing.roles_in(round_id) & ROUND_ACTIONS[action])
