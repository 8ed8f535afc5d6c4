/** What a group of notes stands under: "V9", and behind it what is taught there. */
import { t } from "../../i18n";
import { classroomOf, visitDetail, visitLabel } from "./day";

export function VisitHeading({ round, id }: { round: string; id: string }) {
  const classroom = classroomOf(round, id);
  if (!classroom) return <>{t("evidence.moved_elsewhere")}</>;
  return (
    <>
      {visitLabel(classroom)}
      <span class="heading-detail">{visitDetail(classroom)}</span>
    </>
  );
}
