/**
 * Where the app begins: read what the tablet knows, then draw. Never waits for a network.
 */
import { render } from "preact";
import { App } from "./app";
import { tell } from "./app/failure";
import { fetchAhead } from "./app/routes";
import { startDisplay } from "./display";
import { startLanguage } from "./i18n";
import { start } from "./state";
import "./styles/index.css";
import { watchForUpdates } from "./update";

const OPENING_MS = 4_000;

function draw(): void {
  render(<App />, document.getElementById("app")!);
  watchForUpdates();
}

addEventListener("error", ({ error }) => tell(error));
addEventListener("unhandledrejection", ({ reason }) => tell(reason));

/** A tablet whose storage hangs still gets a screen that says so. */
const patience = new Promise<void>((resolve) => setTimeout(resolve, OPENING_MS));
startDisplay();
fetchAhead(location.pathname);
void Promise.race([Promise.all([start(), startLanguage()]), patience]).then(draw);
