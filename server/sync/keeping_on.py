"""Work of a thread that nobody starts again: it goes on whatever goes wrong.

What goes wrong is logged, with where it did, and the work begins anew after a pause. Must not
know what the work is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable


def keep_on(
    work: Callable[[], object],
    *,
    until: threading.Event,
    pause: float,
    expected: tuple[type[Exception], ...],
    log: logging.Logger,
    waits: str,
) -> None:
    """Do the work, and again when it ended, until this is set.

    expected: faults of somebody else, which take one line; any other is ours, and its line
    says where. waits: what does not happen meanwhile, in words. pause: seconds.
    """
    while not until.is_set():
        try:
            work()
        except Exception as error:
            trace = None if isinstance(error, expected) else error
            log.warning("%s wait: %s", waits, type(error).__name__, exc_info=trace)
            until.wait(pause)
