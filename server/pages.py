"""The PWA's files: hashed assets for ever, everything else asked for anew.

Any path that is neither a file nor under /api/ or /assets/ is a screen of the app, so it is
answered with index.html. Knows nothing of what the app does.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

DIST = Path(__file__).resolve().parent.parent / "pwa" / "dist"

_NOT_BUILT = "The app is not built yet: run `make run`, or `npm run build` in pwa/.\n"
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".webmanifest": "application/manifest+json"}


def register(app: Flask, dist: Path = DIST) -> None:
    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:
        if path.startswith(("api/", "assets/")) and not (dist / path).is_file():
            abort(404)
        return answer_page(dist, path)


def answer_page(dist: Path, path: str) -> Response:
    """A file of the build, or the app itself."""
    if not (dist / "index.html").is_file():
        return Response(_NOT_BUILT, 503, mimetype="text/plain")
    name = path if path and _is_file(dist, path) else "index.html"
    answer = send_from_directory(dist, name, mimetype=_TYPES.get(Path(name).suffix))
    answer.headers["Cache-Control"] = _FOR_EVER if name.startswith("assets/") else "no-cache"
    return answer


def _is_file(dist: Path, path: str) -> bool:
    try:
        return (dist / path).resolve().is_relative_to(dist.resolve()) and (dist / path).is_file()
    except (ValueError, OSError):
        return False
