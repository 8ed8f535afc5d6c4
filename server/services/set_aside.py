"""What was set aside in scopes that all share: a lead takes it in for its author."""

from __future__ import annotations

from sqlalchemy import Connection

from schemas.vocabulary import Verdict
from server.errors import NotFound
from server.services.audit import write_audit
from server.services.standings import standing_of
from server.sync.protocol import Result
from server.sync.release import release_for_author


def release_as_lead(tx: Connection, network_id: str, lead_id: str, change_id: str) -> Result:
    """What became of the change. NotFound for one that no lead sees: private, purged, unknown."""
    lead = standing_of(tx, network_id, lead_id)
    result, was_waiting = release_for_author(tx, lead, change_id)
    if result is None:
        raise NotFound()
    if was_waiting and result.status == Verdict.APPLIED:
        write_audit(tx, network_id, lead_id, "change.released", change_id)
    return result
