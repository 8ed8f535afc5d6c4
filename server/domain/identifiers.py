"""Ids that two devices make alike, so that the same act makes the same record.

A random id is the rule (`clock.new_id`); a derived one is for a record of which there may
be one only: a member's part in a round, a round's debrief. The TypeScript twin is held to
the same tests/vectors/identifiers.json.
"""

from __future__ import annotations

from hashlib import sha256


def derived_id(first: str, second: str) -> str:
    """The id of the one record that belongs to both, in the form of a version 4 UUID."""
    digits = list(sha256(f"{first}/{second}".encode()).hexdigest()[:32])
    digits[12] = "4"
    digits[16] = "89ab"[int(digits[16], 16) & 3]
    whole = "".join(digits)
    return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))


def participant_id(round_id: str, member_id: str) -> str:
    return derived_id(round_id, member_id)


def norms_agreement_id(round_id: str, member_id: str) -> str:
    return derived_id(f"{round_id}:norms", member_id)


def debrief_id(round_id: str) -> str:
    return derived_id(round_id, "debrief")


def revisit_id(round_id: str) -> str:
    return derived_id(round_id, "revisit")


def return_summary_id(round_id: str) -> str:
    return derived_id(round_id, "summary")
