"""Everything that is wrong with a file, so that whoever mends it does so once.

A file with any fault is refused whole. The first MOST faults are kept to be said by row and
column; of the others the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from server.errors import FileRefused, RuleBroken

MOST = 50


class Faults:
    def __init__(self) -> None:
        self.found: list[RuleBroken] = []
        self.count = 0
        self._file: str | None = None

    def add(self, fault: RuleBroken) -> None:
        self.count += 1
        if len(self.found) < MOST:
            if self._file:
                fault.details.setdefault("file", self._file)
            self.found.append(fault)

    @contextmanager
    def gathering(self, file: str | None = None) -> Iterator[None]:
        """What breaks in here is kept for `check`; what comes after goes on.

        file: which one of several that came packed together is read in here.
        """
        before, self._file = self._file, file or self._file
        try:
            yield
        except FileRefused as refused:
            for fault in refused.faults:
                self.add(fault)
            self.count += refused.more
        except RuleBroken as fault:
            self.add(fault)
        finally:
            self._file = before

    def check(self) -> None:
        """Refuse the file where anything was found: one fault as itself, several together."""
        if self.count == 1:
            raise self.found[0]
        if self.found:
            raise FileRefused(self._row_by_row(), self.count - len(self.found))

    def _row_by_row(self) -> list[RuleBroken]:
        """As somebody goes through the file: what is wrong was found column by column too."""
        files = [*dict.fromkeys(each.details.get("file") for each in self.found)]

        def place(each: RuleBroken) -> tuple[int, int]:
            return files.index(each.details.get("file")), int(each.details.get("row") or 0)

        return sorted(self.found, key=place)
