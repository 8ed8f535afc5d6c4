"""The second past round: what tasks leave to decide, in an elementary school."""

from __future__ import annotations

from schemas.vocabulary import (
    CheckBack,
    GradeBand,
    Horizon,
    Level,
    PatternForm,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)
from server.services.demo.script import (
    RELATION,
    STUDENT,
    TASK,
    TEACHER,
    Back,
    Next,
    Room,
    Saw,
    Script,
    Seen,
)

_YOUNG, _OLDER = GradeBand.K_2, GradeBand.GRADES_3_5
_WORDS, _MATH = SchoolSubject.LANGUAGE_ARTS, SchoolSubject.MATH

RIDGE = Script(
    key="ridge",
    title="What is left for students to decide",
    host="ridge",
    day=-35,
    reads_apart=True,
    problem=(
        "Our students finish what we set. When a task needs a decision, many come to the "
        "teacher's desk. We do not know how to set tasks in which students have to decide "
        "something and can."
    ),
    tests=(
        "Which decisions belong to the content, and which only to neatness?",
        "What would students be saying while they decide?",
        "Which tasks of next week could be changed?",
        "What does the reading plan already ask for?",
        "What would follow for how we plan together?",
        "Where did a changed task not change what students did?",
    ),
    theory=(
        "grade teams take one step out of each week's main task and plan what students may ask",
        "students will choose a way to begin and say why",
        "they can go on with work that nobody has laid out for them",
    ),
    focus_questions=(
        "What does the task leave for students to decide?",
        "What do students do when they do not know how to go on?",
        "Who says why, and to whom?",
    ),
    rooms=(
        *(Room(number, _YOUNG, _WORDS) for number in (1, 2, 3)),
        *(Room(number, _YOUNG, _MATH) for number in (4, 5, 6)),
        *(Room(number, _OLDER, _WORDS, (ProgramContext.DUAL_LANGUAGE,)) for number in (7, 8, 9)),
        *(Room(number, _OLDER, _MATH) for number in (10, 11, 12)),
    ),
    teams=(("sam", "robin", "chris"), ("jo", "pat", "dana"), ("kim", "lee", "host")),
    bears_on={
        "The steps are on the sheet": 0,
        "Students choose a way": 0,
        "To the teacher's desk": 1,
        "Help arrives as an answer": 1,
    },
    groups={
        "The steps are on the sheet": (
            Seen(1, TASK, "Sheet: draw the beginning, the middle, the end; three boxes.", 2),
            Seen(4, TASK, "Poster: 1 read, 2 circle the numbers, 3 choose + or -, 4 write.", 4),
            Seen(
                10,
                TASK,
                "Ten problems; above each stands which operation to use. S reads only "
                "the numbers aloud.",
                6,
            ),
            Seen(
                7,
                TASK,
                'Sentence frames for each of the five paragraphs: "First, ... Then, ..."',
                3,
            ),
        ),
        "To the teacher's desk": (
            Seen(2, STUDENT, "In 6 minutes 11 students walk to the desk and hold up the page.", 9),
            Seen(
                5,
                STUDENT,
                'S: "Is this right?" T: "What do you think?" S: "I do not know, that '
                'is why I came."',
                12,
            ),
            Seen(8, STUDENT, 'S: «¿Así está bien?» T: "Yes." S goes back and writes one line.', 8),
            Seen(
                11,
                STUDENT,
                "Four pencils lie on the table while the teacher is with another "
                "group; they are taken up when she comes back.",
                13,
            ),
        ),
        "Reasons are asked for": (
            Seen(
                3,
                TEACHER,
                'T: "You chose this picture. What in the story made you choose it?" '
                'S: "The bear looks at the door."',
                7,
            ),
            Seen(
                9,
                TEACHER,
                "T: «¿Por qué crees que se fue?» S: «Porque en la página cuatro ya "
                "tenía la maleta.» T: «Enséñanos dónde.»",
                10,
            ),
            Seen(12, TEACHER, 'T: "Convince the person next to you, not me."', 5),
        ),
        "Students choose a way": (
            Seen(
                12,
                STUDENT,
                'S: "I break 48 into 40 and 8." Partner: "I take 50 and give two '
                'back." They write both.',
                11,
            ),
            Seen(
                6,
                STUDENT,
                "S takes cubes, puts them back, takes a number line. Nobody told her to.",
                9,
            ),
            Seen(9, STUDENT, "Two students argue for 3 minutes which sentence to leave out.", 15),
            Seen(
                6,
                TASK,
                'Task on the board: "Show 14 in a way that nobody else at your table has."',
                1,
            ),
        ),
        "Help arrives as an answer": (
            Seen(
                2,
                RELATION,
                "S holds up the page. T takes the pencil and writes the first word.",
                10,
            ),
            Seen(5, RELATION, 'T points to the poster: "Step three." S: "Oh. Plus."', 14),
            Seen(11, RELATION, 'S: "I do not get it." T: "Divide." S divides.', 7),
            Seen(
                8,
                RELATION,
                "T reads the student's sentence aloud and says a longer one; S writes "
                "the longer one.",
                16,
            ),
        ),
    },
    patterns=(
        Saw(
            PatternSubject.TASKS,
            Quantifier.MANY,
            TASK,
            "say which steps to take and in which order, so that there is nothing to decide but "
            "the answer",
            ("The steps are on the sheet",),
        ),
        Saw(
            PatternSubject.STUDENTS,
            Quantifier.SOME,
            STUDENT,
            "stop or go to the teacher's desk when the next step is not given",
            ("To the teacher's desk", "Help arrives as an answer"),
        ),
        Saw(
            PatternSubject.TEACHERS,
            Quantifier.SOME,
            RELATION,
            "help by giving the next step or the word, and the student writes it down",
            ("Help arrives as an answer",),
        ),
        Saw(
            PatternSubject.STUDENTS,
            Quantifier.FEW,
            STUDENT,
            "choose a way of their own and give a reason for it, in tasks that leave the way open",
            ("Students choose a way", "Reasons are asked for"),
        ),
        Saw(
            PatternSubject.STUDENTS,
            Quantifier.FEW,
            STUDENT,
            "give their reason in Spanish with a page of the book in hand",
            ("Reasons are asked for",),
            PatternForm.CONTRAST,
        ),
    ),
    predictions=(
        "I would know that there is always a poster that says what comes next.",
        "I could finish. I could not begin.",
    ),
    next_level=(
        Next(
            "Grade teams take one step out of Thursday's task and write down what students do",
            Horizon.NEXT_WEEK,
            Level.CLASSROOM,
            Taker.GRADE_TEAMS,
            "The network's question sheet",
            21,
            True,
            CheckBack.DOING,
            "The first minutes are loud. After that they begin.",
        ),
        Next(
            "Agree on three things to say before giving an answer, in both languages",
            Horizon.NEXT_MONTH,
            Level.SCHOOL,
            Taker.COACHES,
            "One meeting of the coaches with the dual-language team",
            49,
            True,
        ),
        Next(
            "Two schools of the network exchange tasks and say what theirs leaves to decide",
            Horizon.END_OF_YEAR,
            Level.NETWORK,
            Taker.WHOLE_NETWORK,
            "A date in spring",
            140,
        ),
    ),
    thanks="Thank you. Thirty adults in the doorway, and you went on teaching.",
    network_words="We will look at our own planning sheets: how many steps do we give each other?",
    host_words="We begin with Thursday's task, because all of us teach it.",
    revisit=Back(91),
)
