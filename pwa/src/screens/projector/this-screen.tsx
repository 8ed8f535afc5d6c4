/** For whoever leads: this very screen is shown to the room, by a cable or through the air. */
import { Button, Section } from "../../components";
import { t } from "../../i18n";
import { present } from "../../state";

export function ThisScreen({ roundId }: { roundId: string }) {
  return (
    <Section title={t("presenting.this_screen")}>
      <div class="stack">
        <p>{t("presenting.how")}</p>
        <p class="soft">{t("presenting.what")}</p>
        <div>
          <Button icon="tablet" onPress={() => present(roundId)}>
            {t("presenting.begin")}
          </Button>
        </div>
      </div>
    </Section>
  );
}
