"""The first past round: questions and talk in a middle school, debriefed and checked back."""

from __future__ import annotations

from schemas.vocabulary import (
    CheckBack,
    GradeBand,
    Horizon,
    Level,
    PatternForm,
    PatternSubject,
    PredictionSeen,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)
from server.services.demo.meadow_seen import GROUPS
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
    groups=GROUPS,
    bears_on={
        "Questions with one answer": 0,
        "Teacher, student, teacher": 1,
        "Two methods side by side": 1,
        "One box, one number": 2,
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
    stands_by_name=True,
    revisit=Back(
        63,
        (
            "In the two lessons a week that grade teams plan together, questions stay open for "
            "five seconds and longer. In the others not yet.",
            "Science tasks leave the method open. Two mathematics teams have begun.",
            "Students turn to each other when the sentence starters lie on the table. The whole "
            "class still goes through the teacher.",
            "More tasks ask for a second way. Reasons come when somebody asks for them.",
        ),
        PredictionSeen.PARTLY,
        "Sixth graders begin without waiting. Eighth graders ask which steps.",
    ),
)
