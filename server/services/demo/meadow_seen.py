"""What was seen in the middle school's lessons, as it lay on the wall: group to evidence."""

from __future__ import annotations

from server.services.demo.script import RELATION, STUDENT, TASK, TEACHER, Seen

GROUPS: dict[str, tuple[Seen, ...]] = {
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
            'T: "Chemical or physical?" Two students call out "chemical". T: "Right. Next one."',
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
            "Nine exchanges in a row go teacher - student - teacher. No student speaks to another.",
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
            'S: "I did it with a table." Partner: "I drew it. We both got 24, but mine shows why."',
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
}
