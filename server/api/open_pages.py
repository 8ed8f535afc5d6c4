"""Pages for people who never sign in: a return summary, read by its link.

No script, no cookie, nothing for a search engine, nothing kept by a browser. A wrong link and
one that was ended look alike.
"""

from __future__ import annotations

from flask import Flask, Response, render_template, request, send_from_directory

from server.api import settings
from server.api.answers import asked_language
from server.db import reading, writing
from server.errors import NotFound, TooMany
from server.messages import say
from server.services.attempts import Limit, check_limits, count_attempt
from server.services.summary_pages import Page, read_page


def register(app: Flask) -> None:
    @app.get("/open/<token>")
    def open_page(token: str) -> Response:
        limits = [Limit(f"open_page:{request.remote_addr}", settings().site_attempts)]
        try:
            return _answer(200, page=_read(token, limits))
        except NotFound:
            with writing() as tx:
                count_attempt(tx, limits)
            return _answer(404, why="not_here")
        except TooMany as error:
            answer = _answer(429, why="too_many")
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer

    @app.get("/open/page.css")
    def open_page_style() -> Response:
        return send_from_directory(f"{app.root_path}/templates", "summary_page.css")


def _read(token: str, limits: list[Limit]) -> Page:
    with reading() as tx:
        check_limits(tx, limits)
        return read_page(tx, token)


def _answer(status: int, page: Page | None = None, why: str = "") -> Response:
    language = asked_language()

    def words(key: str, **values: str) -> str:
        return say(key, language, **values)

    html = render_template("summary_page.html", page=page, why=why, words=words, language=language)
    answer = Response(html, status, mimetype="text/html")
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    return answer
