/**
 * What hangs on a paper wall, typed in: each line makes a group of the cards that its codes
 * mean, or adds them to the group of that name. What no card is found for stays in the field.
 */
import { cardCodes, cardsMeant, readLine } from "../../domain/card-codes";
import { t } from "../../i18n";
import { remove } from "../../state";
import { showToast } from "../../components";
import type { Card } from "./board";
import { addGroup, place, positionOf, putInto } from "./wall-acts";
import type { Pile, WallView } from "./walls";

export interface PaperLine {
  name: string;
  cards: readonly Card[];
  /** What is wrong with the rest of it, in words. */
  asks: readonly string[];
  /** What stays in the field: codes and words that no card was found for. */
  left: string;
}

/** One typed line, against the cards of this wall. */
function readAgainst(wall: WallView, line: string): PaperLine {
  const ids = wall.cards.map(({ id }) => id);
  const { codes, strange, name } = readLine(line);
  const asks = strange.map((word) => t("debriefs.no_code", { word }));
  const left: string[] = [...strange];
  const found: Card[] = [];
  for (const code of codes) {
    const meant = cardsMeant(code, ids);
    const [only] = meant;
    if (meant.length === 1) found.push(wall.cards.find(({ id }) => id === only)!);
    else {
      left.push(code);
      asks.push(
        meant.length === 0 ? t("debriefs.unknown_code", { code }) : severalMeant(code, meant, ids),
      );
    }
  }
  const rest = left.length > 0 || found.length === 0 ? [...left, ...(name ? ["=", name] : [])] : [];
  return { name, cards: found, asks, left: rest.join(" ") };
}

function severalMeant(code: string, meant: readonly string[], ids: readonly string[]): string {
  const codes = cardCodes(ids);
  const list = meant.map((id) => codes.get(id)).join(", ");
  return t("debriefs.several_codes", { code, list });
}

export function readPaper(wall: WallView, text: string): PaperLine[] {
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => readAgainst(wall, line));
}

function named(wall: WallView, name: string): Pile | undefined {
  const wanted = name.toLocaleLowerCase();
  return name
    ? wall.piles.find(({ typed }) => typed.trim().toLocaleLowerCase() === wanted)
    : undefined;
}

/** Makes the groups; answers what is left to be put right. `newest`: the wall as it is now. */
export async function makeFromPaper(newest: () => WallView, text: string): Promise<string> {
  const lines = readPaper(newest(), text);
  const undos: (() => Promise<unknown>)[] = [];
  for (const { name, cards } of lines.filter((line) => line.cards.length > 0)) {
    const wall = newest();
    const known = named(wall, name);
    const group = known?.id ?? (await addGroup(wall, name));
    const before = cards.map((card) => [card, positionOf(wall, card)] as const);
    undos.push(async () => {
      await Promise.all(before.map(([card, position]) => place(wall, card, position)));
      if (!known) await remove(wall.kind, group);
    });
    await putInto(newest(), cards, group);
  }
  if (undos.length > 0) {
    const undo = () => Promise.all(undos.map((each) => each()));
    showToast({ text: t("debriefs.made_from_paper"), undo });
  }
  return lines
    .map(({ left }) => left)
    .filter(Boolean)
    .join("\n");
}
