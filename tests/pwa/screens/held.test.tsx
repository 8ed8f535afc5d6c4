import { cleanup, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test } from "vitest";
import { KINDS } from "../../../pwa/src/generated/records";
import { t } from "../../../pwa/src/i18n";
import Held, { openers } from "../../../pwa/src/screens/held";

afterEach(cleanup);

test("who can open what is what the access table says", () => {
  expect(openers("own")).toEqual({ network: [], round: [] });
  expect(openers("visitors").network).toEqual(["lead"]);
  expect(openers("visitors").round).not.toContain("host");
  expect(openers("visitors").round).not.toContain("guest");
  expect(openers("round").round).toContain("host");
  expect(openers("round").network).not.toContain("analyst");
  expect(openers("network").network).toEqual(["member", "lead", "analyst", "admin"]);
});

test("the page tells of every kind of record, and of people, sign-in and devices", () => {
  render(
    <LocationProvider>
      <Held />
    </LocationProvider>,
  );

  for (const kind of KINDS) expect(screen.getByText(t(`held.kind.${kind}`))).toBeTruthy();
  for (const table of ["person", "session", "device", "audit"] as const)
    expect(screen.getByText(t(`held.table.${table}`))).toBeTruthy();
});
