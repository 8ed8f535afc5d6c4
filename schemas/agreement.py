"""Records of reading apart: how each of several people read the same cards, before they talk.

For learning which words are read differently. A reading names no member: its `reader` is a
random id that nobody but its own reader can lead back to a person (docs/adr/0028).
"""

from schemas.base import Choice, Flag, RecordSchema, Reference, Tags, record_kind
from schemas.vocabulary import CoreElement, ScopeType


@record_kind
class Reader(RecordSchema):
    """That somebody reads in a round, and whether they have read all. Its own reader's alone.

    Its random id stands in their readings: nobody else can lead it back to a person.
    """

    kind = "reader"
    scope = ScopeType.OWN

    round = Reference("round")
    finished = Flag()


@record_kind
class Reading(RecordSchema):
    """How one reader read one card. Its id is made of the card's and the reader's.

    Each focus question is a tag of one of three fields: the card bears on it, partly, or not.
    A question with a tag in several of them was answered on two devices at once: no answer.
    """

    kind = "reading"
    scope = ScopeType.VISITORS

    card = Reference("card")
    reader = Reference("reader")
    element = Choice(CoreElement)
    bears = Tags(to="focus_question")
    bears_partly = Tags(to="focus_question")
    bears_not = Tags(to="focus_question")
