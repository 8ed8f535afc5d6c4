/**
 * The rescue page: everything that its author has on this tablet, saved without the app.
 *
 * Shares nothing with the app that could take it down: a script of its own, no framework, the
 * databases read directly. Must not write to them, and asks nobody anything until the person
 * wants the app's files again.
 */
import { RESCUE_FOOT, rescueHead } from "../db/rescue-file";
import {
  changesOf,
  classroomNumbers,
  lastAccount,
  waitingOfOthers,
  type LastAccount,
} from "./disk";
import { Gathering, PLACES, type Piece } from "./gather";
import { renewApp } from "./renew";
import { aboutPiece, readablePage } from "./readable";
import { dress, t } from "./words";
import "./rescue.css";

declare const __APP_VERSION__: string;

type Child = Node | string | false | null;

function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== false && child !== null));
  return made;
}

const say = el("p", { className: "said", role: "status" });

function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Hand the browser a file. Parts become blobs at once: the browser may put them on disk. */
function handOver(parts: Blob[], type: string, ending: string): void {
  const name = `rounds-${today()}.${ending}`;
  const url = URL.createObjectURL(new Blob(parts, { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say.textContent = t("rescue.saved", { name });
}

async function saveFile(account: LastAccount): Promise<void> {
  const parts = [new Blob([rescueHead(account, __APP_VERSION__, new Date())])];
  let before = "\n";
  for await (const batch of changesOf(account.person.id)) {
    parts.push(new Blob([before + batch.map((each) => JSON.stringify(each)).join(",\n")]));
    before = ",\n";
  }
  handOver([...parts, new Blob([RESCUE_FOOT])], "application/json", "json");
}

function savePage(account: LastAccount, pieces: Piece[], classrooms: Map<string, number>): void {
  const name = account.person.name ?? "";
  const parts = [...readablePage(name, pieces, classrooms, new Date())];
  handOver([new Blob(parts)], "text/html", "html");
}

function action(words: string, why: string, look: string, act: () => unknown): HTMLElement {
  const press = async () => {
    say.textContent = "";
    try {
      await act();
    } catch {
      say.textContent = t("rescue.not_saved");
    }
  };
  const button = el("button", { type: "button", onclick: () => void press() }, words);
  button.dataset["look"] = look;
  return el("div", { className: "action" }, button, el("p", { className: "soft" }, why));
}

function preview(pieces: Piece[], classrooms: Map<string, number>): HTMLElement {
  const rows = pieces.map((piece) =>
    el(
      "li",
      {},
      el("p", { className: "about" }, aboutPiece(piece, classrooms)),
      ...piece.texts.map((text) => el("p", { className: "words" }, text)),
    ),
  );
  return el("details", {}, el("summary", {}, t("rescue.look")), el("ul", {}, ...rows));
}

function counted({ counts }: Gathering): HTMLElement {
  const rows = PLACES.filter((place) => counts[place] > 0).map((place) =>
    el(
      "div",
      { className: "row" },
      el("dt", {}, t(`rescue.place_${place}`)),
      el("dd", {}, t("rescue.count", { count: counts[place] })),
    ),
  );
  return el("dl", {}, ...rows);
}

/** Somebody signed out on purpose: who holds the tablet now says that the words are theirs. */
function behindADoor(name: string, inside: HTMLElement): HTMLElement {
  inside.hidden = true;
  const door = el("button", { type: "button" }, t("rescue.signed_out_is_me", { name }));
  const section = el("div", {}, el("p", {}, t("rescue.signed_out", { name })), door);
  door.onclick = () => {
    section.hidden = true;
    inside.hidden = false;
  };
  return el("div", {}, section, inside);
}

async function ofAccount(account: LastAccount): Promise<HTMLElement> {
  const gathering = new Gathering();
  for await (const batch of changesOf(account.person.id)) {
    for (const change of batch) gathering.add(change);
  }
  const name = account.person.name ?? "";
  const any = PLACES.some((place) => gathering.counts[place] > 0);
  if (!any) return el("p", {}, t("rescue.nothing", { name }));
  const classrooms = await classroomNumbers(account.person.id);
  const pieces = gathering.pieces();
  const page = () => savePage(account, pieces, classrooms);
  const inside = el(
    "div",
    { className: "stack" },
    action(t("rescue.save_page"), t("rescue.save_page_why"), "primary", page),
    action(t("rescue.save_file"), t("rescue.save_file_why"), "", () => saveFile(account)),
    say,
    pieces.length > 0 && preview(pieces, classrooms),
  );
  const shown = account.signedOut ? behindADoor(name, inside) : inside;
  return el("section", {}, el("h2", {}, t("rescue.of", { name })), counted(gathering), shown);
}

function ofApp(): HTMLElement {
  const note = el("p", { className: "said", role: "status" });
  const renew = async () => {
    if (!(await renewApp())) note.textContent = t("rescue.renew_offline");
  };
  return el(
    "section",
    {},
    el("h2", {}, t("rescue.app_title")),
    el("p", {}, el("a", { href: "/" }, t("rescue.open_app"))),
    action(t("rescue.renew_app"), t("rescue.renew_app_why"), "", renew),
    note,
  );
}

function silentDisk(): HTMLElement {
  const again = el("button", { type: "button", onclick: () => location.reload() });
  again.textContent = t("rescue.again");
  return el("section", {}, el("p", { role: "alert" }, t("rescue.no_answer")), again);
}

async function written(): Promise<HTMLElement> {
  try {
    const account = await lastAccount();
    return account ? await ofAccount(account) : el("p", {}, t("rescue.nobody"));
  } catch {
    return silentDisk();
  }
}

async function others(): Promise<HTMLElement | null> {
  const account = await lastAccount();
  const count = await waitingOfOthers(account?.person.id ?? null);
  return count > 0 ? el("p", { className: "soft" }, t("rescue.others", { count })) : null;
}

async function show(): Promise<void> {
  dress();
  document.title = t("rescue.title");
  const main = document.querySelector("main")!;
  const looking = el("p", { className: "soft" }, t("rescue.looking"));
  const head = [el("h1", {}, t("rescue.title")), el("p", { className: "soft" }, t("rescue.lead"))];
  main.replaceChildren(...head, looking, ofApp());
  looking.replaceWith(await written());
  const more = await others().catch(() => null);
  if (more) main.lastElementChild!.before(more);
}

void show();
