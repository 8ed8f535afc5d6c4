import { afterEach, expect, test } from "vitest";
import {
  errorText,
  formatAgo,
  formatDate,
  formatList,
  formatTime,
  formatTimeRange,
  language,
  setLanguage,
  t,
} from "../../../pwa/src/i18n";

afterEach(() => setLanguage("en"));

test("a plural goes by its count, and the count is written as the language writes it", async () => {
  expect(t("sync.only_on_tablet", { count: 1 })).toBe("1 note only on this tablet");
  expect(t("sync.only_on_tablet", { count: 12_345 })).toBe("12,345 notes only on this tablet");

  await setLanguage("es");

  expect(t("sync.only_on_tablet", { count: 1 })).toBe("1 nota solo en esta tableta");
});

test("the language chosen stands in the page and is kept on the device", async () => {
  await setLanguage("es");

  expect(language.value).toBe("es");
  expect(document.documentElement.lang).toBe("es");
  expect(localStorage.getItem("rounds.language")).toBe("es");
});

test("a person's own braces in a parameter stay as typed", () => {
  expect(t("accounts.remove_title", { name: "{name} $& Robin" })).toBe("Remove {name} $& Robin?");
});

test("an error that this app does not know reads as the general message", () => {
  expect(errorText("of_a_newer_server")).toBe(t("app.something_went_wrong"));
});

test("a local date and a local time are never moved between time zones", () => {
  expect(formatDate("2026-11-22", "short")).toBe("Nov 22, 2026");
  expect(formatTime("09:05")).toBe("9:05 AM");
  expect(formatTimeRange("11:50", 20)).toMatch(/^11:50\sAM\s–\s12:10\sPM$/);
});

test("what is no date is shown as it came", () => {
  expect(formatDate("soon")).toBe("soon");
  expect(formatTime("later")).toBe("later");
});

test("how long ago is told in the greatest whole unit", () => {
  const now = Date.UTC(2026, 10, 22, 12);

  expect(formatAgo("2026-11-22T11:57:00Z", now)).toBe("3 minutes ago");
  expect(formatAgo("2026-11-21T11:00:00Z", now)).toBe("yesterday");
  expect(formatAgo("2026-11-22T11:59:50Z", now)).toBe("this minute");
});

test("a list is joined as the language joins it", async () => {
  expect(formatList(["a", "b", "c"])).toBe("a, b, and c");

  await setLanguage("es");

  expect(formatList(["a", "b", "c"])).toBe("a, b y c");
});
