/** No circles: a file can be read, tested and loaded with what stands below it, and no more. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const SOURCE = resolve(import.meta.dirname, "../../pwa/src");
const IMPORTS = /^(?:import|export)\b[^"']*?from\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"/gm;

function sources(folder = SOURCE): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const FILES = new Set(sources());

function resolved(from: string, to: string): string | undefined {
  const base = join(dirname(from), to);
  const wanted = [base, `${base}.ts`, `${base}.tsx`, join(base, "index.ts")];
  return wanted.find((path) => FILES.has(path));
}

/** What a file imports of ours when it is loaded; what it fetches later is no circle. */
function importsOf(path: string): string[] {
  const found = [...readFileSync(path, "utf8").matchAll(IMPORTS)];
  return found.flatMap(([, from, bare]) => resolved(path, from ?? bare ?? "") ?? []);
}

/** Every circle, as the files on it in the order in which they import each other. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file]);
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}

const named = (circle: readonly string[]) =>
  circle.map((path) => relative(SOURCE, path)).join(" -> ");

test("the search finds a circle of three", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["a"]],
    ["d", []],
  ]);

  expect(circlesIn(graph)).toEqual([["a", "b", "c", "a"]]);
});

test("no file of the app imports itself by way of others", () => {
  const graph = new Map([...FILES].map((path) => [path, importsOf(path)]));

  expect([...graph.values()].flat().length).toBeGreaterThan(FILES.size);
  expect(circlesIn(graph).map(named)).toEqual([]);
});

/** Folders of screens that others stand on: they know no screen of any feature. */
test("what all screens share knows none of them", () => {
  const shared = [...FILES].filter((path) => path.startsWith(join(SOURCE, "screens/words/")));
  const features = shared.flatMap(importsOf).map((path) => relative(SOURCE, path));

  expect(features.filter((path) => /^screens\/(?!words\/)[^/]+\//.test(path))).toEqual([]);
});

/** The keys of messages that come with the bundle, or of those that a later screen fetches. */
function keysOf(catalogue: "english" | "english-more"): Set<string> {
  const text = readFileSync(join(SOURCE, `i18n/${catalogue}.ts`), "utf8");
  const files = [...text.matchAll(/from "([^"]+\.json)"/g)].map(([, path]) => path ?? "");
  const read = (path: string) =>
    JSON.parse(readFileSync(join(SOURCE, "i18n", path), "utf8")) as object;
  return new Set(files.flatMap((path) => Object.keys(read(path))));
}

test("the screens that a classroom needs say nothing whose words are fetched later", () => {
  const reached = new Set<string>();
  const waits = (file: string) => readFileSync(file, "utf8").includes("loadAllWords()");
  const walk = (file: string): void => {
    if (reached.has(file) || waits(file)) return;
    reached.add(file);
    importsOf(file).forEach(walk);
  };
  ["main.tsx", "screens/today.tsx", "screens/more.tsx", "screens/not-sent.tsx"]
    .concat("screens/evidence/visit.tsx")
    .forEach((file) => walk(join(SOURCE, file)));
  const later = keysOf("english-more");

  const said = [...reached].flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bt\(([^()]*)/g)]
      .flatMap(([, inside]) => [...(inside ?? "").matchAll(/"([^"]+)"/g)])
      .map(([, key]) => key ?? "")
      .filter((key) => later.has(key))
      .map((key) => `${relative(SOURCE, file)}: ${key}`),
  );

  expect(reached.size).toBeGreaterThan(50);
  expect(said).toEqual([]);
});
