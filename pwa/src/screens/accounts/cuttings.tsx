/** Invitations on one sheet to print, cut and hand out: a link for each person. */
import type { WayIn } from "../../api";
import { Qr } from "../../components/qr";
import { t } from "../../i18n";
import "./accounts.css";

export type Cut = Pick<WayIn, "invitation" | "link">;

function Cutting({ cut, networkName }: { cut: Cut; networkName: string }) {
  return (
    <li class="cutting">
      <Qr text={cut.link} label={t("accounts.qr_label")} />
      <div>
        <p>
          <strong>{cut.invitation.name}</strong>
        </p>
        <p class="small soft">{networkName}</p>
        <ol class="steps">
          <li>{t("accounts.cut_1")}</li>
          <li>{t("accounts.cut_2")}</li>
          <li>{t("accounts.cut_3")}</li>
        </ol>
        <p class="way-in-link">{cut.link}</p>
      </div>
    </li>
  );
}

export function Cuttings({ cuts, networkName }: { cuts: readonly Cut[]; networkName: string }) {
  return (
    <ul class="cuttings">
      {cuts.map((cut) => (
        <Cutting key={cut.invitation.id} cut={cut} networkName={networkName} />
      ))}
    </ul>
  );
}
