"""Planted bugs: each breaks one rule on purpose, to see the torture suite notice.

Server bugs replace a real function while the block lasts; tablet bugs replace a method of
the model device. `seeds.json` says by which seed each is caught, and by which words; it is
written by `python -m tests.torture planted --record`. Nothing in here runs in the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Plant = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Bug:
    """One bug: where it is planted, and what it does in words."""

    name: str
    place: str
    what: str
    plant: Plant


BUGS: dict[str, Bug] = {}


def bug(place: str, target: Any, attribute: str) -> Callable[[Callable[..., Any]], Bug]:
    """Register a bug: `make(original)` gives what stands in the original's place.

    The function's name is the bug's, its docstring says what it does.
    """

    def register(make: Callable[..., Any]) -> Bug:
        @contextmanager
        def plant() -> Iterator[None]:
            original = getattr(target, attribute)
            setattr(target, attribute, make(original))
            try:
                yield
            finally:
                setattr(target, attribute, original)

        found = Bug(make.__name__, place, (make.__doc__ or "").strip(), plant)
        BUGS[found.name] = found
        return found

    return register


def every_bug() -> dict[str, Bug]:
    """All of them, the server's and the tablets'."""
    for place in ("server", "rules", "room", "tablet", "keeping", "screens"):
        import_module(f"tests.torture.planted_{place}")
    return BUGS
