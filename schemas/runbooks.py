"""Records of the runbook: the steps that a network goes through, as data that people change.

A step says what is done and for how long; it decides nothing. What a step leaves empty is
said in the usual words (schemas/messages), which both languages have.
"""

from schemas.base import Choice, Flag, Number, RecordSchema, Reference, Text, record_kind
from schemas.vocabulary import Activity, Actor, Phase, ScopeType


class StepFields(RecordSchema):
    """What a step is, in a round as in a template. `order` counts within its phase."""

    activity = Choice(Activity)
    phase = Choice(Phase)
    order = Number(high=9_999)
    minutes = Number(low=1, high=240)
    actor = Choice(Actor)
    left_out = Flag()
    title = Text()
    prompts = Text()
    script = Text()
    why = Text()


@record_kind
class Step(StepFields):
    """One step of a round's runbook: what differs from the usual one of the same id."""

    kind = "step"
    scope = ScopeType.ROUND

    runbook = Reference("template")


@record_kind
class Template(RecordSchema):
    """A runbook that a network keeps under a name, for its next rounds."""

    kind = "template"
    scope = ScopeType.NETWORK

    name = Text()


@record_kind
class TemplateStep(StepFields):
    kind = "template_step"
    scope = ScopeType.NETWORK

    template = Reference("template")


@record_kind
class StepNote(RecordSchema):
    """What one documenter wrote of a step: team talk, so the host does not hold it."""

    kind = "step_note"
    scope = ScopeType.VISITORS

    step = Reference("step")
    text = Text()
