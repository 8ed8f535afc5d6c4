"""Expected failures, each named for the rule that was broken.

Anything else that is raised is a bug, and looks like one in the log. A code is also the key
of its words: `debrief.phase_skipped` is said by `error.debrief.phase_skipped`. Knows neither
Flask nor the database, and never carries what a person wrote.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""How the system says that a disk is full. Such a failure names no file."""


class RuleBroken(Exception):
    """Something that was asked cannot be done, for a reason that a person can read.

    field: the field that is at fault, if one is. details: plain values for the words.
    """

    status = 422
    code = "rule_broken"

    def __init__(
        self, code: str | None = None, *, field: str | None = None, **details: str | int | None
    ) -> None:
        self.code = code or self.code
        self.field = field
        self.details = details
        super().__init__(self.code)


class FileRefused(RuleBroken):
    """A file in which several things are wrong. Stands as the first of them, and has them all.

    more: how many were found beyond `faults`.
    """

    def __init__(self, faults: Sequence[RuleBroken], more: int) -> None:
        super().__init__(faults[0].code)
        self.details = faults[0].details
        self.faults = faults
        self.more = more


class Malformed(RuleBroken):
    """The request cannot be read."""

    status = 400
    code = "request.malformed"


class NotSignedIn(RuleBroken):
    status = 401
    code = "session.needed"


class Forbidden(RuleBroken):
    """Known here, but not allowed: only ever said of the asker's own network."""

    status = 403
    code = "access.refused"


class NotFound(RuleBroken):
    """Not there, or somebody else's: nobody can tell which."""

    status = 404
    code = "not_found"


class Conflict(RuleBroken):
    status = 409
    code = "conflict"


class Gone(RuleBroken):
    """Was good once: spent, expired or taken back."""

    status = 410
    code = "gone"


class LengthRequired(RuleBroken):
    """Without a length, a cut body looks whole."""

    status = 411
    code = "request.length_required"


class TooLarge(RuleBroken):
    status = 413
    code = "request.too_large"


class WrongType(RuleBroken):
    status = 415
    code = "request.wrong_type"


class TooMany(RuleBroken):
    """Too many wrong attempts. retry_after is in seconds."""

    status = 429
    code = "attempts.too_many"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class Busy(RuleBroken):
    """The database is held by somebody else, or is full: nothing was stored."""

    status = 503
    code = "server.busy"

    def __init__(self, code: str | None = None, *, retry_after: int = 2) -> None:
        super().__init__(code, retry_after=retry_after)
        self.retry_after = retry_after
