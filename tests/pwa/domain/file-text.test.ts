/** The letters of a chosen file are those that were typed, or none. */
import { expect, test } from "vitest";
import { readText } from "../../../pwa/src/domain/file-text";

const WORDS = "date,value,note\n2026-03-09,12,“Señor” · visitó";

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  [...text].forEach((sign, at) => view.setUint16(2 * at, sign.charCodeAt(0), isLittle));
  return new Uint8Array(view.buffer);
}

test("UTF-8 is read to the letter, with its mark and without", () => {
  const bytes = new TextEncoder().encode(`\uFEFF${WORDS}`);

  expect(readText(bytes)).toEqual({ text: WORDS, isOld: false });
  expect(readText(bytes.subarray(3))).toEqual({ text: WORDS, isOld: false });
});

test("what an older spreadsheet wrote keeps its accents and its quotation marks", () => {
  const bytes = [0x93, 0x53, 0x65, 0xf1, 0x6f, 0x72, 0x94, 0x20, 0x76, 0x69, 0x73, 0xf3];

  expect(readText(new Uint8Array(bytes))).toEqual({ text: "“Señor” visó", isOld: true });
});

test("what a spreadsheet calls Unicode text is read in either order of bytes", () => {
  for (const isLittle of [true, false]) {
    const bytes = utf16(`\uFEFF${WORDS}`, isLittle);
    expect(readText(bytes)).toEqual({ text: WORDS, isOld: false });
  }
});

test("what is no text, or of an encoding that nobody can tell, is none", () => {
  expect(readText(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]))).toBeNull();
  expect(readText(new Uint8Array([0x61, 0x81, 0xe9]))).toBeNull();
  expect(readText(new Uint8Array([0xff, 0xfe, 0x61]))).toBeNull();
});
