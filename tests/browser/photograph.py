"""Photograph every screen of the demo network, and ask axe about each.

`make screenshots`, or `python -m tests.browser.photograph --out shots`: starts a server with a
demo network of its own, walks through the screens at phone, tablet and desktop size, light,
dark and with large type, in both languages, and ends with 1 when something is wrong with one.
Somebody then looks at the pictures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from server.config import Settings
from tests.browser.screens import LANGUAGES, LOOKS, SIZES, Shot, photograph, sign_in, views
from tests.browser.shots import SHOTS
from tests.browser.tablet import launch
from tests.browser.wide_names import add_wide_names
from tests.serving import ROOT, environment_of, serve


def make_demo(settings: Settings, root: Path = ROOT) -> dict[str, Any]:
    """The demo network's accounts and rounds, in a database of its own, and a wider network's."""
    told_by(settings, root, "migrate")
    made: dict[str, Any] = json.loads(told_by(settings, root, "demo", "--json"))
    invited = told_by(settings, root, "invite", "--network", made["network_id"])
    wide = add_wide_names(settings)
    return {
        **made,
        "accounts": [*made["accounts"], *wide["accounts"]],
        "open": wide["rounds"],
        "invitation": invited.split("/join/")[1].split()[0],
    }


def told_by(settings: Settings, root: Path, *words: str) -> str:
    """What a command of the product prints."""
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", *words],
        env=environment_of(settings, root),
        cwd=root,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def at_demo(shot: Shot, demo: dict[str, Any]) -> Shot:
    """The shot with the ids of the demo's rounds in its path."""
    ids = {"today": demo["rounds"][-1]["id"], "past": demo["rounds"][-2]["id"]}
    ids |= {"longer_past": demo["rounds"][0]["id"], **demo["open"]}
    return replace(shot, path=shot.path.format(**ids, invitation=demo["invitation"]))


def account_of(demo: dict[str, Any], who: str) -> dict[str, str]:
    """The first account of this role, or the one of this name."""
    found: dict[str, str] = next(
        one for one in demo["accounts"] if who in (one["role"], one["name"])
    )
    return found


def photograph_as(
    browser: Browser, url: str, demo: dict[str, Any], role: str | None, args: argparse.Namespace
) -> int:
    """Every wanted screen of one role. How many faults there were; each is printed."""
    context = browser.new_context(locale="en-US", timezone_id="America/Denver")
    if role:
        sign_in(context, url, account_of(demo, role))
    page = context.new_page()
    page.goto(url)
    faults = 0
    for shot in wanted(args.only):
        if shot.role != role:
            continue
        for view in views(args.size, args.look, args.language):
            for fault in photograph(page, url, at_demo(shot, demo), view, args.out):
                faults += 1
                print(f"{shot.name} {view}: {fault}", flush=True)
    context.close()
    return faults


def wanted(only: list[str]) -> list[Shot]:
    return [shot for shot in SHOTS if not only or shot.name in only]


def run(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    roles = dict.fromkeys(shot.role for shot in wanted(args.only))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(data_dir=folder)
        demo = make_demo(settings) if not args.url else json.loads(args.demo.read_text())
        with nullcontext() if args.url else serve(settings) as served:
            url = args.url or (served.url if served else "")
            browser = launch(playwright)
            faults = sum(photograph_as(browser, url, demo, role, args) for role in roles)
            browser.close()
    print(f"{faults} faults; the pictures are in {args.out}")
    return 1 if faults else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--only", nargs="*", default=[], help="names of screens")
    parser.add_argument("--size", nargs="*", default=[*SIZES], choices=[*SIZES])
    parser.add_argument("--look", nargs="*", default=[*LOOKS], choices=[*LOOKS])
    parser.add_argument("--language", nargs="*", default=[*LANGUAGES], choices=[*LANGUAGES])
    parser.add_argument("--url", help="a server that runs already, with its demo network")
    parser.add_argument("--demo", type=Path, help="what `rounds demo --json` wrote for it")
    sys.exit(run(parser.parse_args()))


if __name__ == "__main__":
    main()
