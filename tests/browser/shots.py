"""Every screen that the app has: whose it is, how it is reached, what is pressed there.

A role is `lead`, `visitor` and so on, or the name of one of the demo's people.
"""

from __future__ import annotations

from tests.browser.reaching import (
    DETAIL,
    LIST,
    PEOPLE_LIST,
    PHASES,
    SHEET,
    add_a_school,
    add_points,
    bring_points,
    close_debrief,
    delete_a_line,
    follow_the_link,
    in_menu_of_measure,
    invite_somebody,
    invite_three,
    let_back_in,
    look_at_list,
    make_a_link,
    open_a_member,
    open_again,
    open_keyboard,
    open_measure,
    open_row,
    open_visit,
    press_nth,
    press_quiet,
    see_what_waits,
    show_code,
    show_numbers,
    show_phase,
    show_step,
    sign_in_offline,
    sign_in_wrongly,
    steps,
    take_a_file,
    take_review_step,
    type_a_wrong_code,
    write_lines,
    write_offline,
)
from tests.browser.screens import Shot, press_first
from tests.browser.troubles import (
    be_refused,
    be_too_old,
    bring_a_new_version,
    empty_the_disk,
    fill_the_disk,
    fill_the_disk_in_a_visit,
    let_time_pass,
    lie_in_a_drawer,
    sign_out_elsewhere,
)
from tests.browser.wide_names import LEAD, VISITOR, WAITING

PAPERS = ("pack", "schedule", "doors", "scripting", "letter", "notice", "plan")
PLAN_PARTS = (
    "day",
    "problem",
    "theory",
    "questions",
    "classrooms",
    "people",
    "schedule",
    "norms",
)

SIGNED_OUT = [
    Shot("sign-in", None, "/sign-in"),
    Shot("sign-in-wrong", None, "/sign-in", sign_in_wrongly),
    Shot("sign-in-offline", None, "/sign-in", sign_in_offline),
    Shot("join", None, "/join"),
    Shot("join-wrong", None, "/join", type_a_wrong_code),
    Shot("invitation", None, "/join/{invitation}"),
    Shot("invitation-code", None, "/join/{invitation}", show_code),
    Shot("invitation-gone", None, "/join/no-such-token"),
]

TODAY = [
    Shot("today-visitor", "visitor", "/"),
    Shot("today-ready", "visitor", "/", press_first(".ready .button")),
    Shot(
        "warm-up",
        "visitor",
        "/",
        steps(press_first(".ready .button"), press_first(SHEET + ".cluster .button")),
    ),
    Shot("today-lead", "lead", "/"),
    Shot("today-host", "host", "/"),
    Shot("today-analyst", "analyst", "/"),
    Shot("today-admin", "admin", "/"),
    Shot("welcome", "visitor", "/welcome"),
    Shot("more", "visitor", "/more"),
    Shot("not-found", "visitor", "/nowhere/at/all"),
]

PEOPLE = [
    Shot("members", "lead", "/members"),
    Shot("members-none-found", "lead", "/members", lambda page: page.fill("main input", "zzz")),
    Shot("member", "lead", "/members", open_a_member),
    Shot("member-let-back-in", "lead", "/members", let_back_in),
    Shot(
        "member-remove",
        "lead",
        "/members",
        steps(open_a_member, press_nth(DETAIL + ".cluster > .button", 1)),
    ),
    Shot("members-visitor", "visitor", "/members"),
    Shot("invite", "lead", "/members", press_first(".screen-action .button")),
    Shot("invite-code", "lead", "/members", invite_somebody),
    Shot("invite-many", "lead", "/members/invite-many"),
    Shot("invite-sheet", "lead", "/members/invite-many", invite_three),
    Shot("places", "lead", "/places"),
    Shot("places-visitor", "visitor", "/places"),
    Shot("places-add", "lead", "/places", add_a_school),
    Shot("import", "lead", "/places/import"),
    Shot("import-schools", "lead", "/places/import", look_at_list("schools.csv", LIST)),
    Shot("import-people", "lead", "/places/import", look_at_list("people.csv", PEOPLE_LIST)),
    Shot("choose-network", "lead", "/choose-network"),
    Shot("settings", "lead", "/settings"),
    Shot("held", "lead", "/held"),
    Shot("keeping", "admin", "/keeping"),
    Shot("keeping-days", "admin", "/keeping", press_first("main .section > div > .button")),
    Shot("keeping-hold", "admin", "/keeping", press_first("main button.row")),
    Shot("keeping-visitor", "visitor", "/keeping"),
    Shot("settings-name", "lead", "/settings", open_row(0)),
    Shot("settings-password", "lead", "/settings", open_row(1)),
    Shot("sign-out", "lead", "/settings", press_nth("main .section > div > .button", -1)),
]

PLANNING = [
    Shot("rounds", "lead", "/rounds"),
    Shot("rounds-none", "admin", "/rounds"),
    Shot("new-round", "lead", "/rounds", press_first(".screen-action .button")),
    Shot("round", "lead", "/rounds/{today}"),
    Shot("round-host", "host", "/rounds/{today}"),
    Shot("round-visitor", "Chris Nobody", "/rounds/{today}"),
    Shot("round-past", "lead", "/rounds/{past}"),
    Shot("round-gone", "visitor", "/rounds/no-such-round"),
    Shot("plan-again", "lead", "/rounds/{today}", open_row()),
    Shot("round-remove", "lead", "/rounds/{today}", press_first(".button[data-look=careful]")),
    Shot("plan", "lead", "/rounds/{today}/plan"),
    *(Shot(f"plan-{part}", "lead", f"/rounds/{{today}}/plan/{part}") for part in PLAN_PARTS),
    *(
        Shot(f"plan-{part}-sheet", "lead", f"/rounds/{{today}}/plan/{part}", step)
        for part, step in (
            ("classrooms", press_first(DETAIL + "button.row")),
            ("people", press_first(DETAIL + "button.row")),
            ("schedule", press_first(DETAIL + "button.row")),
            ("norms", press_first(DETAIL + ".line .button")),
        )
    ),
    Shot("plan-team", "lead", "/rounds/{today}/plan/schedule", press_first(".team-head .button")),
    Shot("plan-day-visitor", "Chris Nobody", "/rounds/{today}/plan/day"),
    Shot("plan-problem-visitor", "Chris Nobody", "/rounds/{today}/plan/problem"),
    Shot("plan-norms-visitor", "visitor", "/rounds/{today}/plan/norms"),
    *(Shot(f"print-{paper}", "lead", f"/rounds/{{today}}/print/{paper}") for paper in PAPERS),
]

EVIDENCE = [
    Shot("visit", "visitor", "/", open_visit(0)),
    Shot("visit-gone", "visitor", "/rounds/{today}/visit/no-such-slot"),
    Shot("review-none", "visitor", "/rounds/{today}/review"),
    Shot("notes-none", "visitor", "/rounds/{today}/notes"),
    Shot("visit-lines", "visitor", "/", write_lines),
    Shot("visit-more", "visitor", "/", steps(write_lines, press_nth(".visit-head .button", -1))),
    Shot(
        "visit-questions",
        "visitor",
        "/",
        steps(write_lines, press_nth(".visit-head .button", -1), press_first(SHEET + ".menu-item")),
    ),
    Shot(
        "visit-not-today",
        "visitor",
        "/",
        steps(
            write_lines, press_nth(".visit-head .button", -1), press_nth(SHEET + ".menu-item", 1)
        ),
    ),
    Shot("visit-amend", "visitor", "/", steps(write_lines, press_nth(".earlier-note", 3))),
    Shot(
        "visit-move",
        "visitor",
        "/",
        steps(write_lines, press_nth(".earlier-note", 3), press_nth(".amending .button", 1)),
    ),
    Shot("visit-undo", "visitor", "/", delete_a_line),
    Shot("visit-keyboard", "visitor", "/", steps(write_lines, open_keyboard)),
    Shot("visit-keyboard-undo", "visitor", "/", steps(delete_a_line, open_keyboard)),
    Shot("visit-next", "visitor", "/", steps(write_lines, press_first(".visit-foot .button"))),
    Shot("visit-quiet", "visitor", "/", steps(write_lines, press_quiet)),
    *(
        Shot(f"review-{step}", "visitor", "/rounds/{today}/review", take_review_step(place))
        for place, step in enumerate(("sort", "questions", "choose", "post"))
    ),
    Shot("review-posted", "visitor", "/rounds/{past}/review", take_review_step(3)),
    Shot("notes", "visitor", "/rounds/{today}/notes"),
    Shot("notes-one", "visitor", "/rounds/{today}/notes", open_row()),
]

DEBRIEF = [
    Shot("screen-digits", None, "/screen"),
    Shot("debrief-show", "lead", "/rounds/{today}/debrief", press_first(".show-to-room .button")),
    Shot("debrief", "lead", "/rounds/{today}/debrief"),
    Shot("runbook", "lead", "/rounds/{today}/runbook"),
    Shot("runbook-step", "lead", "/rounds/{today}/runbook", open_row()),
    Shot("runbook-visitor", "Chris Nobody", "/rounds/{today}/runbook"),
    Shot("debrief-card", "Dana Ejemplo", "/rounds/{today}/debrief"),
    Shot(
        "debrief-cross",
        "Dana Ejemplo",
        "/rounds/{past}/debrief",
        show_step("describe", 2),
    ),
    Shot("debrief-alike", "Dana Ejemplo", "/rounds/{past}/debrief", show_step("describe", 3)),
    Shot("debrief-waiting", "host", "/rounds/{today}/debrief"),
    *(
        Shot(
            f"debrief-{phase}",
            "lead",
            "/rounds/{past}/debrief",
            steps(open_again, show_phase(phase)),
        )
        for phase in PHASES
    ),
    Shot("debrief-host", "Alex Example", "/rounds/{past}/debrief", show_phase("analyze")),
    Shot(
        "debrief-move",
        "lead",
        "/rounds/{past}/debrief",
        steps(open_again, show_phase("analyze"), press_first(".wall-card-foot .button")),
    ),
    Shot(
        "debrief-pattern",
        "lead",
        "/rounds/{past}/debrief",
        steps(open_again, show_phase("analyze"), open_row()),
    ),
    Shot(
        "debrief-item",
        "lead",
        "/rounds/{past}/debrief",
        steps(open_again, show_phase("next_level"), open_row()),
    ),
    Shot("debrief-closed", "lead", "/rounds/{past}/debrief", close_debrief),
    Shot("paper-cards", "lead", "/rounds/{past}/cards"),
    Shot("summary", "Alex Example", "/rounds/{past}/summary"),
    Shot("summary-lead", "lead", "/rounds/{past}/summary"),
    Shot("summary-member", "Chris Nobody", "/rounds/{past}/summary"),
    Shot("summary-link", "Alex Example", "/rounds/{past}/summary", make_a_link),
    Shot("same-day", "Alex Example", "/rounds/{past}/word"),
    Shot("same-day-lead", "lead", "/rounds/{past}/word"),
    Shot("open-page", "Alex Example", "/rounds/{past}/summary", follow_the_link),
    Shot("open-page-gone", None, "/open/no-such-link"),
    Shot("summary-early", "Chris Nobody", "/rounds/{today}/summary"),
]

COMING_BACK = [
    Shot("next-level", "lead", "/rounds/{longer_past}/next-level"),
    Shot("next-level-due", "lead", "/rounds/{past}/next-level", open_row()),
    Shot("revisit", "lead", "/rounds/{longer_past}/revisit"),
    Shot("revisit-sealed", "Alex Example", "/rounds/{past}/revisit"),
    Shot("revisit-visitor", "Chris Nobody", "/rounds/{longer_past}/revisit"),
    Shot("revisit-early", "lead", "/rounds/{today}/revisit"),
]

PATTERNS = [
    Shot("patterns", "lead", "/patterns"),
    Shot("patterns-analyst", "analyst", "/patterns"),
    Shot("patterns-export", "analyst", "/patterns", press_first(".screen-action .button")),
    Shot(
        "patterns-table",
        "analyst",
        "/patterns",
        steps(
            press_first(".screen-action .button"), press_first("dialog.menu .menu-item:last-child")
        ),
    ),
    Shot("patterns-narrowed", "lead", "/patterns?grade_band=k_2"),
    Shot("patterns-nothing", "lead", "/patterns?grade_band=9_12"),
    Shot("patterns-search", "analyst", "/patterns?words=students&context=inclusion"),
    Shot("patterns-time", "analyst", "/patterns/time"),
    Shot("patterns-contexts", "analyst", "/patterns/contexts"),
    Shot("patterns-alike", "analyst", "/patterns/alike"),
    Shot("patterns-schools", "analyst", "/patterns/schools"),
    Shot("patterns-evidence", "lead", "/patterns", press_first(".finding summary")),
]

FILES = [
    Shot("files", "analyst", "/patterns/files", take_a_file),
    Shot("files-one", "analyst", "/patterns/files", steps(take_a_file, open_row())),
    Shot("files-visitor", "visitor", "/patterns/files"),
]

MEASURES = [
    Shot("measures", "lead", "/patterns/measures"),
    Shot("measures-visitor", "visitor", "/patterns/measures"),
    Shot("measures-add", "lead", "/patterns/measures", press_first(".screen-action .button")),
    Shot("measure", "lead", "/patterns/measures", open_measure(1)),
    Shot("measure-run", "visitor", "/patterns/measures", open_measure(0)),
    Shot("measure-numbers", "analyst", "/patterns/measures", show_numbers),
    Shot("measure-points", "lead", "/patterns/measures", add_points),
    Shot("measure-change", "lead", "/patterns/measures", in_menu_of_measure(0)),
    Shot("measure-import", "lead", "/patterns/measures", bring_points),
    Shot("measure-gone", "lead", "/patterns/measures/no-such-measure"),
]

UNSENT = [
    Shot("not-sent-none", "visitor", "/not-sent"),
    Shot("held", "visitor", "/held"),
    Shot("rescue", "visitor", "/rescue.html"),
    Shot("not-sent", "visitor", "/", see_what_waits),
    Shot("today-unsent", "visitor", "/", write_offline),
]

OPEN_DEBRIEFS = [
    Shot("today-wide", LEAD, "/"),
    Shot("round-wide", LEAD, "/rounds/{writing}"),
    Shot("members-wide", LEAD, "/members", open_a_member),
    Shot("schedule-wide", LEAD, "/rounds/{writing}/plan/schedule"),
    Shot("predict-writing-lead", LEAD, "/rounds/{writing}/debrief"),
    Shot("predict-shown-lead", LEAD, "/rounds/{shown}/debrief"),
    Shot("predict-writing", VISITOR, "/rounds/{writing}/debrief"),
    Shot("predict-shown", VISITOR, "/rounds/{shown}/debrief"),
    *(
        Shot(name, who, "/rounds/{walls}/debrief", show_step("analyze", place))
        for name, who, place in (
            ("own-wall", VISITOR, 0),
            ("own-wall-lead", LEAD, 0),
            ("gallery-walk", VISITOR, 1),
            ("one-wall-stacks", LEAD, 2),
        )
    ),
    Shot(
        "wall-part",
        VISITOR,
        "/rounds/{walls}/debrief",
        steps(show_step("analyze", 2), press_first(".wall-tools summary")),
    ),
    Shot(
        "paper-wall",
        VISITOR,
        "/rounds/{walls}/debrief",
        steps(
            show_step("analyze", 2),
            press_first(".wall-tools > .button"),
            lambda page: page.fill(SHEET + "textarea", "K17 K22 B402 = one-word answers"),
        ),
    ),
    Shot(
        "wall-split",
        VISITOR,
        "/rounds/{walls}/debrief",
        steps(
            show_step("analyze", 0),
            press_first(".wall-group:has(textarea) .wall-group-head .button"),
            press_nth(SHEET + ".menu-item:not([data-careful])", -1),
        ),
    ),
    Shot("visit-hallway", VISITOR, "/", let_time_pass),
    Shot("visit-not-kept", VISITOR, "/", fill_the_disk_in_a_visit),
]

TOLD_EVERYWHERE = [
    Shot("told-signed-out", WAITING, "/", sign_out_elsewhere),
    Shot("told-too-old", WAITING, "/", be_too_old),
    Shot("told-not-kept", WAITING, "/rounds/{writing}/debrief", fill_the_disk),
    Shot("told-locked", WAITING, "/", lie_in_a_drawer),
    Shot("not-accepted", WAITING, "/rounds/{writing}/debrief", be_refused),
    Shot("told-emptied", WAITING, "/", empty_the_disk),
    Shot("told-new-version", WAITING, "/", bring_a_new_version),
]
"""The last two go on telling: whoever sees them sees no other screen afterwards."""

SHOTS = [
    *SIGNED_OUT,
    *TODAY,
    *PEOPLE,
    *PLANNING,
    *EVIDENCE,
    *DEBRIEF,
    *COMING_BACK,
    *PATTERNS,
    *FILES,
    *MEASURES,
    *UNSENT,
    *OPEN_DEBRIEFS,
    *TOLD_EVERYWHERE,
]
