import { expect, test } from "vitest";
import { namesIn } from "../../../pwa/src/screens/accounts/invite-many";
import { fits, peopleOf } from "../../../pwa/src/screens/accounts/people";
import { platformOf } from "../../../pwa/src/screens/accounts/platform";

const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0";
const ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130";

test("an iPad is known by its touch screen, though it calls itself a Macintosh", () => {
  expect(platformOf(IPAD, 5)).toBe("apple");
  expect(platformOf(IPAD, 0)).toBe("desktop");
  expect(platformOf(ANDROID, 5)).toBe("android");
});

test("people are found by the beginnings of any words, accents aside", () => {
  const line = "José Muestra Member · Principal · Demo Ridge Elementary";

  expect(fits(line, "ridge jose")).toBe(true);
  expect(fits(line, "")).toBe(true);
  expect(fits(line, "muestra lead")).toBe(false);
});

test("the server's word on people wins where it was heard, and removed people are not listed", () => {
  const fields = {
    name: "Robin Sample",
    roles: new Set(["member"]),
    position: null,
    school: null,
    district: null,
    active: true,
  } as const;
  const record = { id: "1", kind: "member", scope: "network:1", versions: {}, fields } as const;
  const records = [
    { ...record, status: "on_server", deletedThenEdited: false },
    {
      ...record,
      id: "2",
      fields: { ...fields, active: false },
      status: "on_server",
      deletedThenEdited: false,
    },
  ] as const;

  expect(peopleOf(records, undefined).map(({ id }) => id)).toEqual(["1"]);
  expect(peopleOf(records, []).map(({ id }) => id)).toEqual([]);
});

test("names are one a line; empty lines are nobody", () => {
  expect(namesIn(" Robin Sample \n\n\tAlex Example\r\n")).toEqual(["Robin Sample", "Alex Example"]);
});
