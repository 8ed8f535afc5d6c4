/** On what an answer stands, a sentence a line: below what it is of, and calm beside it. */
export function Base({ lines }: { lines: readonly string[] }) {
  return (
    <ul class="pattern-base soft label">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
