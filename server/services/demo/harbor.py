"""Today's round: planned, ready to visit, with the first cards posted."""

from __future__ import annotations

from schemas.vocabulary import GradeBand, ProgramContext, SchoolSubject
from server.services.demo.script import (
    RELATION,
    STUDENT,
    TASK,
    TEACHER,
    Room,
    Script,
    Seen,
)

_YOUNG, _OLDER = GradeBand.K_2, GradeBand.GRADES_3_5
_WORDS, _SCIENCE = SchoolSubject.LANGUAGE_ARTS, SchoolSubject.SCIENCE
_DUAL, _LEARNERS = ProgramContext.DUAL_LANGUAGE, ProgramContext.ENGLISH_LEARNERS

HARBOR = Script(
    key="harbor",
    title="From partner talk to class talk",
    host="harbor",
    day=0,
    problem=(
        "With a partner, many of our multilingual students explain at length, often in "
        "Spanish. When the whole class talks, the same students answer in single words or not "
        "at all. We do not know how to build the bridge."
    ),
    tests=(
        "What does the task ask students to say to each other, and what to the class?",
        "Which words and which silences would we write down?",
        "What could teachers of two grades try within three weeks?",
        "How does this belong to the dual-language plan?",
        "If the bridge stood, what else would students be able to do?",
        "What did the sentence frames of last year change, and what not?",
    ),
    theory=(
        "teachers plan which idea of the partner talk comes to the class, and let students "
        "bring it in the language in which they had it",
        "students will carry whole explanations from one talk into the other",
        "their reasoning is heard, and can be answered by others",
    ),
    focus_questions=(
        "What do students say to a partner, and what becomes of it in the class?",
        "What does the task ask students to explain, and to whom?",
        "What does the teacher do with an answer of one word?",
    ),
    rooms=(
        *(Room(number, _YOUNG, _WORDS, (_DUAL,)) for number in (1, 2, 3)),
        *(Room(number, _YOUNG, _SCIENCE, (_LEARNERS,)) for number in (4, 5, 6)),
        *(Room(number, _OLDER, _WORDS, (_DUAL,)) for number in (7, 8, 9)),
        *(Room(number, _OLDER, _SCIENCE, (_LEARNERS,)) for number in (10, 11, 12)),
    ),
    teams=(("sam", "robin", "noa"), ("jo", "pat", "dana"), ("kim", "alex", "lee", "chris")),
    groups={},
    ungrouped=(
        Seen(
            5,
            STUDENT,
            "Partners: «Yo creo que crece más porque está en la ventana.» «No, porque "
            'tiene más agua, mira.» Then to the class: "Water."',
            6,
        ),
        Seen(5, TEACHER, 'S: "Water." T: "Water! Good. What else?"', 8),
        Seen(
            6, TASK, 'Sheet: "My plant needs ___, ___ and ___." Three pictures to choose from.', 3
        ),
        Seen(
            6,
            RELATION,
            "T kneels beside two students: «¿Me lo puedes contar como se lo contaste "
            "a ella?» The student speaks for 40 seconds.",
            12,
        ),
        Seen(7, STUDENT, "In 4 minutes of class talk 3 students of 21 speak, 2 words at most.", 9),
        Seen(7, STUDENT, 'S whispers to partner: «Dile tú.» Partner: "He says the wolf lied."', 11),
        Seen(
            8,
            TEACHER,
            'T: "Say it in Spanish, and somebody will help us hear it in English." '
            "Two hands, then five.",
            14,
        ),
        Seen(8, TASK, "Chart on the wall with two columns: what I said, what my partner said.", 2),
    ),
)
