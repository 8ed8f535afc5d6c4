"""Records of what comes next: next-level items, the summary that returns to the host, and
coming back months later."""

from schemas.base import (
    Choice,
    Flag,
    LocalDate,
    Moment,
    Number,
    RecordSchema,
    Reference,
    Tags,
    Text,
    record_kind,
)
from schemas.vocabulary import (
    Audience,
    CheckBack,
    Horizon,
    Level,
    NormHeld,
    RevisitForm,
    ScopeType,
    Taker,
)


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
class Commitment(RecordSchema):
    """What one member will do before the network meets again, and what became of it.

    Said aloud by whoever wants to; written for oneself. Its id is made from the round's and
    the member's.
    """

    kind = "commitment"
    scope = ScopeType.OWN

    round = Reference("round")
    text = Text()
    outcome = Choice(CheckBack)


@record_kind
class ReflectiveQuestion(RecordSchema):
    """A question that the visitors leave with the host, to think about and not to answer."""

    kind = "reflective_question"
    scope = ScopeType.ROUND

    text = Text()
    order = Number(high=9_999)


@record_kind
class NormCheck(RecordSchema):
    """How one norm held, as the network says together. Its id is made from the norm's."""

    kind = "norm_check"
    scope = ScopeType.ROUND

    held = Choice(NormHeld)
    next_time = Text()


@record_kind
class ReturnSummary(RecordSchema):
    """The one page that returns to the host, who opens it audience by audience.

    Its id is made from the round's. `opened/*`, `then_and_now/*`, `host_words` and the word to the
    staff of the same day are the host's alone; the last holds no finding.

    `*_as_opened`, the host's alone: the leads' words as they stood when the host opened it, and
    when the debrief was closed that it was opened from. Others read these and no later words,
    and nothing once the debrief was closed anew, until the host opens it again (docs/adr/0056).

    `then_and_now/<audience>`: whoever the round is opened to may also read then and now of the
    school under its name (the network and the district alone are ever asked).

    `reminded_at`, the leads' alone: when one of them last reminded the host to read it. The host
    is told that it waits, by the notices that there are, and nothing of what is in it.

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
    thanks_as_opened = Text()
    network_words_as_opened = Text()
    closing_as_opened = Moment()
    same_day_word = Text()
    hear_on = LocalDate()
    reminded_at = Moment()
    not_a_person = Tags()
    then_and_now = Tags(Audience)


@record_kind
class Revisit(RecordSchema):
    """When and how the network comes back to a round. Its id is made from the round's.

    It lies in the round that is come back to. `second_round` is the round of a second visit.
    `opened_at` says when the seal on the predictions was opened.
    """

    kind = "revisit"
    scope = ScopeType.ROUND

    form = Choice(RevisitForm)
    meets_on = LocalDate()
    second_round = Reference("round")
    opened_at = Moment()


@record_kind
class PatternNow(RecordSchema):
    """What stands beside a pattern at the revisit. Its id is made from the pattern's.

    `second_pattern` is one of the second visit's; of a conversation there are words alone.
    """

    kind = "pattern_now"
    scope = ScopeType.ROUND

    pattern = Reference("pattern")
    second_pattern = Reference("pattern")
    text = Text()
