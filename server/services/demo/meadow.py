"""The first past round: questions and talk in a middle school, debriefed and checked back."""

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
    Next,
    Room,
    Saw,
    Script,
    Seen,
)

_MIDDLE = GradeBand.GRADES_6_8
_MATH, _SCIENCE = SchoolSubject.MATH, SchoolSubject.SCIENCE

MEADOW = Script(
    key="meadow",
    title="Who asks, and who answers",
    host="meadow",
    day=-70,
    problem=(
        "Our students answer when a teacher asks, and they rarely take up what another "
        "student said. We do not know how to build discussions in which students use each "
        "other's reasoning."
    ),
    tests=(
        "What would the task have to leave open for students to need each other?",
        "Which words would we hear if one student used another's reasoning?",
        "Which part of this can grade teams change within a month?",
        "How does this follow from last year's work on questioning?",
        "If talk changed, what else would have to change with it?",
        "What have we tried that did not do it?",
    ),
    theory=(
        "teachers plan one question a lesson that has more than one defensible answer, and "
        "give pairs time to compare their methods before the class talks",
        "students will answer each other's reasons and not only the teacher's questions",
        "they can explain and revise their own thinking in mathematics and science",
    ),
    focus_questions=(
        "Who asks questions, and what can be answered with them?",
        "What do students do with what another student said?",
        "What does the task leave for students to decide?",
    ),
    rooms=(
        *(Room(number, _MIDDLE, _MATH) for number in (1, 2, 3)),
        *(Room(number, _MIDDLE, _MATH, (ProgramContext.INCLUSION,)) for number in (4, 5, 6)),
        *(Room(number, _MIDDLE, _SCIENCE) for number in range(7, 13)),
    ),
    teams=(("sam", "noa", "chris"), ("jo", "pat", "dana"), ("kim", "alex", "host")),
    groups={
        "Questions with one answer": (
            Seen(1, TEACHER, 'T: "What do we do to both sides?" (1 second) T: "Subtract 7."', 3),
            Seen(
                2,
                TEACHER,
                "In 5 minutes the teacher asks 14 questions; 12 are answered with a number.",
                8,
            ),
            Seen(
                4,
                TEACHER,
                'T: "So the slope is ...?" S: "Three." T: "Three. And where does '
                'it cross?" S: "At two."',
                6,
            ),
            Seen(
                8,
                TEACHER,
                'T: "Chemical or physical?" Two students call out "chemical". '
                'T: "Right. Next one."',
                11,
            ),
            Seen(12, TEACHER, 'T: "Who can tell me the third step?" Six hands. T calls on one.', 4),
        ),
        "One box, one number": (
            Seen(2, TASK, "Sheet with 20 equations; each has one box for one number.", 2),
            Seen(10, TASK, "Sheet: 18 blanks, one word each; the 18 words stand at the top.", 5),
            Seen(
                3,
                TASK,
                "On the board: worked example in four steps; below it six exercises "
                "with the same four steps.",
                1,
            ),
            Seen(7, TASK, "Lab sheet gives the order of steps, the table, and its headings.", 9),
        ),
        "Teacher, student, teacher": (
            Seen(
                1,
                RELATION,
                "Nine exchanges in a row go teacher - student - teacher. No "
                "student speaks to another.",
                10,
            ),
            Seen(
                7,
                RELATION,
                "A student says the ice melts faster in the metal dish. The "
                'teacher repeats it to the class and adds "because metal conducts".',
                14,
            ),
            Seen(
                4,
                STUDENT,
                'S: "I got a different one." The teacher writes the first answer '
                "on the board; the student erases.",
                12,
            ),
            Seen(
                11,
                STUDENT,
                "Four students at a table copy one student's column of numbers. "
                'S: "Just write what she has."',
                7,
            ),
        ),
        "Two methods side by side": (
            Seen(
                5,
                STUDENT,
                'S: "I did it with a table." Partner: "I drew it. We both got 24, '
                'but mine shows why."',
                13,
            ),
            Seen(
                6,
                RELATION,
                "Teacher puts two students' papers side by side under the camera: "
                '"What does one show that the other does not?" 40 seconds of silence, then '
                "seven students speak.",
                15,
            ),
            Seen(
                9,
                STUDENT,
                'S: "I disagree, because the water was already warm when you '
                'measured." Second S: "Then we have to start again."',
                16,
            ),
            Seen(5, TASK, 'Task: "Find two ways. Say which one you would show to a friend."', 2),
            Seen(
                9,
                TASK,
                "The group decides what to measure and how often; the sheet has an "
                "empty table without headings.",
                3,
            ),
        ),
        "Time to think": (
            Seen(6, TEACHER, "Teacher counts to ten on her fingers before anybody is called.", 5),
            Seen(
                10,
                TEACHER,
                'T: "What do you notice?" (2 seconds) T: "You notice that the leaves are wider."',
                9,
            ),
            Seen(
                3,
                TEACHER,
                'T: "Think. ... Okay, what is it?" One second lies between "think" and "okay".',
                6,
            ),
        ),
    },
    patterns=(
        Saw(
            PatternSubject.TEACHERS,
            Quantifier.MANY,
            TEACHER,
            "ask questions that one number or one word answers, and give the answer "
            "themselves within two seconds",
            ("Questions with one answer", "Time to think"),
        ),
        Saw(
            PatternSubject.TASKS,
            Quantifier.SOME,
            TASK,
            "give the steps and the form of the answer, so that only the value is left to find",
            ("One box, one number",),
        ),
        Saw(
            PatternSubject.STUDENTS,
            Quantifier.MANY,
            RELATION,
            "speak to the teacher and not to each other when the whole class talks",
            ("Teacher, student, teacher",),
        ),
        Saw(
            PatternSubject.STUDENTS,
            Quantifier.FEW,
            STUDENT,
            "compare two methods and give a reason for preferring one, where the task asks "
            "for more than one way",
            ("Two methods side by side",),
        ),
        Saw(
            PatternSubject.TEACHERS,
            Quantifier.FEW,
            TEACHER,
            "wait longer than five seconds; where this happened, several students spoke",
            ("Time to think",),
            PatternForm.QUESTION,
            "What else is different in the lessons in which somebody waits?",
        ),
    ),
    predictions=(
        "I would know how to follow four steps, and I would wait for somebody to tell me "
        "which steps.",
        "I could find the value quickly. I could not say why a classmate's other way also works.",
        "I would be good at hearing what the teacher wants to hear.",
    ),
    next_level=(
        Next(
            "Each grade team plans one question a week with more than one defensible answer, "
            "and brings what students said",
            Horizon.NEXT_WEEK,
            Level.CLASSROOM,
            Taker.GRADE_TEAMS,
            "40 minutes of the Tuesday meeting",
            28,
            True,
            CheckBack.DONE,
            "The question was the easy part; not answering it ourselves was the hard part.",
            True,
        ),
        Next(
            "The leadership team takes its own minutes of who speaks to whom in staff meetings",
            Horizon.NEXT_MONTH,
            Level.SCHOOL,
            Taker.HOST_LEADERSHIP_TEAM,
            "A person from the network to write the first two",
            42,
            True,
            CheckBack.CHANGED,
            "Our meetings looked like our lessons. We changed the meeting first.",
            True,
        ),
        Next(
            "Subject teams rewrite one unit's tasks so that students choose the method",
            Horizon.END_OF_YEAR,
            Level.SCHOOL,
            Taker.SUBJECT_TEAMS,
            "Two half days without classes",
            150,
            False,
            CheckBack.DOING,
            "Science is through; mathematics begins in spring.",
        ),
        Next(
            "Open one day of the district's common lessons for questions that teachers bring",
            Horizon.END_OF_YEAR,
            Level.DISTRICT,
            Taker.DISTRICT_OFFICE,
            "A decision about the calendar",
            120,
        ),
    ),
    thanks="Thank you for your open doors. We saw lessons as they are, which is what helps.",
    network_words=(
        "What we take home: our own staff meetings go teacher - student - teacher as well."
    ),
    host_words=(
        "We recognise this. We chose to begin with one question a week and with our own meetings."
    ),
)
