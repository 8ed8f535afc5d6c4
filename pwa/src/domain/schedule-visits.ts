/**
 * Which team is where, and when. Time by time, teams are matched with classrooms so that as
 * many as can be have one; no classroom has two teams at once, nor more than two in a day.
 */
import {
  VISITS_A_ROOM,
  type DraftSlot,
  type PlanClassroom,
  type SettledWishes,
} from "./schedule-plan";

const VARIANTS = 12;

/** When visits may begin, as minutes of the day: one after the other, none into lunch. */
export function visitTimes(wishes: SettledWishes): number[] {
  const end = minutesOf(wishes.endsAt);
  const times: number[] = [];
  let time = minutesOf(wishes.beginsAt);
  while (time + wishes.visitMinutes <= end) {
    if (isInLunch(time, wishes)) {
      time = minutesOf(wishes.lunchEndsAt ?? "00:00");
      continue;
    }
    times.push(time);
    time += Math.max(1, wishes.visitMinutes + wishes.passingMinutes);
  }
  return times;
}

export function isInLunch(time: number, wishes: SettledWishes): boolean {
  if (wishes.lunchBeginsAt === null || wishes.lunchEndsAt === null) return false;
  const [begins, ends] = [minutesOf(wishes.lunchBeginsAt), minutesOf(wishes.lunchEndsAt)];
  return begins < ends && time < ends && time + wishes.visitMinutes > begins;
}

export function isFree(classroom: PlanClassroom, time: number, minutes: number): boolean {
  const free = classroom.freeAt;
  if (free === undefined) return true;
  return free.some(
    (each) => minutesOf(each.begins) <= time && time + minutes <= minutesOf(each.ends),
  );
}

export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

export function timeOf(minutes: number): string {
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hours}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The visits of all teams, by time and team. Several ways to go about it, the fullest is taken. */
export function placeVisits(teamCount: number, wishes: SettledWishes): DraftSlot[] {
  const rooms = wishes.classrooms.toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  let best: DraftSlot[] = [];
  for (let variant = 0; variant < VARIANTS; variant++) {
    const slots = placed(teamCount, rooms, variant, wishes);
    if (slots.length > best.length) best = slots;
    if (best.length === teamCount * wishes.visitsPerTeam) break;
  }
  return best;
}

interface Day {
  readonly rooms: readonly PlanClassroom[];
  readonly visitsOf: number[];
  readonly visitsIn: number[];
  readonly beenIn: Set<number>[];
}

function placed(
  teamCount: number,
  rooms: readonly PlanClassroom[],
  variant: number,
  wishes: SettledWishes,
): DraftSlot[] {
  const day: Day = {
    rooms,
    visitsOf: Array.from({ length: teamCount }, () => 0),
    visitsIn: rooms.map(() => 0),
    beenIn: Array.from({ length: teamCount }, () => new Set()),
  };
  const slots: DraftSlot[] = [];
  for (const time of visitTimes(wishes)) {
    for (const [team, room] of matchedAt(time, variant, day, wishes)) {
      day.visitsOf[team] = (day.visitsOf[team] ?? 0) + 1;
      day.visitsIn[room] = (day.visitsIn[room] ?? 0) + 1;
      day.beenIn[team]?.add(room);
      const classroomId = rooms[room]?.id ?? "";
      slots.push({ team, classroomId, beginsAt: timeOf(time), minutes: wishes.visitMinutes });
    }
  }
  return slots;
}

/** Teams with classrooms at one time: a largest matching by augmenting paths (Kuhn). */
function matchedAt(
  time: number,
  variant: number,
  day: Day,
  wishes: SettledWishes,
): [number, number][] {
  const teams = [...day.visitsOf.keys()]
    .filter((team) => (day.visitsOf[team] ?? 0) < wishes.visitsPerTeam)
    .sort((a, b) => (day.visitsOf[a] ?? 0) - (day.visitsOf[b] ?? 0) || a - b);
  const open = openRooms(time, variant, day, wishes);
  const teamIn = new Map<number, number>();
  const seat = (team: number, tried: Set<number>): boolean => {
    for (const room of open) {
      if (tried.has(room) || day.beenIn[team]?.has(room)) continue;
      tried.add(room);
      const there = teamIn.get(room);
      if (there !== undefined && !seat(there, tried)) continue;
      teamIn.set(room, team);
      return true;
    }
    return false;
  };
  for (const team of teams) seat(team, new Set());
  return [...teamIn]
    .map(([room, team]): [number, number] => [team, room])
    .sort((a, b) => a[0] - b[0]);
}

/** Classrooms that a team may come to now: those with the least time left and fewest visits first. */
function openRooms(time: number, variant: number, day: Day, wishes: SettledWishes): number[] {
  const later = visitTimes(wishes).filter((each) => each >= time);
  const timesLeft = day.rooms.map(
    (room) => later.filter((each) => isFree(room, each, wishes.visitMinutes)).length,
  );
  const turn = (room: number) => (room + variant) % Math.max(1, day.rooms.length);
  return [...day.rooms.keys()]
    .filter((room) => (day.visitsIn[room] ?? 0) < VISITS_A_ROOM)
    .filter((room) => isFree(day.rooms[room] as PlanClassroom, time, wishes.visitMinutes))
    .sort(
      (a, b) =>
        (day.visitsIn[a] ?? 0) - (day.visitsIn[b] ?? 0) ||
        (timesLeft[a] ?? 0) - (timesLeft[b] ?? 0) ||
        turn(a) - turn(b),
    );
}
