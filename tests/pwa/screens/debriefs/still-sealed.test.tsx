/** What was predicted leaves no screen without a word: it is sealed, and says until when. */
import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { StillSealed } from "../../../../pwa/src/screens/improvement/seal";
import { derivedId, save } from "../../../../pwa/src/state";
import { aNotebook, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const DEBRIEF = derivedId(ROUND, "debrief");

beforeEach(async () => {
  await aNotebook();
});

afterEach(cleanup);

function said(): string {
  const { container } = render(<StillSealed board={boardOf(ROUND)} meetsOn="2027-02-12" />);
  return container.textContent;
}

test("from the seal until it is opened a line says that the predictions are kept", async () => {
  expect(said()).toBe("");

  await save("debrief", DEBRIEF, SCOPE, { sealed_at: "2026-11-12T18:42:00Z" });
  expect(said()).toMatch(/^Your predictions: Sealed .+\. Opens at your revisit, .*February/);

  await save("revisit", boardOf(ROUND).revisitId, SCOPE, { opened_at: "2027-02-12T18:00:00Z" });
  expect(said()).toBe("");
});
