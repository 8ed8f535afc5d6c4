"""Ids of what leaves in files: the same this year and next, and leading to nothing else.

Made of the words beside them and of nothing else (docs/adr/0037), as the views for BI tools
make them in SQL (services/bi_queries.py); tests/sync/test_bi_views.py compares both.
"""

from __future__ import annotations

from hashlib import sha256

DIGITS = 16


def lasting_pattern_id(subject: str, quarter: str, statement: str, twin: int = 1) -> str:
    """twin: from 1, of patterns with the same words in the same quarter."""
    digest = sha256("\n".join((subject, quarter, statement)).encode()).hexdigest()
    return f"p{digest[:DIGITS]}" + (f"-{twin}" if twin > 1 else "")
