/** Rounds whose notes by this person go within the week, with the way to save a copy. */
import { Banner, LinkButton } from "../../components";
import { formatDate, t } from "../../i18n";
import { network } from "../../state";
import { roundName } from "./words";

interface NotesGoProps {
  /** This round alone; it needs no way to itself. */
  round?: string;
}

export function NotesGo({ round }: NotesGoProps) {
  const going = network.value?.notes_go ?? [];
  return (
    <>
      {going
        .filter(({ round_id: id }) => round === undefined || id === round)
        .map(({ round_id: id, kept_through: day }) => (
          <Banner
            key={id}
            icon="careful"
            action={
              round === undefined && (
                <LinkButton look="quiet" href={`/rounds/${id}/notes`}>
                  {t("retention.soon_do")}
                </LinkButton>
              )
            }
          >
            {t("retention.soon", { round: roundName(id), date: formatDate(day) })}
          </Banner>
        ))}
    </>
  );
}
