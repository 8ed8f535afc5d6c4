"""Words that name no thing, field, button or column of this product (rule 14).

They may stand in a sentence that says what this is not. Must not be used on what people
write: nobody's note is refused for a word.
"""

import re

IN_NAMES = (
    "score",
    "rating",
    "rank",
    "ranking",
    "evaluate",
    "evaluation",
    "inspect",
    "inspection",
    "compliance",
    "gap",
    "deficit",
    "low_performing",
    "grade_teacher",
    "teacher_grade",
    "district_staff",
    "network_staff",
)
"""As they would stand in an identifier, parted by underscores. `staff` alone is the host's."""

ON_BUTTONS = {
    "en": re.compile(
        r"\b(scor(e|es|ed|ing)|ratings?|rank(s|ed|ing|ings)?|evaluat(e|es|ed|ing|ions?)"
        r"|inspect(s|ed|ing|ions?|ors?)?|compliance|gaps?|deficits?|low[- ]performing"
        r"|grade (a|the|your) teachers?|district staff|network staff)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(puntaj\w+|puntuaci\w+|calificaci\w+|calificar|evalua\w*|evalúa\w*|inspecci\w+"
        r"|cumplimiento|brechas?|déficits?|bajo rendimiento|clasificaci\w+ de|ranking)\b",
        re.IGNORECASE,
    ),
}
"""As they would stand in what a screen says."""


def refused_in_name(name: str) -> str | None:
    """The refused word in an identifier of either style, or None."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").replace(".", "_")
    words = f"_{parted.lower()}_"
    return next((word for word in IN_NAMES if re.search(f"_{word}s?_", words)), None)


def refused_in_words(text: str, language: str) -> str | None:
    """The refused word in what a screen says, or None."""
    match = ON_BUTTONS[language].search(text)
    return match.group() if match else None
