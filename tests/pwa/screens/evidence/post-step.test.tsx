import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PostStep } from "../../../../pwa/src/screens/evidence/post-step";
import { notesOf } from "../../../../pwa/src/screens/evidence/own-notes";
import { list, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "./notebook";

beforeEach(() => aNotebook());
afterEach(cleanup);

async function visitsHere(): Promise<void> {
  const roles = { "roles/visitor": true } as const;
  await save("participant", newId(), `round:${ROUND}`, { member: MEMBER, ...roles });
  for (const text of ["two columns", "all look up"]) {
    const note = { round: ROUND, text, element: "task" as const, chosen: true };
    await save("note", newId(), `own:${MEMBER}`, note);
  }
}

function Step() {
  return <PostStep round={ROUND} notes={notesOf(ROUND, MEMBER)} onGo={vi.fn()} />;
}

test("to press Post twice in one moment posts each line once", async () => {
  await visitsHere();
  render(<Step />);
  const button = screen.getByRole("button", { name: /^Post 2/ });

  button.click();
  button.click();
  fireEvent.click(button);

  await vi.waitFor(() => expect(screen.queryByRole("button", { name: /^Post/ })).toBeNull());
  expect(list("card", `round:${ROUND}`).value.length).toBe(2);
  expect(list("card_source", `visitors:${ROUND}`).value.length).toBe(2);
});
