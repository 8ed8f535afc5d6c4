/**
 * When the app does not draw: say that nothing is lost, and lead to the rescue page.
 *
 * A plain script beside the app's, so that whatever stops that one does not stop this one.
 * Goes away by itself when the app draws after all.
 */
declare const __OFFER__: Readonly<Record<string, Readonly<Record<string, string>>>>;

const PATIENCE_MS = 8_000;
const AFTER_FAILURE_MS = 1_000;

const app = document.getElementById("app")!;
let offer: HTMLElement | null = null;

function language(): string {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("rounds.language");
  } catch {
    // No storage at all: the browser's own language will do.
  }
  const known = [chosen, ...navigator.languages].map((tag) => tag?.split("-")[0] ?? "");
  return known.find((tag) => tag in __OFFER__) ?? "en";
}

function link(words: string | undefined, href: string): HTMLElement {
  const anchor = document.createElement("a");
  Object.assign(anchor, { textContent: words ?? "", href });
  Object.assign(anchor.style, { display: "block", padding: "12px 0" });
  return anchor;
}

function show(): void {
  if (offer || app.childElementCount > 0) return;
  const words = __OFFER__[language()]!;
  const lead = document.createElement("p");
  lead.textContent = words["rescue.offer"] ?? "";
  offer = document.createElement("main");
  offer.role = "alert";
  Object.assign(offer.style, {
    font: "17px/1.5 system-ui",
    maxWidth: "36rem",
    margin: "24px auto",
  });
  offer.style.padding = "0 16px";
  const again = link(words["rescue.offer_again"], location.pathname);
  offer.append(lead, link(words["rescue.offer_copy"], "/rescue.html"), again);
  document.body.append(offer);
}

new MutationObserver(() => {
  if (app.childElementCount === 0) return;
  offer?.remove();
  offer = null;
}).observe(app, { childList: true });

const failed = () => setTimeout(show, AFTER_FAILURE_MS);
addEventListener("error", failed, true);
addEventListener("unhandledrejection", failed);
setTimeout(show, PATIENCE_MS);

export {};
