/**
 * Where the names of a chart's limits stand: at their lines, and over no other line, point or
 * name. Geometry alone, from the top left corner. Must not know what is drawn.
 */

type Place = readonly [x: number, y: number];

/** What a name must leave free; a place without a number ends a path and begins another. */
export type Path = readonly (Place | null)[];

export interface Named {
  /** Its own line. */
  path: Path;
  width: number;
  /** Whether it would rather stand above its line. */
  above: boolean;
}

export interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const ASCENT = 12;
const DESCENT = 4;
const ABOVE = -5;
const BELOW = 14;

interface Box extends Room {
  /** Where the name ends, and its baseline. */
  end: Place;
}

/** The end and the baseline of each name, in order; null where its line has no place. */
export function placeNames(named: readonly Named[], around: readonly Path[], room: Room) {
  const taken: Box[] = [];
  return named.map((name): Place | null => {
    const others = [...around, ...named.filter((each) => each !== name).map(({ path }) => path)];
    let best: Box | undefined;
    let least = Infinity;
    for (const box of candidates(name, room)) {
      const crossed = others.filter((path) => crosses(path, box)).length;
      const cost = crossed + taken.filter((each) => overlap(each, box)).length;
      if (cost >= least) continue;
      [best, least] = [box, cost];
      if (cost === 0) break;
    }
    if (best) taken.push(best);
    return best?.end ?? null;
  });
}

/** From the right end of its line to the left, above and below it, within the chart. */
function candidates({ path, width, above }: Named, room: Room): Box[] {
  const shifts = above ? [ABOVE, BELOW] : [BELOW, ABOVE];
  const ends: number[] = [];
  for (let end = room.right; end - width >= room.left; end -= width / 2) ends.push(end);
  return ends.flatMap((end) => {
    const y = heightAt(path, end);
    return y === null ? [] : shifts.map((shift) => boxAt([end, y + shift], width));
  });
}

function boxAt(end: Place, width: number): Box {
  const [right, base] = end;
  return { left: right - width, right, top: base - ASCENT, bottom: base + DESCENT, end };
}

/** Where the line is at the nearest of its places. */
function heightAt(path: Path, x: number): number | null {
  let nearest: Place | null = null;
  for (const place of path) {
    if (place && (!nearest || Math.abs(place[0] - x) <= Math.abs(nearest[0] - x))) nearest = place;
  }
  return nearest && nearest[1];
}

function overlap(one: Room, other: Room): boolean {
  const beside = one.right <= other.left || other.right <= one.left;
  return !beside && one.top < other.bottom && other.top < one.bottom;
}

function crosses(path: Path, box: Room): boolean {
  return path.some((place, at) => {
    const before = path[at - 1] ?? place;
    return place !== null && before !== null && before !== undefined && meets(before, place, box);
  });
}

function meets([x1, y1]: Place, [x2, y2]: Place, box: Room): boolean {
  const [from, to] = [Math.max(x1, box.left), Math.min(x2, box.right)];
  if (from > to) return false;
  const yAt = (x: number) => (x1 === x2 ? y1 : y1 + ((x - x1) / (x2 - x1)) * (y2 - y1));
  const [low, high] = [Math.min(yAt(from), yAt(to)), Math.max(yAt(from), yAt(to))];
  return low < box.bottom && high > box.top;
}
