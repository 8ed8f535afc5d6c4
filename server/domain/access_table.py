"""docs/access.md: the permission table as people read it.

Printed from server.domain.access, so that the page cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.kinds import KINDS
from schemas.vocabulary import NetworkRole, RoundRole
from server.domain.access import (
    ACTIONS,
    FIELD_WRITERS,
    ROUND_ACTIONS,
    SERVER,
    TOLD,
    WRITERS,
    Standing,
    may_hold,
)

_ME = "me"
_NETWORK = "n"
_ROUND = "r"

_SCOPES = (
    ("own", f"own:{_ME}", "own notes and visits"),
    ("own, somebody else's", "own:other", "others' notes and visits"),
    ("visitors", f"visitors:{_ROUND}", "where a card comes from, team talk"),
    ("round", f"round:{_ROUND}", "plan, cards, debrief, patterns, next level"),
    ("told", f"{TOLD}:{_ROUND}", "its cards and groups by steps only, without numbers (ADR 33)"),
    ("network", f"network:{_NETWORK}", "districts, schools, standards, members, measures"),
)


def access_table() -> str:
    """The whole page, as Markdown."""
    lines = [
        "# Who may see and do what",
        "",
        "Printed from `server/domain/access.py` by `make generate`. What is not in here, nobody",
        "may. A network or a record of somebody else is *not found*, never *forbidden*.",
        "",
        "## Who reads what",
        "",
        *_reading(),
        "",
        "A lead leads each round of the network, and is kept out of `visitors` where they belong",
        "to the host school. A removed member reads nothing, and may still send what they wrote.",
        "",
        "## Who writes which record",
        "",
        *_writing(),
        "",
        "## What is done online",
        "",
        *_actions(),
        "",
        "## What is done online in one round",
        "",
        *_round_actions(),
    ]
    return "\n".join(lines) + "\n"


def _people() -> dict[str, Standing]:
    """One member of each role, by how the page calls them."""
    people = {f"{role} of the network": _standing(network_role=role) for role in NetworkRole}
    people |= {f"{role} of the round": _standing(round_role=role) for role in RoundRole}
    people["visitor from the host school"] = _standing(
        round_role=RoundRole.VISITOR, at_host_school=True
    )
    people["lead from the host school"] = _standing(
        network_role=NetworkRole.LEAD, at_host_school=True
    )
    return people


def _standing(
    *,
    network_role: NetworkRole = NetworkRole.MEMBER,
    round_role: RoundRole | None = None,
    at_host_school: bool = False,
) -> Standing:
    return Standing(
        member_id=_ME,
        network_id=_NETWORK,
        network_roles=frozenset({network_role}),
        rounds={_ROUND: frozenset({round_role})} if round_role else {},
        hosted_here=frozenset({_ROUND}) if at_host_school else frozenset(),
    )


def _reading() -> Iterable[str]:
    yield "| | " + " | ".join(f"{name}: {what}" for name, _, what in _SCOPES) + " |"
    yield "|---" * (len(_SCOPES) + 1) + "|"
    for who, standing in _people().items():
        cells = ["yes" if may_hold(standing, scope) else "-" for _, scope, _ in _SCOPES]
        yield f"| {who} | " + " | ".join(cells) + " |"


def _writing() -> Iterable[str]:
    yield "| Record | Scope | Written by |"
    yield "|---|---|---|"
    for kind, writers in WRITERS.items():
        yield f"| {kind} | {KINDS[kind].scope} | {_words(writers)} |"
        for (of, name), fewer in FIELD_WRITERS.items():
            if of == kind:
                yield f"| {kind}, its `{name}` | {KINDS[kind].scope} | {_words(fewer)} |"


def _words(roles: Iterable[str]) -> str:
    told = {SERVER: "the server alone", "owner": "its author alone"}
    return ", ".join(sorted(told.get(role, str(role)) for role in roles))


def _actions() -> Iterable[str]:
    yield "| Action | " + " | ".join(NetworkRole) + " |"
    yield "|---" * (len(NetworkRole) + 1) + "|"
    for action, roles in ACTIONS.items():
        cells = ["yes" if role in roles else "-" for role in NetworkRole]
        yield f"| `{action}` | " + " | ".join(cells) + " |"


def _round_actions() -> Iterable[str]:
    yield "| Action | Done by |"
    yield "|---|---|"
    for action, roles in ROUND_ACTIONS.items():
        yield f"| `{action}` | {_words(roles)} |"
