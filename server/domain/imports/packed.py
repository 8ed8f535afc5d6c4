"""A zip of CSV files, as OneRoster and Ed-Fi come: opened in memory, within bounds, or refused.

Only files that are asked for are unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from server.errors import RuleBroken

MARK = b"PK\x03\x04"
MAX_FILES = 100
MAX_UNPACKED = 128 * 1024 * 1024
MAX_RATIO = 200
"""A table of people packs to a tenth; what packs to a two-hundredth was made to burst."""
_ENCRYPTED = 0x1


class Packed:
    """The files of a zip by their names, whichever one folder they lie in."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise RuleBroken("import.damaged") from error
        self._files: dict[str, zipfile.ZipInfo] = {}
        self._read: set[str] = set()
        inside = [each for each in self._zip.infolist() if not each.is_dir()]
        if len(inside) > MAX_FILES:
            raise RuleBroken("import.zip_too_many", most=MAX_FILES)
        for each in inside:
            self._enter(each)
        if sum(each.file_size for each in inside) > MAX_UNPACKED:
            raise RuleBroken("import.too_large")

    def _enter(self, each: zipfile.ZipInfo) -> None:
        parts = each.filename.replace("\\", "/").split("/")
        if parts[0] == "__MACOSX":
            return
        name = parts[-1].lower()
        if ".." in parts or parts[0] in {"", "."} or ":" in each.filename or len(parts) > 2:
            raise RuleBroken("import.zip_path")
        if name.endswith((".zip", ".gz")):
            raise RuleBroken("import.zip_in_zip")
        if name in self._files:
            raise RuleBroken("import.zip_twice", name=name[:60])
        self._files[name] = each

    def __contains__(self, name: str) -> bool:
        return name in self._files

    @property
    def names(self) -> list[str]:
        return [*self._files]

    @property
    def not_read(self) -> list[str]:
        """What nobody asked for until now, in the order of the alphabet; without what a system
        hides beside files."""
        return sorted(name for name in self._files.keys() - self._read if name[:1] != ".")

    def read(self, name: str) -> bytes:
        """The file, unpacked."""
        each = self._files[name]
        self._read.add(name)
        if each.flag_bits & _ENCRYPTED:
            raise RuleBroken("import.zip_locked")
        if each.file_size > MAX_RATIO * max(each.compress_size, 1024):
            raise RuleBroken("import.too_large")
        try:
            return self._zip.read(each)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise RuleBroken("import.damaged") from error
