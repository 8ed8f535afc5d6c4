/** Whether a debrief may go on, for a lead whose own school hosts: less is told to their tablet. */
import { beforeEach, expect, test } from "vitest";
import { hindranceTo } from "../../../../pwa/src/domain/debriefs";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { factsOf } from "../../../../pwa/src/screens/debriefs/facts";
import { newId, save } from "../../../../pwa/src/state";
import { me } from "../../../../pwa/src/state/open-network";
import { aNotebook, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const SCHOOL = "99999999-9999-4999-8999-999999999999";

/** The network's lead, of this school. */
async function leadOf(school: string | null): Promise<void> {
  await aNotebook();
  const account = me.value!;
  const [here] = account.memberships;
  me.value = { ...account, memberships: [{ ...here!, roles: ["lead"], school_id: school }] };
  await save("round", ROUND, SCOPE, { title: "Sample School", host_school: SCHOOL });
}

/** Agreed on by all, with a group that carries it. */
async function aPattern(group: string): Promise<void> {
  const said = { subject: "students", statement: "give one number", quantifier: "many" } as const;
  const set = { form: "pattern", consensus: "agree", ...said } as const;
  await save("pattern", newId(), SCOPE, { ...set, [`groups/${group}`]: true });
}

const hindrance = (phase: "analyze" | "predict") => hindranceTo(phase, factsOf(boardOf(ROUND)));

beforeEach(() => leadOf(SCHOOL));

test("who may not know which team has read its cards asks the teams", () => {
  expect(hindrance("analyze")).toEqual({ reason: "ask_teams", teams: [] });
});

test("a pattern whose group is not told to them yet is a pattern", async () => {
  await aPattern(newId());

  expect(hindrance("predict")).toBeNull();
});

test("a lead from elsewhere holds every card: a group that is not there carries nothing", async () => {
  await leadOf(null);
  await aPattern(newId());

  expect(hindrance("analyze")?.reason).toBe("no_cards");
  expect(hindrance("predict")?.reason).toBe("no_patterns");
});
