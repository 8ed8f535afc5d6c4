"""Pages for people who never sign in: a return summary, read by its link.

No script, no cookie, nothing for a search engine, nothing kept by a browser. A wrong link and
one that was ended look alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask, Response, render_template, request, send_from_directory

from server.api import settings
from server.api.answers import asked_language
from server.db import reading, writing
from server.errors import NotFound, TooMany
from server.messages import say
from server.services.attempts import Limit, check_limits, count_attempt
from server.services.exports.making import MIMETYPES
from server.services.exports.summary_pdf import summary_pdf
from server.services.exports.words import about_item, statement_of
from server.services.summary_pages import Page, read_page


def register(app: Flask) -> None:
    @app.get("/open/<token>")
    def open_page(token: str) -> Response:
        return _opened(token, lambda page: _page(200, page=page, token=token))

    @app.get("/open/<token>/summary.pdf")
    def open_page_pdf(token: str) -> Response:
        return _opened(token, _pdf)

    @app.get("/open/page.css")
    def open_page_style() -> Response:
        return send_from_directory(f"{app.root_path}/templates", "summary_page.css")


def _opened(token: str, answer: Callable[[Page], Response]) -> Response:
    """The answer for a link that opens something; in words why another does not."""
    limits = [Limit(f"open_page:{request.remote_addr}", settings().site_attempts)]
    try:
        return _kept_nowhere(answer(_read(token, limits)))
    except NotFound:
        with writing() as tx:
            count_attempt(tx, limits)
        return _kept_nowhere(_page(404, why="not_here"))
    except TooMany as error:
        too_many = _kept_nowhere(_page(429, why="too_many"))
        too_many.headers["Retry-After"] = str(error.retry_after)
        return too_many


def _read(token: str, limits: list[Limit]) -> Page:
    with reading() as tx:
        check_limits(tx, limits)
        return read_page(tx, token)


def _page(status: int, page: Page | None = None, why: str = "", token: str = "") -> Response:
    language = asked_language()

    def words(key: str) -> str:
        return say(key, language)

    says = {
        "words": words,
        "statement": partial(statement_of, language=language),
        "about_item": partial(about_item, language=language),
    }
    told = {"page": page, "why": why, "token": token, "language": language}
    html = render_template("summary_page.html", **says, **told)
    return Response(html, status, mimetype="text/html")


def _pdf(page: Page) -> Response:
    """The same page; shown by the browser, which also keeps or prints it."""
    disposition = {"Content-Disposition": 'inline; filename="summary.pdf"'}
    content = summary_pdf(page, asked_language())
    return Response(content, content_type=MIMETYPES["pdf"], headers=disposition)


def _kept_nowhere(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    return answer
