"""One cell of a table that people open in a spreadsheet.

A spreadsheet runs a cell that begins with `= + - @`, TAB or a line break, perhaps behind
spaces, as a formula, so such a cell leaves with an apostrophe before it. Cells that already
begin with apostrophes before such a sign get one more, so that taking one away gives back
exactly what was there.

Must not touch any other text: evidence stays as it was said.
"""

import re

_RUNS = re.compile(r"'*\s*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]")
_NEUTRAL = re.compile(r"'+\s*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]")


def neutralise(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def restore(cell: str) -> str:
    """What `neutralise` was given. Only for cells of our own files."""
    return cell[1:] if _NEUTRAL.match(cell) else cell
