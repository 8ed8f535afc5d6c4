"""Makes pwa/src/generated/{records,held}.ts from the kinds of record and the vocabulary.

    python -m schemas.typescript            write the files
    python -m schemas.typescript --check    fail when one is stale

The generated files are never edited by hand. Must not know how registers are merged.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from schemas import base, vocabulary
from schemas.kinds import KINDS

GENERATED = Path(__file__).parent.parent / "pwa" / "src" / "generated"

HEADER = """\
/**
 * Every kind of record, its fields and the closed lists of the practice.
 * Made by `python -m schemas.typescript` from schemas/; never edited by hand.
 */
"""

HELD = """\
/**
 * What each kind of record tells of its author and where it lies, for *What we hold*.
 * Made by `python -m schemas.typescript` from schemas/; never edited by hand.
 */
import type { Kind, ScopeType } from "./records";

export interface Held {
  readonly kind: Kind;
  readonly scope: ScopeType;
  /** Whether people other than its author are told who wrote it. */
  readonly showsAuthor: boolean;
  /** Whether it is deleted some days after its round's debrief. */
  readonly goes: boolean;
}
"""

TAIL = """\
export type Kind = keyof Fields;
/** What a record of the kind shows. */
export type FieldsOf<K extends Kind> = Fields[K];
/** What a save of the kind may set: plain fields, and tags as `roles/visitor`. */
export type SetOf<K extends Kind> = Sets[K];
"""


def constant_name(word: str) -> str:
    """The name of a list: CoreElement -> CORE_ELEMENTS, GradeBand -> GRADE_BANDS."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).upper()
    if snake.endswith(("S", "X")):
        return snake + "ES"
    if snake.endswith("Y") and snake[-2] not in "AEIOU":
        return snake[:-1] + "IES"
    return snake + "S"


def vocabularies() -> list[type[StrEnum]]:
    """Every closed list, in vocabulary.py's order; the kinds of field are a type alone."""
    found = [value for value in vars(vocabulary).values() if isinstance(value, type)]
    apart = (StrEnum, vocabulary.FieldKind)
    return [value for value in found if issubclass(value, StrEnum) and value not in apart]


def shown_type(field: Any) -> str:
    """The TypeScript type of a field as a record shows it."""
    if isinstance(field, base.Text):
        return "string"
    if isinstance(field, base.Choice):
        return f"{field.words.__name__} | null"
    if isinstance(field, base.Number):
        return "number | null"
    if isinstance(field, base.Flag):
        return "boolean | null"
    if isinstance(field, base.Tags):
        return "ReadonlySet<string>"
    if isinstance(field, base.PositionField):
        return "Place | null"
    return "string | null"


def set_member(name: str, field: Any) -> str:
    """One line of what a save may set."""
    if not isinstance(field, base.Tags):
        return f"    {name}?: {shown_type(field)};"
    return f"    [tag: `{name}/${{string}}`]: boolean;"


def plain_fields(kind: str) -> dict[str, Any]:
    """A kind's own fields, in the order of its schema; `deleted` is every kind's."""
    return {name: f for name, f in KINDS[kind]().fields.items() if name != "deleted"}


def lines() -> Iterator[str]:
    yield HEADER
    yield f"export const SCHEMA = {base.SCHEMA};"
    yield f"export const MAX_TEXT_BYTES = {base.MAX_TEXT_BYTES};\n"
    yield f"export const MAX_TEXT_JSON_BYTES = {base.MAX_TEXT_JSON_BYTES};\n"
    for words in vocabularies():
        name = constant_name(words.__name__)
        listed = ", ".join(f'"{word}"' for word in words)
        yield f"export const {name} = [{listed}] as const;"
        yield f"export type {words.__name__} = (typeof {name})[number];"
    kinds_of_field = " | ".join(f'"{kind}"' for kind in vocabulary.FieldKind)
    yield f"export type FieldKind = {kinds_of_field};"
    yield "\n/** Where a card lies: a group or none, and its order within. */"
    yield "export interface Place {\n  group: string | null;\n  order: string;\n}"
    yield "\nexport interface Fields {"
    for kind in sorted(KINDS):
        yield f"  {kind}: {{"
        yield from (f"    {n}: {shown_type(f)};" for n, f in plain_fields(kind).items())
        yield "  };"
    yield "}\n\nexport interface Sets {"
    for kind in sorted(KINDS):
        yield f"  {kind}: {{"
        yield from (set_member(n, f) for n, f in plain_fields(kind).items())
        yield "  };"
    yield "}\n"
    yield TAIL
    yield "/** How two values of each field are merged. */"
    yield "export const FIELD_KINDS: { readonly [K in Kind]: { readonly [F in keyof Fields[K]]:"
    yield "  FieldKind } } = {"
    for kind in sorted(KINDS):
        body = ", ".join(f'{n}: "{f.kind}"' for n, f in plain_fields(kind).items())
        yield f"  {kind}: {{ {body} }},"
    yield "};\n\nexport const KINDS = ["
    yield from (f'  "{kind}",' for kind in sorted(KINDS))
    yield "] as const satisfies readonly Kind[];"
    yield "\n/** The part of a record's scope before the colon. */"
    yield "export const SCOPE_OF: { readonly [K in Kind]: ScopeType } = {"
    yield from (f'  {kind}: "{KINDS[kind].scope}",' for kind in sorted(KINDS))
    yield "};"


def held_lines() -> Iterator[str]:
    """In the order of the schemas, which follows the practice."""
    yield HELD
    yield "export const HELD: readonly Held[] = ["
    for kind, schema in KINDS.items():
        shows, goes = (str(each).lower() for each in (schema.shows_author, schema.goes))
        words = f'kind: "{kind}", scope: "{schema.scope}", showsAuthor: {shows}, goes: {goes}'
        yield f"  {{ {words} }},"
    yield "];"


def generate() -> dict[Path, str]:
    """Each generated file with its text."""
    return {
        GENERATED / "records.ts": "\n".join(lines()) + "\n",
        GENERATED / "held.ts": "\n".join(held_lines()) + "\n",
    }


def is_fresh(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    made = generate()
    if "--check" in arguments:
        stale = [path for path, text in made.items() if not is_fresh(path, text)]
        for path in stale:
            print(f"pwa/src/generated/{path.name} is stale: python -m schemas.typescript")
        return 1 if stale else 0
    GENERATED.mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
