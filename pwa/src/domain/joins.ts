/**
 * What was joined into what: visit numbers of one room, groups of one idea.
 *
 * Twin of server/domain/joins.py; both run tests/vectors/patterns.json and board.json.
 */

/**
 * What something was joined to in the end; itself where it was not. Two devices may join two
 * of them into each other: the lowest id of such a circle stands for all.
 */
export function endOfJoins(
  start: string,
  joinedTo: ReadonlyMap<string, string | null | undefined>,
): string {
  const path = [start];
  for (let next = joinedTo.get(start); next; next = joinedTo.get(next)) {
    const met = path.indexOf(next);
    if (met >= 0) return path.slice(met).sort()[0] ?? start;
    path.push(next);
  }
  return path.at(-1) ?? start;
}
