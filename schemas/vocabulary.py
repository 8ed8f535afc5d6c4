"""The closed lists of the practice. The words stand in docs/glossary.md.

A word is never renamed once it has travelled: devices keep it for years.
"""

from enum import StrEnum


class NetworkRole(StrEnum):
    """What somebody is in a network. A membership holds one or more."""

    MEMBER = "member"
    LEAD = "lead"
    ANALYST = "analyst"
    ADMIN = "admin"


class RoundRole(StrEnum):
    """What a member is in one round."""

    HOST = "host"
    VISITOR = "visitor"
    FACILITATOR = "facilitator"
    TIMEKEEPER = "timekeeper"
    DOCUMENTER = "documenter"
    APPRENTICE = "apprentice"
    GUEST = "guest"


class ScopeType(StrEnum):
    """What access is granted on; the part of a scope before its colon."""

    OWN = "own"
    VISITORS = "visitors"
    ROUND = "round"
    NETWORK = "network"


class FieldKind(StrEnum):
    """How two values of one field are merged (docs/sync-protocol.md, 1)."""

    TEXT = "text"
    CHOICE = "choice"
    TAG = "tag"
    POSITION = "position"
    DELETED = "deleted"


class Verdict(StrEnum):
    """What the server said of a change when it numbered it."""

    APPLIED = "applied"
    SET_ASIDE = "set_aside"
    PURGED = "purged"
    INVALID = "invalid"


class SetAsideReason(StrEnum):
    ACCESS = "access"
    SCHEMA = "schema"
    VALIDATION = "validation"
    SCOPE = "scope"


class CoreElement(StrEnum):
    """The instructional core: who or what a note is about."""

    TEACHER = "teacher"
    STUDENT = "student"
    TASK = "task"
    RELATION = "relation"


class GradeBand(StrEnum):
    PRE_K = "pre_k"
    K_2 = "k_2"
    GRADES_3_5 = "3_5"
    GRADES_6_8 = "6_8"
    GRADES_9_12 = "9_12"


class SchoolSubject(StrEnum):
    """The subject of a lesson. Of a pattern, see PatternSubject."""

    MATH = "math"
    LANGUAGE_ARTS = "language_arts"
    SCIENCE = "science"
    SOCIAL_STUDIES = "social_studies"
    WORLD_LANGUAGES = "world_languages"
    ARTS = "arts"
    PHYSICAL_EDUCATION = "physical_education"
    CAREER_TECHNICAL = "career_technical"
    OTHER = "other"


class ProgramContext(StrEnum):
    """Track, language and inclusion of a classroom; never of a person."""

    ADVANCED = "advanced"
    INTERVENTION = "intervention"
    ENGLISH_LEARNERS = "english_learners"
    DUAL_LANGUAGE = "dual_language"
    INCLUSION = "inclusion"
    SPECIAL_EDUCATION = "special_education"


class Position(StrEnum):
    """Where a member works in the system: used to mix teams, nothing else."""

    TEACHER_LEADER = "teacher_leader"
    ASSISTANT_PRINCIPAL = "assistant_principal"
    PRINCIPAL = "principal"
    DISTRICT_LEADER = "district_leader"
    SUPERINTENDENT = "superintendent"
    PARTNER = "partner"


class RoundStage(StrEnum):
    """Where a round stands, as its lead says."""

    PLANNING = "planning"
    READY = "ready"
    CLOSED = "closed"


class CardStanding(StrEnum):
    """A card's way through read and agree."""

    POSTED = "posted"
    AGREED = "agreed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Phase(StrEnum):
    """The debrief's phases, in the order that no template changes."""

    DESCRIBE = "describe"
    ANALYZE = "analyze"
    PREDICT = "predict"
    NEXT_LEVEL = "next_level"


class DotReason(StrEnum):
    """What a matched team says of a card's words; never of a person."""

    JUDGES = "judges"
    VAGUE = "vague"
    OFF_PROBLEM = "off_problem"


class Activity(StrEnum):
    """What is done in a step of a runbook. `other` is a step of a network's own."""

    REREAD = "reread"
    READ_AND_AGREE = "read_and_agree"
    CROSS_CHECK = "cross_check"
    HOW_ALIKE = "how_alike"
    OWN_WALL = "own_wall"
    GALLERY_WALK = "gallery_walk"
    ONE_WALL = "one_wall"
    PATTERNS = "patterns"
    PREDICT = "predict"
    HOST_SPEAKS = "host_speaks"
    NEXT_LEVEL = "next_level"
    COMMIT = "commit"
    OTHER = "other"


class Actor(StrEnum):
    """Who acts in a step."""

    ALONE = "alone"
    TEAM = "team"
    MATCHED_TEAMS = "matched_teams"
    EVERYONE = "everyone"
    THE_HOST = "the_host"


class HostPart(StrEnum):
    """What the host does until it is the host's turn to speak."""

    LISTENS = "listens"
    TAKES_PART = "takes_part"


class NormHeld(StrEnum):
    """What the network says of one of its norms at the end of the day; of nobody in it."""

    HELD = "held"
    LOOK_AGAIN = "look_again"


class PatternForm(StrEnum):
    """Evidence from one classroom may stand as a contrast or a question."""

    PATTERN = "pattern"
    CONTRAST = "contrast"
    QUESTION = "question"


class FileEvery(StrEnum):
    """How often a file of patterns is made by itself."""

    MONTH = "month"
    QUARTER = "quarter"


class PatternSubject(StrEnum):
    TEACHERS = "teachers"
    STUDENTS = "students"
    TASKS = "tasks"


class Quantifier(StrEnum):
    """How many of the classrooms that were visited."""

    FEW = "few"
    SOME = "some"
    MANY = "many"
    MOST = "most"


class RoomToRoom(StrEnum):
    """Whether what was seen was much the same in the rooms of its day."""

    ALIKE = "alike"
    DIFFERENT = "different"


class Consensus(StrEnum):
    AGREE = "agree"
    NOT_YET = "not_yet"


class Horizon(StrEnum):
    NEXT_WEEK = "next_week"
    NEXT_MONTH = "next_month"
    END_OF_YEAR = "end_of_year"


class Level(StrEnum):
    CLASSROOM = "classroom"
    SCHOOL = "school"
    DISTRICT = "district"
    NETWORK = "network"


class Taker(StrEnum):
    """Roles and groups that may take on an item when no one member does."""

    HOST_PRINCIPAL = "host_principal"
    HOST_LEADERSHIP_TEAM = "host_leadership_team"
    GRADE_TEAMS = "grade_teams"
    SUBJECT_TEAMS = "subject_teams"
    COACHES = "coaches"
    DISTRICT_OFFICE = "district_office"
    NETWORK_LEADS = "network_leads"
    WHOLE_NETWORK = "whole_network"


class CheckBack(StrEnum):
    """What became of an item, said at the check-back."""

    DONE = "done"
    DOING = "doing"
    CHANGED = "changed"
    LET_GO = "let_go"


class RevisitForm(StrEnum):
    """How a network comes back: an hour's talk, or a round of its own at the same school."""

    CONVERSATION = "conversation"
    SECOND_VISIT = "second_visit"


class PredictionSeen(StrEnum):
    """What was seen, at the revisit, of what had been predicted."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"
    TOO_EARLY = "too_early"


class Audience(StrEnum):
    """Whom the host opens a return summary to, one by one."""

    SCHOOL = "school"
    NETWORK = "network"
    DISTRICT = "district"
    PUBLIC = "public"


class NumberSort(StrEnum):
    """How the numbers of a measure were gathered; its control limits follow from it."""

    VALUE = "value"
    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    SAMPLES = "samples"


class CountedBase(StrEnum):
    """Of what a share or rate is taken, and what is counted. Few of the first two are not shown."""

    STUDENTS = "students"
    CLASSROOMS = "classrooms"
    SOMETHING_ELSE = "something_else"


class ChartForm(StrEnum):
    """How a measure is drawn, and by which rules its chart is read."""

    RUN = "run"
    CONTROL = "control"
    MOVEMENT = "movement"
    PLOT_THE_DOTS = "plot_the_dots"
