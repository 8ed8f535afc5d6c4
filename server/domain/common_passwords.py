"""Passwords that a guesser tries first, told by how they are made.

Lists of the commonest passwords are a few hundred words, walks over the keyboard, and runs of
digits, each with a number, a sign or a capital added. So the words stand here and the ways of
adding are code: with both, some words refuse all of their thousands of forms. The words are
our own choice, in English and Spanish; those of the product, of the network and of the person
are added by whoever asks. Must not ask for kinds of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from server.domain.folding import fold

_PRODUCT = (
    "rounds round instructional instructionalrounds rondas ronda school schools escuela escuelas "
    "district distrito network classroom teacher teachers maestro maestra profesor profesora "
    "student students principal director directora visitor visit debrief pattern"
)
PRODUCT = frozenset(_PRODUCT.split())
"""Words of this product and of where it is used."""

_WORDS = (
    "password passwort passcode passphrase contrasena contrasenia clave secret secreto secreta "
    "welcome bienvenido bienvenida hello hola letmein changeme cambiame default guest invitado "
    "admin administrator administrador root user usuario login signin master maestro test testing "
    "prueba demo sample example ejemplo temp temporary temporal mypassword mipassword newpassword "
    "qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc "
    "abc abcd abcde abcdef abcdefg abcdefgh iloveyou teamo teamomucho tequiero loveyou love amor "
    "princess princesa angel angelito sunshine moonlight starlight shadow dragon monkey tiger "
    "lion panther eagle falcon wolf bear kitty kitten puppy dolphin butterfly mariposa flower "
    "flores rainbow summer winter spring autumn verano invierno primavera otono january february "
    "march april june july august september october november december enero febrero marzo abril "
    "mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday "
    "thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo "
    "football futbol soccer baseball basketball hockey softball volleyball tennis golf running "
    "michael michelle jennifer jessica jordan ashley daniel andrew anthony matthew joshua charlie "
    "thomas robert william jonathan nicole amanda samantha elizabeth victoria alexander alejandro "
    "alejandra carlos miguel fernando fernanda francisco guadalupe gabriela roberto ricardo "
    "maria jose juan luis antonio isabella sebastian santiago valentina superman batman spiderman "
    "pokemon pikachu starwars startrek skywalker naruto mickey minnie hellokitty harrypotter "
    "computer computadora internet google facebook instagram youtube microsoft windows apple "
    "samsung iphone android tablet chromebook chocolate cookie cookies cheese coffee pizza banana "
    "orange purple yellow green silver golden diamond freedom liberty america american mexico "
    "colorado texas california florida newyork arizona nevada chicago dallas houston denver "
    "money dinero lucky suerte family familia mother father mama papa mommy daddy baby babygirl "
    "babyboy bonita hermosa princesita forever friends friend amigos amiga amigo jesus jesuschrist "
    "christ cristo dios godisgood blessed blessing faith heaven church trustno trustnoone "
    "whatever nothing something anything everything blink access unlock open abretesesamo "
    "opensesame hacker killer ninja warrior samurai knight legend "
    "hunter ranger cowboy cowboys yankees lakers eagles steelers broncos raiders patriots packers "
    "mustang ferrari porsche corvette camaro harley yamaha honda toyota mercedes guitar music "
    "musica metallica slipknot nirvana beautiful gorgeous perfect happy smile sweet sugar honey "
    "reading library biblioteca education educacion learning kindergarten homework math science "
    "pencil teach teaching learn mascot wildcats bulldogs panthers tigers"
)
WORDS = frozenset(_WORDS.split())

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_COLUMNS = "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"
_PAD = "147258369", "741852963", "159753", "11223344556677889900"
_PAIRS = "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p", "a1b2c3d4e5f6g7h8", "1a2b3c4d5e6f7g8h"
_WALKS = [way for row in (*_ROWS, _COLUMNS, *_PAD, *_PAIRS) for way in (row * 2, row[::-1] * 2)]
_SHORTEST_WALK = 3

_MEANT = str.maketrans("013457@$!", "oieastasi")


def is_common(password: str, names: Iterable[str] = ()) -> bool:
    """Whether a guesser would try it soon. names: of the network, its places, the person."""
    typed = fold(password)
    bare = re.sub(r"[\W_]+", "", typed)
    if len({*bare}) <= 3 or _is_repeated(bare) or _is_walk(bare):
        return True
    known = WORDS | PRODUCT | {re.sub(r"[\W_\d]+", "", fold(name)) for name in names}
    known |= {word for name in names for word in re.findall(r"[^\W\d_]{3,}", fold(name))}
    inside = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed)
    forms = {inside, typed.translate(_MEANT), inside.translate(_MEANT)}
    return any(_is_made_of(re.sub(r"[\W\d_]+", "", form), known) for form in forms)


def _is_repeated(text: str) -> bool:
    """`abcabcabc`, `12121212`."""
    return re.fullmatch(r"(.{1,6}?)\1+", text) is not None


def _is_walk(text: str) -> bool:
    """Whether walks over the keyboard or along the alphabet make all of it but two signs."""
    left, odd = text, 0
    while left:
        steps = next((n for n in range(len(left), 0, -1) if _is_one_walk(left[:n])), 1)
        odd += steps if steps < _SHORTEST_WALK else 0
        left = left[steps:]
    return odd <= 2


def _is_one_walk(text: str) -> bool:
    return any(text in walk for walk in _WALKS) or len({*text}) == 1


def _is_made_of(text: str, known: Iterable[str]) -> bool:
    """Whether it is one known word, one of them repeated, or two of them."""
    words = {*known} - {""}
    if text in words or text.removesuffix("s") in words:
        return True
    return any(text[:n] in words and text[n:] in words for n in range(3, len(text) - 2))
