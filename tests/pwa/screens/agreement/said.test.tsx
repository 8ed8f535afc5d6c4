/** What weakens a figure stands as open as the figure: how few read, in how few rounds, how wide. */
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { agreementOf } from "../../../../pwa/src/domain/agreement";
import { OverRounds } from "../../../../pwa/src/screens/agreement/over-rounds";

afterEach(cleanup);

/** Three readers a card, of whom two say the same but for the cards of which all do. */
function readBy(alike: number, apart: number) {
  const words = [0, 1, 2, 3];
  const same = Array.from({ length: alike }, (_, at) => [at % 4, at % 4, at % 4]);
  const other = Array.from({ length: apart }, (_, at) => [at % 4, at % 4, (at + 1) % 4]);
  const { byChance, byWord, ...rest } = agreementOf([[...same, ...other]], words.length);
  return { ...rest, by_chance: byChance, by_word: byWord };
}

function inSight(agreement: ReturnType<typeof readBy>): string {
  const found = [{ question: null, rounds: 1, agreement }];
  const { container } = render(<OverRounds found={found} />);
  for (const folded of container.querySelectorAll("details")) folded.remove();
  return container.textContent!;
}

test("beside *more than chance* stand the few cards, the one round, and how far it could lie", () => {
  const said = inSight(readBy(6, 6));

  expect(said).toContain("That is more than chance would do.");
  expect(said).toContain("From 12 cards, read by 3 people, in 1 round alone.");
  expect(said).toMatch(/With other cards like these it could be \d+ to \d+ of 10 times[.]/);
});

test("where the interval reaches chance, more than chance is said to be uncertain", () => {
  const said = inSight(readBy(2, 8));

  expect(said).toContain("That looks like more than chance would do;");
  expect(said).not.toContain("That is more than chance would do.");
});

test("where no interval can be told, none is made up", () => {
  const said = inSight(readBy(6, 0));

  expect(said).toContain("Every card was read alike.");
  expect(said).not.toContain("With other cards like these");
});
