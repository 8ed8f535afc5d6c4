"""Student's t for whole degrees of freedom, without a statistics package.

The finite sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and
26.7.4. Twin of pwa/src/domain/student-t.ts.
"""

from __future__ import annotations

import math
from functools import cache

HALVINGS = 60
MANY = 2_000
"""From here on t differs from the normal quantile by less than two thousandths."""


@cache
def t_quantile(freedom: int, within: float = 0.95) -> float:
    """The t of which so much of the distribution lies between -t and t. freedom: 1 or more."""
    freedom = min(freedom, MANY)
    low, high = 0.0, math.pi / 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _within(middle, freedom) < within:
            low = middle
        else:
            high = middle
    return math.sqrt(freedom) * math.tan(low)


def _within(angle: float, freedom: int) -> float:
    """How much lies between -t and t, of t = sqrt(freedom) * tan(angle)."""
    odd = freedom % 2
    square = math.cos(angle) ** 2
    term = math.cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= square * (step - 1) / step
        total += term
    inner = math.sin(angle) * total
    return 2 / math.pi * (angle + inner) if odd else inner
