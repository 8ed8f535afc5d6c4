/**
 * What a card may say of its classroom without saying which: grade band, subject and context,
 * each only while at least three classrooms of the round share all that is said (rule 15).
 *
 * Pure. Taken together, not one by one: three of grade 6-8 and three of math may still be one
 * that is both.
 */
import type { GradeBand, SchoolSubject } from "../../generated/records";

const ENOUGH = 3;

export interface ClassroomFacts {
  grade_band: GradeBand | null;
  subject: SchoolSubject | null;
  context: ReadonlySet<string>;
}

export interface CardFacts {
  grade_band: GradeBand | null;
  subject: SchoolSubject | null;
  context: readonly string[];
}

/** `all`: the classrooms of the round, this one among them. */
export function factsFor(one: ClassroomFacts, all: readonly ClassroomFacts[]): CardFacts {
  let sharing = [...all];
  const says = (holds: (other: ClassroomFacts) => boolean): boolean => {
    const left = sharing.filter(holds);
    if (left.length < ENOUGH) return false;
    sharing = left;
    return true;
  };
  const { grade_band: band, subject, context } = one;
  const saysBand = band !== null && says((other) => other.grade_band === band);
  const saysSubject = subject !== null && says((other) => other.subject === subject);
  return {
    grade_band: saysBand ? band : null,
    subject: saysSubject ? subject : null,
    context: [...context].sort().filter((word) => says((other) => other.context.has(word))),
  };
}
