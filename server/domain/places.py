"""Room numbers and clock times in a text: with a date, each says whose lesson it was.

Twin of pwa/src/domain/places.ts. Must not know a name list: see identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """A candidate. `replacement` stands in square brackets: `[the teacher]`."""

    start: int
    end: int
    text: str
    sort: Literal["person", "room", "clock"]
    replacement: str


_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"

_ROOM = re.compile(
    _BEFORE
    + r"(?:(?:class)?room|rm\.?|portable|aula|sal[oó]n|sala|cuarto) ?"
    + r"(?:(?:number|no\.|n[uú]mero|n[uú]m\.|nº|#) ?)?"
    + r"(?:[A-Za-z]-?)?[0-9]{1,4}(?:-?[A-Za-z])?"
    + _AFTER,
    re.IGNORECASE,
)
_LETTERED_ROOM = re.compile(
    _BEFORE + r"(?:[Rr]oom|[Rr]m\.?|[Aa]ula|[Ss]al[oó]n) [B-HJ-Z](?![^\W_]|['’])"
)
_CLOCK = re.compile(
    r"(?<![^\W_])(?<![:.,/$])(?:"
    r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?![0-9:])(?: ?([ap])(?:\. ?m\.?|m)(?![^\W\d_]))?"
    r"|(1[0-2]|[1-9]) ?([ap])(?:\. ?m\.?|m)(?![^\W\d_])"
    r"|(1[0-2]|[1-9]) ?o['’]clock)",
    re.IGNORECASE,
)
_SPOKEN_CLOCK = re.compile(
    _BEFORE + r"a las? (1[0-2]|[1-9])(?: y (?:media|cuarto))?(?![^\W_]|:)", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?:ratios?|raz[oó]n|proporci[oó]n|scale|escala)(?: [^\W\d_]+)? ?$", re.IGNORECASE
)
_HALF_DAY = 12 * 60

_SAYS = {
    "en": {"room": "[a room]", "minute": "minute", "time": "[a time]"},
    "es": {"room": "[aula]", "minute": "minuto", "time": "[hora]"},
}


def clock_and_room_findings(
    text: str, language: str, *, began_at: str | None = None, minute: int | None = None
) -> list[Finding]:
    """Findings of both sorts, in the order of their places, none overlapping."""
    says = _SAYS[language]
    found = [
        Finding(match.start(), match.end(), match.group(), "room", says["room"])
        for pattern in (_ROOM, _LETTERED_ROOM)
        for match in pattern.finditer(text)
    ]
    clocks = [match for match in _CLOCK.finditer(text) if not _is_ratio(text, match.start())]
    for match in [*clocks, *_SPOKEN_CLOCK.finditer(text)]:
        clock = _clock_minutes(match) if match.re is _CLOCK else None
        proposal = _minute_of(clock, language, began_at, minute)
        found.append(Finding(match.start(), match.end(), match.group(), "clock", proposal))
    found.sort(key=lambda finding: finding.start)
    return [
        each for index, each in enumerate(found) if index == 0 or each.start >= found[index - 1].end
    ]


def _is_ratio(text: str, at: int) -> bool:
    """ "A ratio of 3:10" is mathematics."""
    return _RATIO.search(text[max(0, at - 24) : at]) is not None


def _clock_minutes(match: re.Match[str]) -> int | None:
    if match[1] is None:
        return None
    hours = int(match[1])
    if match[3] and match[3].lower() == "p" and hours < 12:
        hours += 12
    return hours * 60 + int(match[2])


def _minute_of(clock: int | None, language: str, began_at: str | None, minute: int | None) -> str:
    """The minute of the visit: from the clock where it lies within four hours, else the note's."""
    says = _SAYS[language]
    began = re.fullmatch(r"([0-9]{2}):([0-9]{2})", began_at or "")
    if clock is not None and began:
        # A clock on the wall has twelve hours: 1:12 in the afternoon is 13:12.
        passed = clock - (int(began[1]) * 60 + int(began[2]))
        for since in (passed, passed + _HALF_DAY):
            if 0 <= since < 4 * 60:
                return f"[{says['minute']} {since}]"
    return says["time"] if minute is None else f"[{says['minute']} {minute}]"
