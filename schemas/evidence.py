"""Records of evidence: what one visitor saw, and the cards made of it.

No field here, and no field anywhere, holds the name of a teacher or a student.
"""

from schemas.base import (
    Choice,
    Flag,
    Moment,
    Number,
    PositionField,
    RecordSchema,
    Reference,
    Tags,
    Text,
    record_kind,
)
from schemas.vocabulary import (
    CardStanding,
    CoreElement,
    GradeBand,
    ProgramContext,
    SchoolSubject,
    ScopeType,
)


@record_kind
class Observation(RecordSchema):
    """A visit of one author to one classroom; its author's alone."""

    kind = "observation"
    scope = ScopeType.OWN
    goes = True

    round = Reference("round")
    slot = Reference("slot")
    classroom = Reference("classroom")
    began_at = Moment()
    ended_at = Moment()


@record_kind
class Note(RecordSchema):
    """One line of evidence; its author's alone. `minute` counts from the visit's start."""

    kind = "note"
    scope = ScopeType.OWN
    goes = True

    round = Reference("round")
    observation = Reference("observation")
    classroom = Reference("classroom")
    text = Text()
    element = Choice(CoreElement)
    minute = Number(high=24 * 60)
    order = Number()
    starred = Flag()
    chosen = Flag()
    focus_questions = Tags(to="focus_question")
    tags = Tags()


@record_kind
class Card(RecordSchema):
    """One piece of evidence as the round sees it: no classroom, no time, no author.

    Grade band, subject and context are set only where at least three classrooms of the
    round share them (rule 15).
    """

    kind = "card"
    scope = ScopeType.ROUND

    text = Text()
    element = Choice(CoreElement)
    grade_band = Choice(GradeBand)
    subject = Choice(SchoolSubject)
    context = Tags(ProgramContext)
    focus_questions = Tags(to="focus_question")
    standing = Choice(CardStanding)
    position = PositionField()
    made_from = Reference("card")


@record_kind
class CardSource(RecordSchema):
    """Where a card comes from: for the round's visitors, never for its host."""

    kind = "card_source"
    scope = ScopeType.VISITORS
    shows_author = True

    card = Reference("card")
    note = Reference("note")
    classroom = Reference("classroom")
    team = Reference("team")
    member = Reference("member")
    minute = Number(high=24 * 60)
