/**
 * What a person wrote as a page of its own, to open anywhere: no script, no address, nothing
 * to load. Every word by a person is escaped and stands exactly as it was typed.
 */
import { PLACES, type Piece } from "./gather";
import { formatMoment, isKey, language, t } from "./words";

const STYLE = `:root{color-scheme:light dark}
body{max-width:42rem;margin:0 auto;padding:24px 16px;font:17px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.2}h2{margin-top:2rem;font-size:1.2rem}
article{padding:12px 0;border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)}
p{margin:0}.about{font-size:.85rem;opacity:.72}
.words{white-space:pre-wrap;overflow-wrap:anywhere}.words+.words{margin-top:8px}`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

export function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character]!);
}

/** Where and when, in words: "Note · V3 · minute 7 · Nov 22". */
export function aboutPiece(piece: Piece, classrooms: ReadonlyMap<string, number>): string {
  const key = `rescue.kind_${piece.kind}`;
  const number = piece.classroom === null ? undefined : classrooms.get(piece.classroom);
  const parts = [
    isKey(key) ? t(key) : t("rescue.kind_other"),
    number === undefined ? "" : t("rescue.classroom", { number }),
    piece.minute === null ? "" : t("rescue.minute", { minute: piece.minute }),
    formatMoment(piece.written_at),
    piece.deleted ? t("rescue.deleted") : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function article(piece: Piece, classrooms: ReadonlyMap<string, number>): string {
  const words = piece.texts.map((text) => `<p class="words">${escaped(text)}</p>`).join("");
  return `<article><p class="about">${escaped(aboutPiece(piece, classrooms))}</p>${words}</article>\n`;
}

/** The page in parts, so that no large text is ever put together. */
export function* readablePage(
  name: string,
  pieces: readonly Piece[],
  classrooms: ReadonlyMap<string, number>,
  now: Date,
): Generator<string> {
  const title = escaped(t("rescue.page_title"));
  const made = escaped(t("rescue.page_made", { name, when: formatMoment(now.toISOString()) }));
  yield `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>`;
  yield `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>`;
  yield `<h1>${title}</h1><p class="about">${made}</p>\n`;
  for (const place of PLACES) {
    const here = pieces.filter((piece) => piece.place === place);
    if (here.length > 0) yield `<h2>${escaped(t(`rescue.place_${place}`))}</h2>\n`;
    for (const piece of here) yield article(piece, classrooms);
  }
  yield `<p class="about">${escaped(t("rescue.print_line"))}</p></body></html>\n`;
}
