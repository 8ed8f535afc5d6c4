"""Records of patterns: what the network agrees it saw, in words."""

from schemas.base import Choice, Number, RecordSchema, Tags, Text, record_kind
from schemas.vocabulary import (
    Consensus,
    CoreElement,
    PatternForm,
    PatternSubject,
    Quantifier,
    ScopeType,
)


@record_kind
class Pattern(RecordSchema):
    kind = "pattern"
    scope = ScopeType.ROUND

    form = Choice(PatternForm)
    subject = Choice(PatternSubject)
    element = Choice(CoreElement)
    statement = Text()
    quantifier = Choice(Quantifier)
    cards = Tags(to="card")
    groups = Tags(to="group")
    consensus = Choice(Consensus)
    open_question = Text()
    order = Number(high=9_999)
