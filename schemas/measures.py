"""Records of measures: what a network counts over time. Typed in or imported, never cards."""

from schemas.base import (
    Choice,
    DecimalText,
    LocalDate,
    RecordSchema,
    Reference,
    Tags,
    Text,
    record_kind,
)
from schemas.vocabulary import ChartForm, CountedBase, NumberSort, ScopeType


@record_kind
class Measure(RecordSchema):
    """What is counted, and how its chart is drawn. It belongs to the network, to no school.

    `not_a_person/<slug>` is the name check's memory, as in a return summary.
    """

    kind = "measure"
    scope = ScopeType.NETWORK

    title = Text()
    about = Text()
    unit = Text()
    numbers = Choice(NumberSort)
    base = Choice(CountedBase)
    form = Choice(ChartForm)
    aim = DecimalText()
    not_a_person = Tags()


@record_kind
class MeasurePoint(RecordSchema):
    """One number of one day. `out_of` is what a share or rate is taken of, `round` the round on
    whose day it was counted: shown to whoever holds that round, and to nobody else.

    The id is made from measure and day, so that the same day typed twice is one point; of
    `samples` a day may have several.
    """

    kind = "measure_point"
    scope = ScopeType.NETWORK

    measure = Reference("measure")
    measured_on = LocalDate()
    value = DecimalText()
    out_of = DecimalText()
    note = Text()
    round = Reference("round")
