/** Grades and subject of a classroom, picked from the closed lists. */
import { Select } from "../../components";
import {
  GRADE_BANDS,
  SCHOOL_SUBJECTS,
  type GradeBand,
  type SchoolSubject,
} from "../../generated/records";
import { t } from "../../i18n";

export const gradeBands = () =>
  GRADE_BANDS.map((value) => ({ value, label: t(`vocabulary.grade_band.${value}`) }));

export const schoolSubjects = () =>
  SCHOOL_SUBJECTS.map((value) => ({ value, label: t(`vocabulary.school_subject.${value}`) }));

interface PickProps<V> {
  value: V | null;
  onChange: (value: V | null) => void;
}

export function BandSelect(props: PickProps<GradeBand>) {
  return (
    <Select
      label={t("rounds.classrooms.band")}
      none={t("rounds.classrooms.open")}
      options={gradeBands()}
      {...props}
    />
  );
}

export function SubjectSelect(props: PickProps<SchoolSubject>) {
  return (
    <Select
      label={t("rounds.classrooms.subject")}
      none={t("rounds.classrooms.open")}
      options={schoolSubjects()}
      {...props}
    />
  );
}
