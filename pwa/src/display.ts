/**
 * How this device shows the app: theme and type size. Kept on the device alone.
 *
 * Never sent anywhere: two tablets of one person may differ.
 */
import { effect, signal } from "@preact/signals";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORED = { theme: "rounds.theme", type: "rounds.type" } as const;

export const theme = signal<Theme>("auto");
export const largeType = signal(false);

/** Read what was chosen, and keep the page and the choice in step from now on. */
export function startDisplay(): void {
  const root = document.documentElement;
  theme.value = THEMES.find((known) => known === localStorage.getItem(STORED.theme)) ?? "auto";
  largeType.value = localStorage.getItem(STORED.type) === "large";
  effect(() => {
    root.dataset["theme"] = theme.value;
    localStorage.setItem(STORED.theme, theme.value);
  });
  effect(() => {
    root.dataset["type"] = largeType.value ? "large" : "usual";
    localStorage.setItem(STORED.type, root.dataset["type"]);
  });
}
