"""Answers that go on for a while: each piece made within the app, nothing held in between.

A stream keeps neither a request nor a database connection while its reader is slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask import Flask, current_app


def piece_by_piece(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, each made within a context of its own of the app that answers."""
    return _pieces(cast(Flask, current_app._get_current_object()), pieces)  # type: ignore[attr-defined]


def _pieces(app: Flask, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with app.app_context():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
