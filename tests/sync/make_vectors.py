"""Makes tests/vectors/*.json, which Python and TypeScript both run.

An oracle: it imports none of the code under test, and states the rules of
docs/sync-protocol.md as sets, where the product merges step by step. Run it with
`python -m tests.sync.make_vectors`; a test says when the files are stale.
"""

from __future__ import annotations

import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "vectors"
Json = dict[str, Any]

MEMBER = "aaaaaaaa-0000-4000-8000-000000000001"
OTHER = "bbbbbbbb-0000-4000-8000-000000000002"
ROUND = "cccccccc-0000-4000-8000-000000000003"
CARD = "dddddddd-0000-4000-8000-000000000004"


def spell(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def an_id(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-{number:012x}"


def a_change(number: int = 1, **other: Any) -> Json:
    values = other.pop("set", {"text": 'T: "Why?"'})
    return {
        "id": an_id(number),
        "n": number,
        "by": MEMBER,
        "kind": "card",
        "record": CARD,
        "scope": f"round:{ROUND}",
        "schema": 1,
        "made_at": "2026-11-22T09:14:03Z",
        "set": values,
        "seen": {name: [] for name in values},
        "depth": dict.fromkeys(values, 1),
        **other,
    }


# ---- canonical JSON, hash, chain ----

CONTROLS = "".join(chr(code) for code in range(1, 0x20))
VALUES: list[Any] = [
    {},
    [],
    "",
    None,
    True,
    0,
    -1,
    2**53 - 1,
    -(2**53 - 1),
    {"b": 1, "a": 2, "A": 3, "_": 4, "a/b": 5, "a.b": 6, "a-b": 7, "a:b": 8, "10": 9, "9": 10},
    {"text": 'T: "Why?" \\ / S: é'},
    CONTROLS,
    "\x7f\x80\xa0\u2028\u2029\ufeff",
    "\ud7ff\ue000\uffff",
    "\U00010000\U0001f469\u200d\U0001f3eb",
    "é is not e\u0301: text is never normalised",
    ["ordered", "as", "sent", ["z", "a"]],
    {"z": {"y": {"x": [1, {"w": False}]}}},
    {"text": "¿Por qué? 为什么 لماذا लगातार"},
]


def canonical_vectors() -> Json:
    cases = [{"value": v, "canonical": spell(v), "sha256": hash_of(spell(v))} for v in VALUES]
    return {"about": "value -> its one spelling -> hex SHA-256 of its UTF-8", "cases": cases}


def hash_vectors() -> Json:
    changes = [
        a_change(1),
        a_change(2, set={"text": "\U0001f600 after \uffff", "element": "student"}),
        a_change(3, set={"position": {"group": None, "order": "a0V"}}),
        a_change(4, set={"deleted": True}, seen={"deleted": [], "text": [an_id(1), an_id(2)]}),
        a_change(5, kind="note", scope=f"own:{MEMBER}", set={"text": CONTROLS, "minute": 7}),
    ]
    cases = [{"change": change, "sha256": hash_of(spell(change))} for change in changes]
    return {"about": "a change as sent, every key included -> sha256", "cases": cases}


def chain_vectors() -> Json:
    dice = random.Random("chain")  # noqa: S311
    links, chain = [], ""
    for number, verdict in enumerate(["applied", "set_aside", "applied", "_release", "_purge"] * 3):
        change_id, digest = an_id(dice.getrandbits(32)), hash_of(f"body {number}")
        chain = hash_of(f"{chain}\n{change_id}\n{digest}\n{verdict}")
        links.append({"id": change_id, "sha256": digest, "verdict": verdict, "chain": chain})
    about = 'chain(0) = ""; each link hangs on the chain of the one before'
    return {"about": about, "cases": [{"links": links}]}


# ---- registers ----


def heads_of(changes: list[Json], register: str) -> list[str]:
    """The rule as a set: ids that set the register and that no change names for it."""
    named = {p for c in changes if register in c["set"] for p in c["seen"][register]}
    return sorted(c["id"] for c in changes if register in c["set"] and c["id"] not in named)


def missing_of(changes: list[Json], register: str) -> list[str]:
    named = {p for c in changes if register in c["set"] for p in c["seen"][register]}
    return sorted(named - {c["id"] for c in changes})


def deleted_of(changes: list[Json]) -> bool:
    """Every live flag is true, and every live head elsewhere was seen by a live flag."""
    by_id = {c["id"]: c for c in changes}
    flags = [by_id[i] for i in heads_of(changes, "deleted")]
    if not flags or any(flag["set"]["deleted"] is False for flag in flags):
        return False
    seen = {
        (name, i)
        for flag in flags
        for name, ids in flag["seen"].items()
        if name not in flag["set"]
        for i in ids
    }
    others = {name for c in changes for name in c["set"]} - {"deleted", "position"}
    return all((name, i) in seen for name in others for i in heads_of(changes, name))


def outcome_of(changes: list[Json]) -> Json:
    registers = sorted({name for c in changes for name in c["set"]})
    heads = {name: found for name in registers if (found := heads_of(changes, name))}
    missing = {name: found for name in registers if (found := missing_of(changes, name))}
    depth = {(c["id"], name): c["depth"][name] for c in changes for name in c["set"]}
    winners = {name: max(ids, key=lambda i: (depth[i, name], i)) for name, ids in heads.items()}  # noqa: B023
    return {
        "heads": heads,
        "missing": missing,
        "winners": winners,
        "deleted": deleted_of(changes),
    }


def hand_worked() -> list[tuple[str, list[Json]]]:
    one, two, three, four = (an_id(n) for n in (1, 2, 3, 4))
    first = a_change(1)
    left = a_change(2, set={"text": "left"}, seen={"text": [one]}, depth={"text": 2})
    right = a_change(3, set={"text": "right"}, seen={"text": [one]}, depth={"text": 2})
    both = a_change(4, set={"text": "both"}, seen={"text": [two, three]}, depth={"text": 3})
    gone = a_change(2, set={"deleted": True}, seen={"deleted": [], "text": [one]})
    back = a_change(3, set={"deleted": False}, seen={"deleted": [two]}, depth={"deleted": 2})
    late = a_change(4, set={"text": "late"}, seen={"text": [one]}, depth={"text": 2})
    moved = a_change(5, set={"position": {"group": None, "order": "a1"}})
    gone_too = a_change(
        6, set={"deleted": True}, seen={"deleted": [], "text": [four]}, depth={"deleted": 1}
    )
    tag = a_change(7, set={"context/inclusion": True})
    untag = a_change(
        8,
        set={"context/inclusion": False},
        seen={"context/inclusion": [an_id(7)]},
        depth={"context/inclusion": 2},
    )
    retag = a_change(9, set={"context/inclusion": True})
    return [
        ("one save", [first]),
        ("an edit names what it replaces", [first, left]),
        ("two edits of one text: both are kept", [first, left, right]),
        ("a person settled it: the merged text names both", [first, left, right, both]),
        ("the merged text came, one of its parents did not", [first, left, both]),
        ("a delete that saw everything", [first, gone]),
        ("a delete undone", [first, gone, back]),
        ("a late edit keeps the record alive", [first, gone, late]),
        ("two deletes count together", [first, gone, late, gone_too]),
        ("moving a card does not keep it alive", [first, gone, moved]),
        ("a delete without the text that it saw", [gone]),
        ("a tag taken off while another device put it on", [first, tag, untag, retag]),
        ("the id breaks a tie of depth", [left, right]),
        ("nothing but a position", [moved]),
    ]


def random_history(dice: random.Random) -> list[Json]:
    """Devices that each know a random part of what was written, and name a random part of it."""
    changes: list[Json] = []
    for number in range(1, dice.randint(3, 14)):
        known = [c for c in changes if dice.random() < 0.7]
        register = dice.choice(["text", "text", "element", "tags/a", "position", "deleted"])
        held = heads_of(known, register)
        named = [i for i in held if register != "text" or dice.random() < 0.6]
        value = dice.random() < 0.7 if register in ("deleted", "tags/a") else f"v{number}"
        seen = {register: sorted(named)}
        if register == "deleted":
            for other in ("text", "element", "tags/a"):
                if held_there := heads_of(known, other):
                    seen[other] = held_there
        depths = [c["depth"][register] for c in known if c["id"] in held]
        changes.append(
            a_change(
                dice.getrandbits(32),
                n=number,
                set={register: value},
                seen=seen,
                depth={register: 1 + max(depths, default=0)},
            )
        )
    return [c for c in changes if dice.random() < 0.9] or changes[:1]


def heads_vectors() -> Json:
    dice = random.Random("heads")  # noqa: S311
    histories = hand_worked()
    histories += [(f"random {n}", random_history(dice)) for n in range(60)]
    cases = [{"name": name, "changes": made, **outcome_of(made)} for name, made in histories]
    about = (
        "applied changes of one record, in ANY order and with repeats ignored -> heads by "
        "register in order of id, ids named but missing, the winner of each register, and "
        "whether the record is deleted"
    )
    return {"about": about, "cases": cases}


def winner_vectors() -> Json:
    low, high = an_id(1), "ffffffff-0000-4000-8000-000000000001"
    tables = [
        [(low, 1)],
        [(low, 1), (high, 1)],
        [(low, 2), (high, 1)],
        [(low, 10), (high, 9)],
        [(low, 2**31 - 1), (high, 2**31 - 1)],
        [(an_id(9), 3), (an_id(10), 3), (an_id(11), 2)],
        [("9" * 8 + low[8:], 1), ("a" * 8 + low[8:], 1)],
    ]
    cases = [
        {
            "heads": [{"id": i, "depth": d} for i, d in table],
            "winner": sorted(table, key=lambda row: (row[1], row[0]))[-1][0],
        }
        for table in tables
    ]
    return {"about": "the greatest (depth, id): integers, then ASCII", "cases": cases}


def deleted_vectors() -> Json:
    one, two, three = an_id(1), an_id(2), an_id(3)

    def flag(number: int, value: bool, **covers: list[str]) -> Json:
        return {"id": an_id(number), "value": value, "covers": covers}

    text = [{"id": one, "value": "seen"}]
    more = [{"id": two, "value": "seen"}, {"id": three, "value": "not seen"}]
    rows: list[tuple[str, Json, bool]] = [
        ("never deleted", {"text": text}, False),
        ("covered", {"text": text, "deleted": [flag(9, True, text=[one])]}, True),
        ("not covered", {"text": text, "deleted": [flag(9, True)]}, False),
        ("covered for another field", {"text": text, "deleted": [flag(9, True, x=[one])]}, False),
        ("one version not covered", {"text": more, "deleted": [flag(9, True, text=[two])]}, False),
        (
            "two deletes together",
            {"text": more, "deleted": [flag(8, True, text=[two]), flag(9, True, text=[three])]},
            True,
        ),
        ("undone", {"text": text, "deleted": [flag(9, False)]}, False),
        (
            "deleted and undone at once: it stays",
            {"text": text, "deleted": [flag(8, True, text=[one]), flag(9, False)]},
            False,
        ),
        (
            "a position needs no cover",
            {"position": text, "deleted": [flag(9, True)]},
            True,
        ),
        ("nothing else there", {"deleted": [flag(9, True)]}, True),
    ]
    cases = [{"name": name, "fields": fields, "deleted": is_so} for name, fields, is_so in rows]
    return {"about": "heads by register, `covers` on heads of deleted -> deleted?", "cases": cases}


# ---- envelope, ids ----


def envelope_vectors() -> Json:
    good = a_change()
    longest = {"$repeat": ["é", 32 * 1024]}
    too_long = {"$repeat": ["é", 32 * 1024 + 1]}
    valid = [
        good,
        a_change(set={"text": longest}),
        a_change(set={"order": 2**53 - 1}),
        a_change(set={"position": {"group": None, "order": "a0"}, "context/inclusion": True}),
        a_change(set={"deleted": True}, seen={"deleted": [], "text": [an_id(5)]}),
        a_change(schema=999, later={"nested": [1, "two"]}),
        a_change(n=0),
        a_change(set={"text": "\uffff \U0001f600"}),
    ]
    nested: Any = "deep"
    for _ in range(40):
        nested = [nested]
    wrong: list[tuple[Any, str]] = [
        ("not an object", "shape"),
        ({}, "shape"),
        ({k: v for k, v in good.items() if k != "seen"}, "shape"),
        ({**good, "more": 1}, "shape"),
        ({**good, "id": good["id"].upper().replace("0", "A")}, "shape"),
        ({**good, "id": "1"}, "shape"),
        ({**good, "scope": "round:7"}, "shape"),
        ({**good, "scope": f"local:{MEMBER}"}, "shape"),
        ({**good, "made_at": "yesterday"}, "shape"),
        ({**good, "schema": 0}, "shape"),
        ({**good, "schema": True}, "shape"),
        ({**good, "n": -1}, "shape"),
        ({**good, "set": {}, "seen": {}, "depth": {}}, "shape"),
        (a_change(set={"te xt": "x"}), "shape"),
        (a_change(set={"t" * 65: "x"}), "shape"),
        ({**good, "depth": {"text": 0}}, "shape"),
        ({**good, "depth": {"text": 2**31}}, "shape"),
        ({**good, "depth": {}}, "shape"),
        ({**good, "seen": {"text": [], "element": []}}, "shape"),
        ({**good, "seen": {"text": [good["id"]]}}, "shape"),
        ({**good, "seen": {"text": ["x"]}}, "shape"),
        (a_change(set={"order": 1.5}), "number"),
        (a_change(set={"order": 2**53}), "number"),
        (a_change(set={"text": "NUL \x00"}), "unsafe_text"),
        (a_change(set={"text": "half an emoji \ud83d"}), "unsafe_text"),
        (a_change(set={"text": too_long}), "too_large"),
        (a_change(set={f"text{n}": longest for n in range(5)}), "too_large"),
        (a_change(set={"text": nested}), "too_deep"),
    ]
    cases: list[Json] = [{"change": change, "flaw": None} for change in valid]
    cases += [{"change": change, "flaw": reason} for change, reason in wrong]
    about = (
        "what was sent -> why it is no change (`invalid`), or null. A value of the form "
        '{"$repeat": [text, times]} stands for that text so many times over'
    )
    return {"about": about, "cases": cases}


def derive(first: str, second: str) -> str:
    digits = hash_of(first + "/" + second)[:32]
    digits = digits[:12] + "4" + digits[13:16] + f"{int(digits[16], 16) & 3 | 8:x}" + digits[17:]
    return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])


def identifiers_vectors() -> Json:
    pairs = [
        (ROUND, MEMBER),
        (ROUND, OTHER),
        (ROUND, "debrief"),
        (ROUND, "summary"),
        (f"{ROUND}:norms", MEMBER),
        ("", ""),
        ("é", "\U0001f600"),
    ]
    pairs += [(an_id(n), an_id(n + 1)) for n in range(32)]
    cases = [{"first": a, "second": b, "id": derive(a, b)} for a, b in pairs]
    return {"about": 'sha256(first + "/" + second) in the form of a UUIDv4', "cases": cases}


FILES = {
    "canonical": canonical_vectors,
    "hash": hash_vectors,
    "chain": chain_vectors,
    "heads": heads_vectors,
    "winner": winner_vectors,
    "deleted": deleted_vectors,
    "envelope": envelope_vectors,
    "identifiers": identifiers_vectors,
}


def text_of(name: str) -> str:
    """The file's whole text, a case a line: ASCII, so that no editor can change it."""
    made = FILES[name]()
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made["cases"])
    return f'{{"about": {json.dumps(made["about"])},\n"cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    for each in FILES:
        (FOLDER / f"{each}.json").write_text(text_of(each))
