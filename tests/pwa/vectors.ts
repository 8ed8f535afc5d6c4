/** The cases that both languages are held to. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function casesOf<T>(name: string): T[] {
  const path = join(import.meta.dirname, "..", "vectors", `${name}.json`);
  return (JSON.parse(readFileSync(path, "utf8")) as { cases: T[] }).cases;
}
