/** Two versions of one text, and earlier ones: seen, chosen, merged, put back. */
import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notebook } from "../../../../pwa/src/state/records";
import { EarlierVersions, textsIn } from "../../../../pwa/src/screens/words/earlier-versions";
import { OtherVersions } from "../../../../pwa/src/screens/words/versions";
import { newId, record, save, type PastChange } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, NETWORK, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const NORM = "44444444-4444-4444-8444-444444444444";
const LEE = "55555555-5555-4555-8555-555555555555";
const at = { kind: "norm", id: NORM, scope: SCOPE, field: "text" } as const;

beforeEach(async () => {
  await aNotebook();
  await save("member", LEE, `network:${NETWORK}`, { name: "Lee Sample" });
});
afterEach(cleanup);

const text = () => record("norm", NORM).value?.fields.text;
const versions = () => record("norm", NORM).value?.versions["text"] ?? [];

/** As if so many tablets had written at the same time. */
function versionsFrom(...texts: string[]): void {
  const heads = texts.map((value) => ({ id: newId(), value, depth: 1, seen: [], by: LEE }));
  const row = { id: NORM, kind: "norm", scope: SCOPE, seq: 1, fields: { text: heads } } as const;
  notebook.value!.memory.renew([NORM], [row as never], []);
}

const twoVersions = (one: string, other: string) => versionsFrom(one, other);

function look(): HTMLElement {
  render(<OtherVersions {...at} words />);
  fireEvent.click(screen.getByRole("button", { name: "Look at it" }));
  return screen.getByRole("dialog");
}

test("both versions stand beside each other, with one text from both to be changed", () => {
  twoVersions("We are silent.", "We are silent in the hallway.");
  const sheet = look();

  expect(within(sheet).getByText("We are silent.")).toBeTruthy();
  expect(within(sheet).getByText("We are silent in the hallway.")).toBeTruthy();
  const draft = within(sheet).getByLabelText<HTMLTextAreaElement>("Or one text from both");
  expect(draft.value.split(" ").sort()).toEqual(
    ["We", "are", "silent.", "silent", "in", "the", "hallway."].sort(),
  );
});

test("the merged text stands as the person changed it, and no other version is left", async () => {
  twoVersions("We are silent.", "We listen.");
  const sheet = look();

  fireEvent.input(within(sheet).getByLabelText("Or one text from both"), {
    target: { value: "We are silent and listen." },
  });
  fireEvent.click(within(sheet).getByRole("button", { name: "Keep this text" }));

  await vi.waitFor(() => expect(text()).toBe("We are silent and listen."));
  expect(versions()).toEqual([]);
});

test.each(["Take this one", "Keep what stands", "Keep both"])(
  "%s: one version is left, and none was lost before",
  async (choice) => {
    twoVersions("We are silent.", "We listen.");
    const [stood, other] = [...versions()].map((version) => String(version.value));
    const wanted = { "Take this one": other, "Keep what stands": stood };
    const sheet = look();

    fireEvent.click(within(sheet).getByRole("button", { name: choice }));

    await vi.waitFor(() => expect(versions()).toEqual([]));
    expect(text()).toBe(wanted[choice as keyof typeof wanted] ?? `${stood}\n\n${other}`);
  },
);

test("seventeen versions are told as such, each can be read, and one choice settles them all", async () => {
  const texts = [...Array(17).keys()].map((number) => `Version ${number}.`);
  versionsFrom(...texts);
  expect(versions()).toHaveLength(17);
  const sheet = look();
  expect(screen.getByText("17 versions")).toBeTruthy();
  for (const each of texts) expect(within(sheet).getByText(each)).toBeTruthy();

  fireEvent.click(within(sheet).getAllByRole("button", { name: "Take this one" })[15]!);

  await vi.waitFor(() => expect(versions()).toEqual([]));
  expect(texts).toContain(text());
});

const past = (seq: number, set: PastChange["set"], by?: string): PastChange => ({
  ...{ seq, id: newId(), made_at: "2026-11-20", set },
  ...(by ? { by } : {}),
});

function hearing(changes: readonly PastChange[]): void {
  const headers = { "Sync-Server": "1", "Content-Type": "application/json" };
  globalThis.fetch = () =>
    Promise.resolve(new Response(JSON.stringify({ changes }), { status: 200, headers }));
}

test("what was said twice in a row is one version, what tells of another field is none", () => {
  const changes = [
    past(5, { order: 2 }),
    past(4, { text: "c" }),
    past(3, { text: "b" }),
    past(2, { text: "b", order: 1 }),
    past(1, { text: "a" }),
  ];

  expect(textsIn(changes, "text").map((change) => change.seq)).toEqual([4, 2, 1]);
});

test("an earlier version is told with who and when, and is put back", async () => {
  await save("norm", NORM, SCOPE, { text: "We listen." });
  hearing([past(2, { text: "We listen." }, MEMBER), past(1, { text: "We are silent." }, LEE)]);
  render(<EarlierVersions {...at} />);

  expect(await screen.findByText("Lee Sample, Nov 20, 2026")).toBeTruthy();
  expect(screen.getAllByRole("button")).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "Put it back: We are silent." }));

  await vi.waitFor(() => expect(text()).toBe("We are silent."));
});

test("without a connection it says so", async () => {
  render(<EarlierVersions {...at} />);

  const words =
    "The server cannot be reached right now. Please try again when there is a connection.";
  expect(await screen.findByText(words)).toBeTruthy();
});
