/** The main menu: a bar of four at the thumb on a phone, a rail at the side on a tablet. */
import { useLocation } from "preact-iso";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../components";
import { t, type Key } from "../i18n";
import { network } from "../state";
import { leadsSomewhere } from "./routes";

interface Entry {
  href: string;
  words: Key;
  icon: IconName;
  /** Behind *More* on a phone, in the rail on a tablet. */
  folded?: boolean;
  /** The one entry that a rail does not need. */
  phoneOnly?: boolean;
}

const ENTRIES: readonly Entry[] = [
  { href: "/", words: "app.today", icon: "today" },
  { href: "/rounds", words: "app.rounds", icon: "rounds" },
  { href: "/patterns", words: "app.patterns", icon: "patterns" },
  { href: "/members", words: "app.members", icon: "people", folded: true },
  { href: "/places", words: "app.places_short", icon: "place", folded: true },
  { href: "/settings", words: "app.settings", icon: "settings", folded: true },
  { href: "/more", words: "app.more", icon: "more", phoneOnly: true },
];

function isCurrent(entry: Entry, path: string): boolean {
  if (entry.href === "/") return path === "/";
  if (entry.phoneOnly) return path === entry.href || path === "/not-sent";
  return path === entry.href || path.startsWith(`${entry.href}/`);
}

function place({ folded, phoneOnly }: Entry): string | undefined {
  if (folded) return "rail";
  return phoneOnly ? "bar" : undefined;
}

/** Outside any network there is a page that says so, and the settings. */
function mayOpen(href: string): boolean {
  return network.value !== null || href === "/" || href === "/settings";
}

export function Nav({ foot }: { foot: ComponentChildren }) {
  const { path } = useLocation();
  const entries = ENTRIES.filter(({ href }) => leadsSomewhere(href) && mayOpen(href));
  const inFolded = entries.some((entry) => entry.folded && isCurrent(entry, path));
  return (
    <nav class="nav" aria-label={t("app.main_menu")}>
      <p class="nav-name">{network.value?.network.name ?? t("app.name")}</p>
      <ul class="nav-list">
        {entries.map((entry) => {
          const current = isCurrent(entry, path) || (entry.phoneOnly && inFolded);
          return (
            <li key={entry.href} data-only={place(entry)}>
              <a class="nav-link" href={entry.href} aria-current={current ? "page" : undefined}>
                <Icon name={entry.icon} />
                {t(entry.words)}
              </a>
            </li>
          );
        })}
      </ul>
      <div class="nav-foot">{foot}</div>
    </nav>
  );
}
