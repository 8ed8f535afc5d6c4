import { expect, test, vi } from "vitest";

/** The first sight of the app in a browser that names these languages. */
async function started(languages: string[]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
  vi.resetModules();
  const { startLanguage } = await import("../../../pwa/src/i18n/language");
  await startLanguage();
  return import("../../../pwa/src/i18n");
}

test("a language that the browser names in a way of its system's own breaks no date", async () => {
  const { formatDate } = await started(["en-US@posix"]);

  expect(formatDate("2026-11-29", "short")).toContain("2026");
});

test("dates are written as the person's own country writes them", async () => {
  await started(["en-US@posix", "en-GB"]);
  const { locale } = await import("../../../pwa/src/i18n/language");

  expect(locale.value).toBe("en-GB");
});
