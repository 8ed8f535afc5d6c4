/**
 * The element that the mark at a line's beginning proposes. A proposal: the visitor may
 * choose another, and a line without a mark waits for Review.
 */
import type { CoreElement } from "../../generated/records";
import type { Language } from "../../i18n";

interface Marks {
  teacher: RegExp;
  student: RegExp;
}

/** The letter or the word, a number perhaps, a colon: `T:`, `S2:`, `Several students:`. */
function marked(words: string): RegExp {
  return new RegExp(`^\\s*(?:${words})\\s?\\d{0,2}\\s*:`, "iu");
}

const TEACHER = "t|tr|teachers?|co-?teacher|docentes?|maestr[oa]s?|profe(?:sor(?:a|es|as)?)?";
const STUDENT =
  "s|ss|st|sts|(?:several )?students?|boys?|girls?|class|estudiantes?|alumn[oa]s?|niñ[oa]s?";

/** In Spanish single letters also stand for *docente, maestra, estudiante, alumno*. */
const MARKS: Readonly<Record<Language, Marks>> = {
  en: { teacher: marked(TEACHER), student: marked(STUDENT) },
  es: { teacher: marked(`d|m|${TEACHER}`), student: marked(`e|es|a|${STUDENT}`) },
};

export function proposedElement(text: string, language: Language): CoreElement | null {
  const marks = MARKS[language];
  if (marks.teacher.test(text)) return "teacher";
  return marks.student.test(text) ? "student" : null;
}
