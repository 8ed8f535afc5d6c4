/** Door cards: a large V3 with the times of the visits, a page each. They stay on paper. */
import { classroomAt, numbersOf, Paper, timesOn, visitOn, visits } from "./paper";
import type { PrintProps } from "./paper";
import type { Classroom } from "./round-plan";

export function DoorCards({ plan, words }: PrintProps) {
  return (
    <>
      {numbersOf(plan).map((classroom) => (
        <DoorCard key={classroom.id} plan={plan} words={words} classroom={classroom} />
      ))}
    </>
  );
}

function DoorCard({ plan, words, classroom }: PrintProps & { classroom: Classroom }) {
  const times = visits(plan)
    .filter((slot) => classroomAt(plan, slot)?.id === classroom.id)
    .map((slot) => timesOn(words, slot))
    .filter(Boolean);
  return (
    <Paper words={words} look="door">
      <h2 class="door-number">{visitOn(words, classroom)}</h2>
      {times.length > 0 ? (
        <>
          <p class="door-words">{words.t("rounds.print.door.visitors")}</p>
          {times.map((time) => (
            <p key={time} class="door-time">
              {time}
            </p>
          ))}
        </>
      ) : (
        <>
          <p class="door-words">{words.t("rounds.print.door.spare")}</p>
          <p class="door-time door-blank" />
        </>
      )}
      <p class="door-words">{words.t("rounds.print.door.carry_on")}</p>
      <p class="soft">{words.t("rounds.print.door.thanks")}</p>
    </Paper>
  );
}
