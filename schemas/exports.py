"""Patterns over the wire: what is asked, what is found, and the register of files."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from schemas.base import LocalDate, SafeText
from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternSubject,
    ProgramContext,
    Quantifier,
    RoomToRoom,
    SchoolSubject,
    Taker,
)

TABLES = (
    "evidence",
    "patterns",
    "next_level",
    "then_and_now",
    "contexts",
    "room_to_room",
    "focus_questions",
    "quarters",
    "figures",
    "read_alike",
    "codebook",
)
TABLE_FORMATS = ("csv", "jsonl", "parquet")
FORMATS = ("csv", "xlsx", "json", "jsonl", "pdf", "parquet")
FILE_STATES = ("waiting", "making", "ready", "refused")
MEASURE_FORMATS = ("csv", "xlsx", "jsonl", "pdf")
LANGUAGES = ("en", "es")


def _one_of(words: Any, **kwargs: Any) -> SafeText:
    return SafeText(validate=validate.OneOf([*words]), **kwargs)


def _said(words: Any, *, may_lack: bool = False) -> SafeText:
    """One word of a list in an answer. None is let through where it may lack."""
    return _one_of(words, required=True, allow_none=may_lack)


def _question(**kwargs: Any) -> SafeText:
    """The id that a focus question has in every round."""
    return SafeText(validate=validate.Regexp(r"\Aq[0-9a-f]{16}\Z"), **kwargs)


class PatternsQuery(Schema):
    """What is asked for; what is left out asks for everything."""

    class Meta:
        unknown = RAISE

    about = _one_of(PatternSubject)
    element = _one_of(CoreElement)
    grade_band = _one_of(GradeBand)
    subject = _one_of(SchoolSubject)
    context = _one_of(ProgramContext)
    question = _question()
    rooms = _one_of(RoomToRoom)
    words = SafeText(validate=validate.Length(1, 200))
    begins_on = LocalDate()
    ends_on = LocalDate()
    language = _one_of(LANGUAGES)


class PageQuery(PatternsQuery):
    """after: the place that an earlier answer said more stands behind."""

    after = SafeText(required=True, validate=validate.Length(1, 800))


class ContextsQuery(PatternsQuery):
    """Without a program context: the answer has each."""

    class Meta:
        unknown = RAISE
        exclude = ("context",)


class ExportQuery(PatternsQuery):
    format = _one_of(FORMATS, required=True)
    bom = fields.Boolean(load_default=True)


class MeasureExportQuery(Schema):
    """How a measure leaves. `bom`: for CSV alone, so that Excel reads UTF-8."""

    class Meta:
        unknown = RAISE

    format = _one_of(MEASURE_FORMATS, required=True)
    language = _one_of(LANGUAGES)
    bom = fields.Boolean(load_default=True)


class TableQuery(PatternsQuery):
    """One table of the workbook as a file of its own. `bom`: for CSV, so that Excel reads it."""

    table = _one_of(TABLES, required=True)
    format = _one_of(TABLE_FORMATS, required=True)
    bom = fields.Boolean(load_default=True)


class OrderQuery(ExportQuery):
    """A file as a whole, or one table of it in a form that a table has."""

    table = _one_of(TABLES)

    @validates_schema
    def _table_has_the_form(self, asked: dict[str, Any], **_: Any) -> None:
        if asked.get("table") and asked["format"] not in TABLE_FORMATS:
            raise ValidationError("Must be one of: " + ", ".join(TABLE_FORMATS), "format")


class LanguageQuery(Schema):
    class Meta:
        unknown = RAISE

    language = _one_of(LANGUAGES)


class TableSchemaQuery(LanguageQuery):
    table = _one_of(TABLES, load_default="evidence")


class EvidenceFound(Schema):
    """An agreed card, without a way to where it comes from."""

    text = SafeText(required=True)
    element = _said(CoreElement, may_lack=True)
    grade_band = _said(GradeBand, may_lack=True)
    subject = _said(SchoolSubject, may_lack=True)
    context = fields.List(_one_of(ProgramContext), required=True)
    questions = fields.List(_question(), required=True)


class FindingFound(Schema):
    """visited_in: the quarter, `2026-Q4`; visited: the same in words. Never the day.

    problem: the problem of practice that its round asked about, where it names nobody.
    is_cut: more evidence stands behind it; ask for it by the finding's id.
    """

    id = SafeText(required=True)
    sentence = SafeText(required=True)
    statement = SafeText(required=True)
    subject = _said(PatternSubject)
    quantifier = _said(Quantifier)
    element = _said(CoreElement, may_lack=True)
    visited_in = SafeText(required=True)
    visited = SafeText(required=True)
    problem = SafeText(required=True)
    evidence = fields.List(fields.Nested(EvidenceFound), required=True)
    is_cut = fields.Boolean(required=True)


class QuarterFound(Schema):
    """Three months with rounds in them; visited: the same in words."""

    quarter = SafeText(required=True)
    begins_on = LocalDate(required=True)
    visited = SafeText(required=True)
    rounds_count = fields.Integer(required=True)
    not_released_count = fields.Integer(required=True)
    classrooms = SafeText(required=True)


class FindingsPage(Schema):
    """more: where the next findings are; null where these are the last."""

    findings = fields.List(fields.Nested(FindingFound), required=True)
    more = SafeText(required=True, allow_none=True)


class FoundInContext(FindingsPage):
    """The first page of what has evidence from classes of one program, with that evidence.

    base: in how many rounds, in words.
    """

    context = _said(ProgramContext)
    base = SafeText(required=True)


class QuestionFound(Schema):
    """A focus question over rounds. seen: null where a part of the evidence was asked for."""

    id = _question(required=True)
    words = SafeText(required=True)
    seen = fields.Boolean(required=True, allow_none=True)


class ContextsFound(Schema):
    """Every program context, in the vocabulary's order: those without evidence too.

    questions: those that may be asked for. nothing: why there is no finding in any.
    """

    base_lines = fields.List(SafeText(), required=True)
    nothing = SafeText(required=True)
    contexts = fields.List(fields.Nested(FoundInContext), required=True)
    questions = fields.List(fields.Nested(QuestionFound), required=True)


class PairFound(Schema):
    """A pattern of one school, as its host opened it by name, and what stands beside it now."""

    school_id = SafeText(required=True)
    school = SafeText(required=True)
    then_in = SafeText(required=True)
    then_visited = SafeText(required=True)
    then = SafeText(required=True)
    now_in = SafeText(required=True, allow_none=True)
    now_visited = SafeText(required=True, allow_none=True)
    now = SafeText(required=True, allow_none=True)
    words = SafeText(required=True)


class ThenAndNowFound(Schema):
    """not_by_name_count: rounds that the reader may read and that have no part in it."""

    pairs = fields.List(fields.Nested(PairFound), required=True)
    not_by_name_count = fields.Integer(required=True)


class EvidenceOfFinding(Schema):
    evidence = fields.List(fields.Nested(EvidenceFound), required=True)


class NextLevelFound(Schema):
    text = SafeText(required=True)
    horizon = _said(Horizon)
    level = _said(Level)
    taken_on_by = _said(Taker, may_lack=True)
    support = SafeText(required=True)
    check_back_on = LocalDate(required=True)
    outcome = _said(CheckBack, may_lack=True)
    learned = SafeText(required=True)
    of_use = fields.Boolean(required=True, allow_none=True)


class ItemsPage(Schema):
    """next_level_more: where the next items are; null where these are the last."""

    next_level = fields.List(fields.Nested(NextLevelFound), required=True)
    next_level_more = SafeText(required=True, allow_none=True)


class FigureFound(Schema):
    """`of` is a grade band or a subject; null is all. `classrooms` are words or digits."""

    of = SafeText(required=True, allow_none=True)
    classrooms = SafeText(required=True)


class CoefficientFound(Schema):
    """`why` says what stands in the way where there is no value or no interval."""

    value = fields.Float(required=True, allow_none=True)
    low = fields.Float(required=True, allow_none=True)
    high = fields.Float(required=True, allow_none=True)
    error = fields.Float(required=True, allow_none=True)
    why = SafeText(required=True, allow_none=True)


class AgreementFound(Schema):
    """alike, by_chance: shares from 0 to 1. by_word: the same where one chose that word."""

    cards = fields.Integer(required=True)
    readers = fields.Integer(required=True)
    alike = fields.Float(required=True, allow_none=True)
    by_chance = fields.Float(required=True, allow_none=True)
    band = SafeText(required=True)
    coefficients = fields.Dict(
        keys=fields.String(), values=fields.Nested(CoefficientFound), required=True
    )
    by_word = fields.List(fields.Float(allow_none=True), required=True)


class ReadAlikeFound(Schema):
    """How alike people read: what a card is about where `question` is null."""

    question = SafeText(required=True, allow_none=True)
    rounds = fields.Integer(required=True)
    agreement = fields.Nested(AgreementFound, required=True)


class AlikePage(Schema):
    """read_alike_more: where the next questions are; null where these are the last."""

    read_alike = fields.List(fields.Nested(ReadAlikeFound), required=True)
    read_alike_more = SafeText(required=True, allow_none=True)


class PatternsFound(FindingsPage, ItemsPage, AlikePage):
    """Words first: findings are sentences; figures are words where they are about too few.

    base_lines: the base, a sentence a line. nothing: why there is no finding; empty where there
    is one.
    """

    about_this_evidence = SafeText(required=True)
    network = SafeText(required=True)
    asked = SafeText(required=True)
    base = SafeText(required=True)
    base_lines = fields.List(SafeText(), required=True)
    nothing = SafeText(required=True)
    rounds_count = fields.Integer(required=True)
    not_released_count = fields.Integer(required=True)
    held_back_count = fields.Integer(required=True)
    quarters = fields.List(fields.Nested(QuarterFound), required=True)
    questions = fields.List(fields.Nested(QuestionFound), required=True)
    figures = fields.List(fields.Nested(FigureFound), required=True)
    about_figures = SafeText(required=True)
    formats = fields.List(_said(FORMATS), required=True)


class FileOrdered(Schema):
    """in_background: it is large and will be among the asker's files; else fetch it now."""

    in_background = fields.Boolean(required=True)


class OrderedFile(Schema):
    """done, of: patterns that were read of all. why: why it was not kept, in words.

    table: the one that it is; null where it is all of them.
    """

    id = SafeText(required=True)
    asked_at = SafeText(required=True)
    goes_at = SafeText(required=True)
    format = _said(FORMATS)
    table = _said(TABLES, may_lack=True)
    filter = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    state = _said(FILE_STATES)
    why = SafeText(required=True, allow_none=True)
    done = fields.Integer(required=True)
    of = fields.Integer(required=True)
    fetched = fields.Boolean(required=True)


class FilesOrdered(Schema):
    files = fields.List(fields.Nested(OrderedFile), required=True)


class ExportMade(Schema):
    """One line of the register: what left, when, by whom, and how much of it."""

    id = SafeText(required=True)
    member_id = SafeText(required=True, allow_none=True)
    made_at = SafeText(required=True)
    format = _said(FORMATS)
    filter = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    sha256 = SafeText(required=True)


class ExportsMade(Schema):
    exports = fields.List(fields.Nested(ExportMade), required=True)
