"""Records of patterns: what the network agrees it saw, in words."""

from schemas.base import Choice, Number, RecordSchema, Tags, Text, record_kind
from schemas.vocabulary import (
    Consensus,
    CoreElement,
    FileEvery,
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


@record_kind
class SavedView(RecordSchema):
    """A look at patterns that a member finds again by a name of their own, on any device.

    query: what was asked, as it stands in the address: `about=tasks&subject=math`. Before it
    `look=time` and the like, where it is another screen than that of the patterns themselves.
    """

    kind = "saved_view"
    scope = ScopeType.OWN

    title = Text()
    query = Text()


@record_kind
class RegularFile(RecordSchema):
    """A file of patterns that is made for a member again and again, until they end it.

    query: what is asked and in which form, as it stands in the address of a file on demand:
    `format=csv&language=en&about=tasks`.
    """

    kind = "regular_file"
    scope = ScopeType.OWN

    query = Text()
    every = Choice(FileEvery)
