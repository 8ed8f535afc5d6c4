import { beforeEach, expect, test } from "vitest";
import { slotAt } from "../../../../pwa/src/screens/evidence/day";
import { takeSpare } from "../../../../pwa/src/screens/evidence/visits";
import { newId, save } from "../../../../pwa/src/state";
import { aNotebook, ROUND } from "./notebook";

beforeEach(() => aNotebook());

test("a spare number that was taken and undone can be taken again", async () => {
  const [slot, team, spare] = [newId(), newId(), newId()];
  const scope = `round:${ROUND}`;
  await save("classroom", spare, scope, { number: 9, spare_of: team });
  await save("slot", slot, scope, { team, begins_at: "09:05", minutes: 20 });
  const instead = slotAt(ROUND, slot)!;

  const taken = await takeSpare(ROUND, instead, spare);
  await taken.undo();
  expect(slotAt(ROUND, taken.slot)).toBeUndefined();
  const again = await takeSpare(ROUND, instead, spare);

  expect(slotAt(ROUND, again.slot)).toMatchObject({ label: "V9", begins_at: "09:05", minutes: 20 });
});
