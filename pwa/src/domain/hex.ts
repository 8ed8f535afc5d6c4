/** Bytes or words in lower-case hex, each as wide as it is. */
export function hexOf(numbers: Uint8Array | Uint32Array): string {
  const width = 2 * numbers.BYTES_PER_ELEMENT;
  return Array.from(numbers, (number) => number.toString(16).padStart(width, "0")).join("");
}
