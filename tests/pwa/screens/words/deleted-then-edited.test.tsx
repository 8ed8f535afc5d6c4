/** What one deleted while another was changing it stays, is told, and waits for a person. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChoiceField } from "../../../../pwa/src/screens/words/chosen-field";
import { DeletedThenEdited } from "../../../../pwa/src/screens/words/deleted-then-edited";
import { me } from "../../../../pwa/src/state/open-network";
import { notebook } from "../../../../pwa/src/state/records";
import { list, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, NETWORK, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const ID = "44444444-4444-4444-8444-444444444444";
const LEE = "55555555-5555-4555-8555-555555555555";

beforeEach(async () => {
  await aNotebook();
  await save("member", LEE, `network:${NETWORK}`, { name: "Lee Sample" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/facilitator": true });
});
afterEach(cleanup);

type Heads = Record<string, object[]>;

function told(kind: string, fields: Heads): void {
  const row = { id: ID, kind, scope: SCOPE, seq: 1, fields };
  notebook.value!.memory.renew([ID], [row as never], []);
}

/** Lee deleted the norm as it read first; somebody worded it anew meanwhile. */
function outlived(by?: string): void {
  const [first, second, gone] = [newId(), newId(), newId()];
  const author = by ? { by } : {};
  told("norm", {
    text: [{ id: second, value: "We listen.", depth: 2, seen: [first] }],
    deleted: [{ id: gone, value: true, depth: 1, seen: [], covers: { text: [first] }, ...author }],
  });
}

const target = { kind: "norm", id: ID, scope: SCOPE } as const;

test("a person keeps it, and nothing is asked any more", async () => {
  outlived(LEE);
  render(<DeletedThenEdited {...target} />);
  expect(screen.getByRole("status").textContent).toContain("Lee Sample deleted this");

  fireEvent.click(screen.getByRole("button", { name: "Keep it" }));

  await vi.waitFor(() => expect(screen.queryByRole("status")).toBeNull());
  expect(record("norm", ID).value?.fields.text).toBe("We listen.");
});

test("a person lets it go, the edit included", async () => {
  outlived(LEE);
  render(<DeletedThenEdited {...target} />);

  fireEvent.click(screen.getByRole("button", { name: "Delete it" }));

  await vi.waitFor(() => expect(list("norm", SCOPE).value).toEqual([]));
});

test("where authorship is not shown, nobody is named", () => {
  outlived();
  render(<DeletedThenEdited {...target} />);

  expect(screen.getByRole("status").textContent).toContain("This was deleted while");
});

test("who may only read is told, and is asked nothing", async () => {
  await aNotebook();
  me.value = { ...me.value!, memberships: [{ ...me.value!.memberships[0]!, member_id: LEE }] };
  outlived(MEMBER);
  render(<DeletedThenEdited {...target} />);

  expect(screen.getByRole("status")).toBeTruthy();
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("what nobody deleted says nothing", () => {
  told("norm", { text: [{ id: newId(), value: "We listen.", depth: 1, seen: [] }] });
  render(<DeletedThenEdited {...target} />);

  expect(screen.queryByRole("status")).toBeNull();
});

test("two choices made at the same time are both told, and the one taken stands", async () => {
  const heads = ["many", "few"].map((value) => ({ id: newId(), value, depth: 1, seen: [] }));
  told("pattern", { quantifier: heads });
  const words = [
    { value: "few", label: "few" },
    { value: "many", label: "many" },
  ];
  const at = { kind: "pattern", id: ID, scope: SCOPE, field: "quantifier" } as const;
  const stands = () => record("pattern", ID).value?.fields.quantifier ?? null;
  const first = stands();
  render(<ChoiceField {...at} label="How many" options={words} value={first} />);

  fireEvent.click(screen.getByRole("button", { name: "Look at it" }));
  fireEvent.click(screen.getByRole("button", { name: "Take this one" }));

  await vi.waitFor(() => expect(record("pattern", ID).value?.versions).toEqual({}));
  expect(stands()).not.toBe(first);
});
