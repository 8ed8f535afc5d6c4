"""What stands before and after every request: where it came from, and every header.

Cross-site writes are refused by what the browser itself says (Sec-Fetch-Site, else Origin);
there is no CORS. The same headers go on every answer, errors and files included.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from schemas.base import SCHEMA
from server.api.body import check_length
from server.config import Settings
from server.errors import Forbidden, WrongType

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
    ]
)


def refuse_foreign_writes(origin: str) -> None:
    """Refuse a write that another site's page sent."""
    if request.method not in WRITES:
        return
    site = request.headers.get("Sec-Fetch-Site")
    sender = request.headers.get("Origin")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Forbidden("request.foreign_origin")
    elif sender is not None and not _is_ours(sender, origin):
        raise Forbidden("request.foreign_origin")
    if request.content_length and request.mimetype != "application/json":
        raise WrongType()
    check_length()


def _is_ours(sender: str, origin: str) -> bool:
    """Whether an Origin header names the address that this request came to."""
    own = urlsplit(request.host_url)
    return sender in {origin, f"{own.scheme}://{own.netloc}"}


def register(app: Flask, settings: Settings) -> None:
    @app.before_request
    def check_sender() -> None:
        refuse_foreign_writes(settings.origin)

    @app.after_request
    def add_headers(answer: Response) -> Response:
        headers = answer.headers
        headers["Content-Security-Policy"] = CONTENT_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.path.startswith("/api/"):
            headers["Sync-Server"] = "1"
            headers["Sync-Schema"] = str(SCHEMA)
            headers.setdefault("Cache-Control", "no-store")
        return answer
