"""Identity leaks: names, titles with names, room numbers and clock times in a text (rules 1, 3).

Finds candidates and proposes what may stand instead; a person decides. It must not change a
text by itself, and keeps nothing. Twin of pwa/src/domain/identity.ts, function by function;
both read schemas/words/identity.json and run tests/vectors/identity.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from importlib import resources

from server.domain.places import Finding, clock_and_room_findings

_WORDS = json.loads(resources.files("schemas").joinpath("words/identity.json").read_text("utf-8"))
_FIRST_NAMES = frozenset[str](_WORDS["first_names"])
_NAMES_OR_WORDS = frozenset[str](_WORDS["names_or_words"])
_NOT_NAMES = frozenset[str](_WORDS["not_names"])
_TEACHER_TITLES = frozenset[str](_WORDS["teacher_titles"])
_ADULT_TITLES = frozenset[str](_WORDS["adult_titles"])
_TITLES_OF_ANY_CASE = frozenset[str](_WORDS["titles_of_any_case"])
_PERSON_VERBS = frozenset[str](_WORDS["person_verbs"])
_NAME_CUES = frozenset[str](_WORDS["name_cues"])
_NO_INITIAL = frozenset({"teacher", "don", "sr"})
"""A "Teacher B" of a transcript is nobody; "Ms. B" is somebody."""

_SAYS = {
    "en": {"teacher": "[the teacher]", "adult": "[an adult]", "student": "[a student]"},
    "es": {"teacher": "[docente]", "adult": "[persona adulta]", "student": "[estudiante]"},
}

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPENER = re.compile(r"(?:^|[.!?…:;\"“”«»‘’'(\[\]{}\n*•>/|¿¡–—=+0-9\ufffc]|\s-)\s*$")
_POSSESSIVE = re.compile(r"['’][sS]$")
_PARTICLE = re.compile(r"^(?:Mc|Mac|De|Di|La|Le|Van)(?=(.))")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text without a possessive 's; `opens` where a sentence or quotation begins."""

    start: int
    end: int
    text: str
    opens: bool
    after: str

    @property
    def lower(self) -> str:
        return self.text.lower()


def find_identities(
    text: str,
    language: str = "en",
    *,
    began_at: str | None = None,
    minute: int | None = None,
    not_persons: Set[str] = frozenset(),
) -> list[Finding]:
    """Every candidate, in the order of its place, inside quotations too.

    began_at: when the visit began, local `09:05`; minute: the note's own. Either turns a
    clock time into a minute. not_persons: words, lower case, that somebody said are none.
    """
    places = clock_and_room_findings(text, language, began_at=began_at, minute=minute)
    persons = [
        person
        for person in _person_findings(text, language, not_persons)
        if not any(person.start < each.end and each.start < person.end for each in places)
    ]
    return sorted([*places, *persons], key=lambda finding: finding.start)


def replace_identities(text: str, findings: Iterable[Finding]) -> str:
    """The text with the findings' proposals in their places; the rest verbatim."""
    replaced: list[str] = []
    at = 0
    for finding in findings:
        replaced += [text[at : finding.start], finding.replacement]
        at = finding.end
    return "".join([*replaced, text[at:]])


def _person_findings(text: str, language: str, not_persons: Set[str]) -> list[Finding]:
    tokens = _tokens_of(text)
    found: list[Finding] = []
    at = 0
    while at < len(tokens):
        role = _title_role(tokens, at)
        first = at if role is None else at + 1
        length = _name_length(tokens, at) if role is None else _titled_length(tokens, first)
        if length == 0:
            at += 1
            continue
        named = tokens[at : first + length]
        if not any(token.lower in not_persons for token in named):
            start, end = named[0].start, _end_with_initial(text, named[-1].end)
            says = _SAYS[language][role or "student"]
            found.append(Finding(start, end, text[start:end], "person", says))
        at = first + length
    return found


def _end_with_initial(text: str, end: int) -> int:
    """ "Jamal W.": the initial goes with the name."""
    space, initial, dot, behind = (text[end + i : end + i + 1] for i in range(4))
    if space != " " or not initial.isupper() or initial == "I":
        return end
    if dot == ".":
        return end + 2 if _continues(behind) else end + 3
    return end if _continues(dot) else end + 2


def _continues(character: str) -> bool:
    return character.isalnum() or character in {"'", "’"}


def _tokens_of(text: str) -> list[_Token]:
    matches = list(_WORD.finditer(text))
    tokens: list[_Token] = []
    for index, match in enumerate(matches):
        start = match.start()
        word = _POSSESSIVE.sub("", match.group())
        before = text[max(0, start - 4) : start]
        opens = start == 0 or bool(_OPENER.search(before)) or (not before.strip() and start < 4)
        following = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        tokens.append(_Token(start, start + len(word), word, opens, text[match.end() : following]))
    return tokens


def _title_role(tokens: Sequence[_Token], at: int) -> str | None:
    """Whose name follows, when this word is a title and a name stands right behind it."""
    if at + 1 >= len(tokens) or tokens[at].after not in {"", " ", ".", ". "}:
        return None
    title = tokens[at]
    if not _is_title(title) or not _is_name_behind(title, tokens[at + 1]):
        return None
    return "teacher" if title.lower in _TEACHER_TITLES else "adult"


def _is_name_behind(title: _Token, word: _Token) -> bool:
    any_case = title.lower in _TITLES_OF_ANY_CASE
    if _is_initial(word):
        may_be = any_case or (_is_capital(title.text) and title.lower not in _NO_INITIAL)
        return may_be and word.text != "I"
    if word.lower in _NOT_NAMES:
        return any_case and _is_capital(word.text) and not _is_title(word)
    if _is_capital(word.text) or word.lower in _FIRST_NAMES:
        return True
    return any_case and len(word.text) > 2 and word.lower not in _PERSON_VERBS


def _is_title(token: _Token) -> bool:
    return token.lower in _TEACHER_TITLES or token.lower in _ADULT_TITLES


def _titled_length(tokens: Sequence[_Token], first: int) -> int:
    """How many words the name behind a title has."""
    if first + 1 >= len(tokens) or tokens[first].after != " ":
        return 1
    second = tokens[first + 1]
    return 2 if _is_capital(second.text) and not _is_known_word(second) else 1


def _name_length(tokens: Sequence[_Token], at: int) -> int:
    """How many words from here are a bare name: 0 for none."""
    if not _is_name(tokens, at):
        return 0
    length = 1
    while at + length < len(tokens):
        word = tokens[at + length]
        joined = tokens[at + length - 1].after == " " and _is_capital(word.text)
        if not joined or _is_known_word(word) or _is_title(word):
            break
        length += 1
    return length


def _is_name(tokens: Sequence[_Token], at: int) -> bool:
    token = tokens[at]
    if _is_known_word(token) or _is_title(token) or len(token.text) < 2:
        return False
    if not _is_capital(token.text):
        return _is_lower_name(tokens, at)
    if token.lower in _FIRST_NAMES:
        return True
    shout = token.text == token.text.upper()
    if shout or _has_inner_capital(token.text) or _is_title_of_thing(tokens, at):
        return False
    if not token.opens:
        return True
    return _does_something(tokens, at) or (
        token.lower in _NAMES_OR_WORDS and _has_surname(tokens, at)
    )


def _is_title_of_thing(tokens: Sequence[_Token], at: int) -> bool:
    """ "Fast Math", "Session 1", "Shape B": a thing, not a person."""
    token = tokens[at]
    if re.match(r"[ -]?#?[0-9]", token.after):
        return True
    if at + 1 < len(tokens) and token.after == " " and _is_thing(tokens[at + 1]):
        return True
    before = tokens[at - 1] if at > 0 else None
    return before is not None and not before.opens and before.after == " " and _is_thing(before)


def _is_thing(token: _Token) -> bool:
    if token.text == "I":
        return False
    named = _is_capital(token.text) and token.lower in _NOT_NAMES and not _is_title(token)
    return named or (_is_initial(token) and not token.opens)


def _is_lower_name(tokens: Sequence[_Token], at: int) -> bool:
    """A name typed without a capital, as tablets with capitals off make it: well-known ones."""
    token = tokens[at]
    if token.lower not in _FIRST_NAMES or token.text != token.lower:
        return False
    cue = at > 0 and not token.opens and tokens[at - 1].lower in _NAME_CUES
    return cue or _does_something(tokens, at)


def _does_something(tokens: Sequence[_Token], at: int) -> bool:
    """ "Quanisha Barlow raises": behind the name, and a surname, stands what a person does."""
    if at + 1 >= len(tokens) or tokens[at].after != " ":
        return False
    if tokens[at + 1].lower in _PERSON_VERBS:
        return True
    if at + 2 >= len(tokens) or tokens[at + 1].after != " " or not _has_surname(tokens, at):
        return False
    return tokens[at + 2].lower in _PERSON_VERBS


def _has_surname(tokens: Sequence[_Token], at: int) -> bool:
    if at + 1 >= len(tokens) or tokens[at].after != " ":
        return False
    word = tokens[at + 1]
    unknown = word.lower not in _FIRST_NAMES and not _is_known_word(word)
    return _is_capital(word.text) and unknown


def _is_known_word(token: _Token) -> bool:
    if token.lower in _NOT_NAMES or _is_initial(token):
        return True
    if any(_is_capital(part) for part in re.split("['’]", token.text)[1:]):
        return False
    stem = re.split("['’-]", token.lower)[0]
    return stem in _NOT_NAMES or token.lower.removesuffix("s") in _NOT_NAMES


def _is_initial(token: _Token) -> bool:
    return len(token.text) == 1 and token.text.isupper()


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _has_inner_capital(word: str) -> bool:
    """YouTube is no person; McDonald, O'Neil and Jean-Luc are."""
    particle = _PARTICLE.match(word)
    if particle and particle.group(1).isupper():
        word = word[particle.end() :]
    return any(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False))
