/** Rules 6 and 16 of the practice on the view of patterns that everybody meets first. */
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Asked, Evidence, Finding } from "../../../../pwa/src/screens/patterns/api";
import { Findings } from "../../../../pwa/src/screens/patterns/findings";

afterEach(cleanup);

const asked = {} as Asked;

function aCard(said: Partial<Evidence> = {}): Evidence {
  const nothing = { grade_band: null, subject: null, context: [] };
  return { text: "S: why is it so", element: "task", ...nothing, ...said };
}

function aFinding(id: string, cards: number): Finding {
  return {
    id,
    sentence: "In many of the classrooms, students explain their way to each other",
    subject: "students",
    quantifier: "many",
    element: "task",
    visited: "October to December",
    problem: "",
    evidence: Array.from({ length: cards }, () => aCard()),
    is_cut: false,
  };
}

function shown(findings: Finding[]): Element {
  const first = { findings, more: "next" };
  return render(<Findings first={first} of={{ networkId: "n", asked }} unfolded />).container;
}

test("a pattern shows its cards and its sentence: no number of them, and no percentage", () => {
  const page = shown([aFinding("one", 4), aFinding("two", 2)]);

  expect(page.querySelectorAll(".finding-cards li")).toHaveLength(6);
  expect(page.textContent).toMatch(/In many of the classrooms/);
  expect(page.textContent).not.toMatch(/[\d%‰]|percent|por ciento/);
});

test("patterns look alike, whichever round they come from: none has a colour or place of its own", () => {
  const lines = [...shown([aFinding("one", 2), aFinding("two", 2)]).querySelectorAll(".finding")];

  const [one, two] = lines.map((line) => line.outerHTML);
  expect(lines).toHaveLength(2);
  expect(one).toBe(two);
});

test("a card says its core element, and its grade band, subject and program where it may", () => {
  const finding = aFinding("one", 1);
  const told = aCard({ grade_band: "6_8", subject: "math", context: ["inclusion"] });
  const page = shown([{ ...finding, evidence: [told, aCard({ subject: "math" }), aCard()] }]);

  const cards = [...page.querySelectorAll(".finding-cards li")];
  const about = cards.map((card) => card.querySelector(".finding-card-about")?.textContent ?? null);
  expect(about).toEqual(["Task · Grades 6-8 · Math · Inclusion", "Task · Math", "Task"]);
});
