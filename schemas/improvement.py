"""Records of what comes next: next-level items, and the summary that returns to the host."""

from schemas.base import (
    Choice,
    Flag,
    LocalDate,
    Number,
    RecordSchema,
    Reference,
    Tags,
    Text,
    record_kind,
)
from schemas.vocabulary import Audience, CheckBack, Horizon, Level, ScopeType, Taker


@record_kind
class NextLevelItem(RecordSchema):
    """What is done next. Who takes it on is a member, a role or a group: never typed."""

    kind = "next_level_item"
    scope = ScopeType.ROUND

    text = Text()
    horizon = Choice(Horizon)
    level = Choice(Level)
    taken_on_by_member = Reference("member")
    taken_on_by = Choice(Taker)
    support = Text()
    check_back_on = LocalDate()
    starts_first = Flag()
    order = Number(high=9_999)
    outcome = Choice(CheckBack)
    learned = Text()
    of_use = Flag()


@record_kind
class ReturnSummary(RecordSchema):
    """The one page that returns to the host, who opens it audience by audience.

    Its id is made from the round's. `opened/*` and `host_words` are the host's alone.

    `not_a_person/<slug>` is the name check's memory: words of the summary that somebody
    looked at and that name nobody (Lincoln in a history lesson). A slug is
    `domain/names_check`'s digest of the word, so that no clock decides what was looked at.
    """

    kind = "return_summary"
    scope = ScopeType.ROUND

    thanks = Text()
    network_words = Text()
    host_words = Text()
    opened = Tags(Audience)
    not_a_person = Tags()
