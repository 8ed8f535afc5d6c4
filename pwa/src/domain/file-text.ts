/**
 * The letters of a file that somebody chose, as the server reads those that it takes in:
 * UTF-8 to the letter, else what an older spreadsheet wrote. Must not know what the words mean.
 */

export interface FileText {
  text: string;
  /** Read as Windows-1252, so that its accents want a look. */
  isOld: boolean;
}

/** Bytes that Windows-1252 has no letter for; a browser reads them as controls. */
const NO_LETTER = /[\u0000\u0081\u008D\u008F\u0090\u009D]/;

/** Null where these are no letters, or of an encoding that nobody can tell. */
export function readText(bytes: Uint8Array): FileText | null {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  if (isLittle || (first === 0xfe && second === 0xff)) {
    return whole(bytes, isLittle ? "utf-16le" : "utf-16be");
  }
  return whole(bytes, "utf-8") ?? whole(bytes, "windows-1252");
}

function whole(bytes: Uint8Array, encoding: string): FileText | null {
  const isOld = encoding === "windows-1252";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return (isOld ? NO_LETTER : /\0/).test(text) ? null : { text, isOld };
  } catch {
    return null;
  }
}
