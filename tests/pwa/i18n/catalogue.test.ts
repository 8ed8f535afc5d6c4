/** Both languages are whole: the same keys, the same parameters, every plural complete. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

type Message = string | Record<string, string>;
type Catalogue = Record<string, Message>;

const FOLDER = join(import.meta.dirname, "../../../schemas/messages");
const FILES = readdirSync(join(FOLDER, "en")).sort();

function read(language: string, file: string): Catalogue {
  return JSON.parse(readFileSync(join(FOLDER, language, file), "utf8")) as Catalogue;
}

function texts(message: Message): string[] {
  return typeof message === "string" ? [message] : Object.values(message);
}

function parameters(message: Message): string[] {
  const names = texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []);
  return [...new Set(names)].sort();
}

test("every feature has a file of messages in every language", () => {
  expect(readdirSync(join(FOLDER, "es")).sort()).toEqual(FILES);
});

test.each(FILES)("%s says the same things in Spanish as in English", (file) => {
  const english = read("en", file);
  const spanish = read("es", file);

  expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
});

test.each(FILES)("%s names the same parameters in both languages", (file) => {
  const spanish = read("es", file);

  for (const [key, message] of Object.entries(read("en", file))) {
    expect([key, parameters(spanish[key] ?? "")]).toEqual([key, parameters(message)]);
  }
});

test.each(FILES)("%s has no empty message and no plural without its general form", (file) => {
  for (const language of ["en", "es"]) {
    for (const [key, message] of Object.entries(read(language, file))) {
      expect([key, texts(message).every((text) => text.trim() !== "")]).toEqual([key, true]);
      if (typeof message !== "string") expect([key, "other" in message]).toEqual([key, true]);
    }
  }
});

test("Spanish never calls an instructional round by a word that means a patrol or a drink", () => {
  const plain = /\brondas?\b(?! de instrucción)/i;

  for (const file of FILES) {
    for (const message of Object.values(read("es", file))) {
      for (const text of texts(message)) expect(text).not.toMatch(plain);
    }
  }
});
