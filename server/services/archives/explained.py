"""What an archive says of itself: a README in both languages, and a schema of every line."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from schemas.archives import LINES
from server.messages import LANGUAGES, say


def readme(manifest: dict[str, Any]) -> str:
    """Plain text, one part a language."""
    return "\n\n\n".join(_part(manifest, language) for language in LANGUAGES) + "\n"


def _part(manifest: dict[str, Any], language: str) -> str:
    title = say("archive.readme.title", language, name=manifest["name"])
    about = (
        say("exports.line", language),
        say("archive.readme.what", language, made_at=manifest["made_at"]),
        say("archive.readme.left_out", language, count=sum(manifest["left_out"].values())),
        say("archive.readme.secrets", language),
        say("archive.readme.purged", language),
        say("archive.readme.who", language),
        say("archive.readme.way_in", language),
    )
    files = [f"{name}.jsonl  {say(f'archive.file.{name}', language)}" for name in LINES]
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *about, "\n".join(files)])


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12: `$defs/<file>` is what each line of that file is."""
    plugin = MarshmallowPlugin()
    APISpec("archive", "1", "3.1.0", plugins=[plugin])
    convert: Any = plugin.converter
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The files of a network's archive",
        "$defs": {
            name: {
                "description": " ".join((line.__doc__ or "").split()),
                **convert.schema2jsonschema(line()),
            }
            for name, line in LINES.items()
        },
    }
