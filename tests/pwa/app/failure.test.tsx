/** A screen that breaks takes nothing else with it, and says where one's words are. */
import { cleanup, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test, vi } from "vitest";
import { Guarded } from "../../../pwa/src/app/failure";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken(): never {
  throw new Error("this screen is broken");
}

const page = (at: string, broken: boolean) => (
  <LocationProvider>
    <Guarded at={at}>{broken ? <Broken /> : <p>Whole</p>}</Guarded>
  </LocationProvider>
);

test("a screen that breaks leads to the rescue page, as a page of its own", () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);

  render(page("/patterns", true));

  const way = screen.getByRole("link", { name: "Save a copy without the app" });
  expect(way.getAttribute("href")).toBe("/rescue.html");
  expect(way.getAttribute("target")).toBe("_top");
  expect(screen.getByText("Open again")).toBeTruthy();
  expect(told).toHaveBeenCalledOnce();
});

test("another screen is tried as if nothing had happened", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { rerender } = render(page("/patterns", true));

  rerender(page("/", false));

  expect(screen.getByText("Whole")).toBeTruthy();
});
