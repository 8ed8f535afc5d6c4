"""Records of planning a round. All lie in the round's scope; none holds a person's words
about a person, and none leads from a visit number to a room."""

from schemas.base import (
    Choice,
    Flag,
    LocalDate,
    LocalTime,
    Moment,
    Number,
    RecordSchema,
    Reference,
    Tags,
    Text,
    record_kind,
)
from schemas.vocabulary import (
    GradeBand,
    ProgramContext,
    RoundRole,
    RoundStage,
    SchoolSubject,
    ScopeType,
)


@record_kind
class Round(RecordSchema):
    """One day at one host school. Its id is the id of its scope: `round:<id>`."""

    kind = "round"
    scope = ScopeType.ROUND

    title = Text()
    host_school = Reference("school")
    visits_on = LocalDate()
    begins_at = LocalTime()
    ends_at = LocalTime()
    lunch_begins_at = LocalTime()
    lunch_ends_at = LocalTime()
    address = Text()
    entrance = Text()
    parking = Text()
    meeting_room = Text()
    phone = Text()
    day_notes = Text()
    visit_minutes = Number(low=5, high=120)
    visits_begin_at = LocalTime()
    visits_end_at = LocalTime()
    visits_per_team = Number(low=1, high=12)
    host_school_visits = Flag()
    stage = Choice(RoundStage)
    previous_round = Reference("round")


@record_kind
class Participant(RecordSchema):
    """What a member is in this round. Access follows it, so leads alone write it.

    Its id is made from the round's and the member's (see domain), so that two devices
    that add the same member make one record.
    """

    kind = "participant"
    scope = ScopeType.ROUND

    member = Reference("member")
    roles = Tags(RoundRole)


@record_kind
class ProblemOfPractice(RecordSchema):
    """What the host does not know how to solve, with one open question a test may raise."""

    kind = "problem_of_practice"
    scope = ScopeType.ROUND
    shows_author = True

    text = Text()
    about_the_core = Text()
    observable = Text()
    actionable = Text()
    connected = Text()
    high_leverage = Text()
    not_yet_known = Text()


@record_kind
class TheoryOfAction(RecordSchema):
    """One version: if / then / so that. A new version is a new record.

    `begun_at` tells what was begun in a debrief, or when the network came back, from what the
    round tested: the first may be corrected there, the second is read.
    """

    kind = "theory_of_action"
    scope = ScopeType.ROUND
    shows_author = True

    version = Number(low=1, high=999)
    begun_at = Moment()
    if_text = Text()
    then_text = Text()
    so_that_text = Text()


@record_kind
class FocusQuestion(RecordSchema):
    """What visitors keep in mind. `standards`: what of a framework it bears on."""

    kind = "focus_question"
    scope = ScopeType.ROUND

    text = Text()
    order = Number(high=9_999)
    standards = Tags(to="standard")


@record_kind
class Norm(RecordSchema):
    kind = "norm"
    scope = ScopeType.ROUND

    text = Text()
    order = Number(high=9_999)


@record_kind
class NormsAgreement(RecordSchema):
    """One member has read the norms and agrees."""

    kind = "norms_agreement"
    scope = ScopeType.ROUND

    member = Reference("member")
    agreed_at = Moment()


@record_kind
class Classroom(RecordSchema):
    """V1, V2, ...: a visit number and what may be said of it without saying who.

    Visits are welcome from `free_from` until `free_until`; where neither is said, all day.
    """

    kind = "classroom"
    scope = ScopeType.ROUND

    number = Number(low=1, high=999)
    grade_band = Choice(GradeBand)
    subject = Choice(SchoolSubject)
    context = Tags(ProgramContext)
    spare_of = Reference("team")
    joined_to = Reference("classroom")
    free_from = LocalTime()
    free_until = LocalTime()


@record_kind
class Team(RecordSchema):
    kind = "team"
    scope = ScopeType.ROUND

    name = Text()
    order = Number(high=999)
    members = Tags(to="member")
    facilitator = Reference("member")


@record_kind
class Slot(RecordSchema):
    """A team's visit to a classroom. Not today: `skipped`, no reason stored."""

    kind = "slot"
    scope = ScopeType.ROUND

    team = Reference("team")
    classroom = Reference("classroom")
    begins_at = LocalTime()
    minutes = Number(low=5, high=120)
    skipped = Flag()
