"""Which of a person's browsers may show notices."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.notices import PushEndpointBody, PushSubscriptionBody
from server.api import settings
from server.api.resource import Resource
from server.api.signing import signed_in, who
from server.db import writing
from server.services import subscriptions
from server.services.web_push import Subscription

resource = Resource("notices", "What a person's browsers may tell.")


@resource.post("/me/push-subscriptions")
@signed_in
@resource.arguments(PushSubscriptionBody)
@resource.response(204)
def subscribe_to_notices(body: dict[str, Any]) -> Response:
    """Let this browser show notices. Sent again, it replaces what was known of it."""
    keys = body["keys"]
    with writing() as tx:
        subscriptions.subscribe(
            tx,
            settings(),
            who().person_id,
            Subscription(body["endpoint"], keys["p256dh"], keys["auth"]),
        )
    return Response(status=204)


@resource.delete("/me/push-subscriptions")
@signed_in
@resource.arguments(PushEndpointBody)
@resource.response(204)
def unsubscribe_from_notices(body: dict[str, Any]) -> Response:
    """Let this browser show no more notices."""
    with writing() as tx:
        subscriptions.unsubscribe(tx, who().person_id, body["endpoint"])
    return Response(status=204)
