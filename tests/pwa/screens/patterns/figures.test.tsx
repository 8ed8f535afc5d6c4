/** Rule 9 of the practice on the view of patterns: small figures, and which rule keeps them back. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Figures } from "../../../../pwa/src/screens/patterns/figures";

afterEach(cleanup);

test("a tap on a figure that is kept back says which rule keeps it; on any other there is nothing to tap", () => {
  const figures = [
    { of: null, classrooms: "14" },
    { of: "k_2", classrooms: "fewer than 10 or kept back" },
  ];
  render(
    <Figures found={{ figures, about_figures: "Nobody can be picked out." }} ofPart={false} />,
  );

  const [kept, ...others] = screen.getAllByRole("button", { hidden: true });
  fireEvent.click(kept!);

  expect(others).toEqual([]);
  expect(kept!.textContent).toBe("fewer than 10 or kept back");
  const said = screen.getByRole("dialog", { name: "Why no number stands here" });
  expect(said.textContent).toContain("Nobody can be picked out.");
});
