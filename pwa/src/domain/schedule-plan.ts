/**
 * What a plan of the day is made of: people, classrooms and times in; teams, visits and what
 * could not be met out. Shapes only; schedule.ts drafts, schedule-check.ts reads.
 */

export interface PlanMember {
  readonly id: string;
  readonly schoolId: string | null;
  readonly districtId: string | null;
  readonly position: string | null;
}

/** `freeAt`: when visits are welcome, local times; absent means all day. */
export interface PlanClassroom {
  readonly id: string;
  readonly number: number;
  readonly freeAt?: readonly { readonly begins: string; readonly ends: string }[];
}

export interface PlanWishes {
  readonly members: readonly PlanMember[];
  readonly hostSchoolId: string | null;
  /** Teams of earlier rounds, by member id: people who visited together before. */
  readonly pastTeams: readonly (readonly string[])[];
  readonly classrooms: readonly PlanClassroom[];
  /** Local times of the visiting part of the day, `08:30`. */
  readonly beginsAt: string;
  readonly endsAt: string;
  readonly lunchBeginsAt: string | null;
  readonly lunchEndsAt: string | null;
  readonly visitMinutes: number;
  /** Minutes in the hallway between two visits. */
  readonly passingMinutes?: number;
  readonly visitsPerTeam?: number;
  readonly smallestTeam?: number;
  readonly largestTeam?: number;
  /** Visit numbers that are not to be given again. */
  readonly takenNumbers?: readonly number[];
  /** Only where the lead says so do people of the host school visit. */
  readonly hostSchoolVisits?: boolean;
}

/** `spareNumbers`: visit numbers kept free for *Not today*. */
export interface DraftTeam {
  readonly members: readonly string[];
  readonly spareNumbers: readonly number[];
}

/** `team` is an index into the plan's teams. */
export interface DraftSlot {
  readonly team: number;
  readonly classroomId: string;
  readonly beginsAt: string;
  readonly minutes: number;
}

/**
 * What could not be met, as a message key. Params: `team` counts from 1, `number` is a visit
 * number, `time` a local time, `member` and `other` are member ids for the screen to name.
 */
export interface PlanFinding {
  readonly key: `rounds.plan_finding.${string}`;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SchedulePlan {
  readonly teams: readonly DraftTeam[];
  readonly slots: readonly DraftSlot[];
  readonly findings: readonly PlanFinding[];
}

/** Visits of a day to one classroom: more would be a burden to the people in it. */
export const VISITS_A_ROOM = 2;
/** Wishes with nothing left open. */
export type SettledWishes = Required<PlanWishes>;

export function settled(wishes: PlanWishes): SettledWishes {
  return {
    passingMinutes: 5,
    visitsPerTeam: 4,
    smallestTeam: 3,
    largestTeam: 5,
    takenNumbers: [],
    hostSchoolVisits: false,
    ...wishes,
  };
}

/** Nobody visits their own school unless the lead says so. */
export function mayVisit(member: PlanMember, wishes: SettledWishes): boolean {
  return wishes.hostSchoolVisits || !member.schoolId || member.schoolId !== wishes.hostSchoolId;
}
