"""The parents of every resource: a blueprint that reads bodies by server.api.body, and the
Api that writes openapi.json and leaves failures to server.api.answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn, TypeVar, cast

import flask_smorest
from apispec import APISpec
from flask import Flask, Request
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser
from werkzeug.routing import BaseConverter

from server.api.body import read_json
from server.errors import RuleBroken

View = TypeVar("View", bound=Callable[..., Any])


class IdConverter(BaseConverter):
    """`<id:...>` in a route: a lower-case UUID. Anything else is no such page."""

    regex = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class BodyParser(FlaskParser):
    """webargs, with our reader of bodies and our exceptions.

    A query that a schema does not know is refused like an unknown field of a body.
    """

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": None,
    }

    def load_json(self, req: Request, schema: Schema) -> Any:
        return read_json()

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,
    ) -> NoReturn:
        raise RuleBroken("request.invalid", field=first_field(error.messages)) from error


def first_field(messages: Any) -> str | None:
    """The path of the first field that is at fault, `device.id`; None where none is named."""
    path: list[str] = []
    while isinstance(messages, dict) and messages:
        name, messages = next(iter(messages.items()))
        path.append(str(name))
    named = [name for name in path if name not in {"json", "query", "_schema"}]
    return ".".join(named) or None


class Resource(flask_smorest.Blueprint):  # type: ignore[misc]
    """One resource's routes, under /api/v1. A view's name is its operationId.

    Typed over what flask-smorest leaves untyped, so that views are checked.
    """

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, f"api.{name}", url_prefix="/api/v1", description=description)

    def get(self, rule: str) -> Callable[[View], View]:
        return self._view("GET", rule)

    def post(self, rule: str) -> Callable[[View], View]:
        return self._view("POST", rule)

    def put(self, rule: str) -> Callable[[View], View]:
        return self._view("PUT", rule)

    def patch(self, rule: str) -> Callable[[View], View]:
        return self._view("PATCH", rule)

    def delete(self, rule: str) -> Callable[[View], View]:
        return self._view("DELETE", rule)

    def _view(self, method: str, rule: str) -> Callable[[View], View]:
        def register(view: View) -> View:
            described: dict[str, Any] = {"operationId": view.__name__}
            if getattr(view, "needs_session", False):
                described["security"] = [{"session": []}]
            named = self.doc(**described)(view)
            self.route(rule, methods=[method])(named)
            return view

        return register

    def register_views_in_doc(
        self, api: RoundsApi, app: Flask, spec: APISpec, *, name: str, parameters: Any
    ) -> None:
        """Later: half of a start would go into a document that few starts are asked for."""
        describe = super().register_views_in_doc
        api.undescribed.append(partial(describe, api, app, spec, name=name, parameters=parameters))

    def arguments(self, schema: type[Schema], **options: Any) -> Callable[[View], View]:
        """The body (or `location="query"`) by a schema, as the view's first argument."""
        return cast(Callable[[View], View], super().arguments(schema, **options))

    def response(
        self, status: int, schema: type[Schema] | Schema | None = None, **options: Any
    ) -> Callable[[View], View]:
        """What the view gives, by a schema."""
        return cast(Callable[[View], View], super().response(status, schema, **options))


class FailureDetail(Schema):
    """What went wrong. Some failures carry more plain values beside these."""

    class Meta:
        title = "FailureDetail"

    code = fields.String(required=True)
    message = fields.String(required=True)
    field = fields.String()
    retry_after = fields.Integer()
    request_id = fields.String()


class Failure(Schema):
    """The one shape of every failure."""

    error = fields.Nested(FailureDetail, required=True)


class RoundsApi(flask_smorest.Api):  # type: ignore[misc]
    """OpenAPI from the views, once it is asked for; failures are answered by server.api.answers."""

    ERROR_SCHEMA = Failure

    def __init__(self, app: Flask) -> None:
        self.undescribed: list[Callable[[], None]] = []
        self._describing = threading.Lock()
        super().__init__(app)

    def described(self) -> APISpec:
        """The whole document, put together the first time."""
        with self._describing:
            while self.undescribed:
                self.undescribed.pop(0)()
        spec: APISpec = self.spec
        return spec

    def _register_error_handlers(self) -> None:
        """Nothing: one place answers failures, for every path."""
