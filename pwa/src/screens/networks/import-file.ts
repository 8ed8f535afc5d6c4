/** A file as the server reads it: packed where that makes it smaller, as base64. */
import { AskingFailed } from "../../sync/api";

export const MOST_BYTES = 3 * 2 ** 20;

export async function contentOf(file: File): Promise<string> {
  const packed = /\.(zip|gz)$/i.test(file.name) || file.size < 2 ** 16 || /\.xml$/i.test(file.name);
  const bytes = packed ? await file.arrayBuffer() : await packedBytes(file);
  if (bytes.byteLength > MOST_BYTES) throw new AskingFailed("import.too_large", 413);
  return base64(new Uint8Array(bytes));
}

function packedBytes(file: File): Promise<ArrayBuffer> {
  const packing = file.stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packing).arrayBuffer();
}

/** In parts: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 2 ** 14) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 2 ** 14)));
  }
  return btoa(parts.join(""));
}
