/**
 * The frameworks that a network took in: how much each offers, and taking one away. Only the
 * framework goes; its items stay, since plans quote their codes, and are offered no more. So do
 * those that a newer edition dropped.
 */
import { useState } from "preact/hooks";
import { Button, LinkButton, List, Row, Section, Sheet, showToast } from "../../components";
import { compareText, t } from "../../i18n";
import { list, may, remove, restore, type RecordView } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";

type Framework = RecordView<"framework">;

/** So many questions, so many standards. */
function offers(id: string): string {
  const items = list("standard").value.filter(
    ({ fields }) => fields.framework === id && !fields.dropped,
  );
  const questions = items.filter(({ fields }) => fields.asks).length;
  const standards = items.length - questions;
  return [
    questions > 0 && t("imports.has_questions", { count: questions }),
    standards > 0 && t("imports.has_standards", { count: standards }),
  ]
    .filter(Boolean)
    .join(" · ");
}

async function takeAway({ id, fields }: Framework): Promise<void> {
  await remove("framework", id);
  showToast({
    text: t("imports.framework_removed", { title: fields.title }),
    undo: () => restore("framework", id),
  });
}

function FrameworkSheet({ framework, onClose }: { framework?: Framework; onClose: () => void }) {
  const away = async (gone: Framework) => {
    await takeAway(gone);
    onClose();
  };
  return (
    <Sheet
      open={framework !== undefined}
      title={framework?.fields.title ?? ""}
      onClose={onClose}
      actions={
        framework && (
          <>
            <Button look="careful" icon="trash" onPress={() => away(framework)}>
              {t("imports.remove_framework")}
            </Button>
            <LinkButton href="/places/import">{t("imports.newer")}</LinkButton>
          </>
        )
      }
    >
      {framework && (
        <div class="stack">
          <DeletedThenEdited kind="framework" id={framework.id} scope={framework.scope} />
          <p class="soft">
            {[framework.fields.creator, offers(framework.id)].filter(Boolean).join(" · ")}
          </p>
          <p>{t("imports.remove_lead")}</p>
          <p>{t("imports.newer_lead")}</p>
        </div>
      )}
    </Sheet>
  );
}

export function Frameworks({ scope }: { scope: string }) {
  const [opened, setOpened] = useState<string>();
  const frameworks = list("framework", scope).value.toSorted((a, b) =>
    compareText(a.fields.title, b.fields.title),
  );
  if (frameworks.length === 0) return null;
  const mayChange = may("framework", scope);
  const found = frameworks.find(({ id }) => id === opened);
  return (
    <Section title={t("imports.frameworks")}>
      <List label={t("imports.frameworks")}>
        {frameworks.map(({ id, fields }) => (
          <Row
            key={id}
            title={fields.title}
            detail={offers(id)}
            onPress={mayChange ? () => setOpened(id) : undefined}
          />
        ))}
      </List>
      <FrameworkSheet
        {...(found ? { framework: found } : {})}
        onClose={() => setOpened(undefined)}
      />
    </Section>
  );
}
