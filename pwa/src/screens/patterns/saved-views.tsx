/**
 * Looks at patterns that a member gave a name. Records of their own space: nobody else sees
 * what somebody looks for, and every device of theirs lists them, offline too.
 */
import { useState } from "preact/hooks";
import { Button, Form, List, Menu, Row, Section, Sheet, TextField } from "../../components";
import { Question } from "../../components/ask-first";
import { compareText, t } from "../../i18n";
import { list, network, remove, save, type RecordView } from "../../state";
import { makeOnce } from "../making";
import { useDraft } from "../words/draft";

type View = RecordView<"saved_view">;

/**
 * The screens of patterns that may be saved, by what stands as `look` in the saved query. Which
 * measure it is stands in the path.
 */
const LOOKS = {
  time: "/patterns/time",
  contexts: "/patterns/contexts",
  questions: "/patterns/questions",
  rooms: "/patterns/rooms",
  schools: "/patterns/schools",
  alike: "/patterns/alike",
  measure: "/patterns/measures",
};

export type Look = keyof typeof LOOKS;

function isLook(word: string | null): word is Look {
  return word !== null && word in LOOKS;
}

function scopeHere(): string {
  return `own:${network.value?.member_id ?? ""}`;
}

function viewsHere(): View[] {
  const named = list("saved_view", scopeHere()).value.filter(({ fields }) => fields.title.trim());
  return [...named].sort((a, b) => compareText(a.fields.title, b.fields.title));
}

function addressOf({ fields }: View): string {
  const query = new URLSearchParams(fields.query);
  const look = query.get("look");
  query.delete("look");
  if (look === "measure") return `${LOOKS[look]}/${query.get("measure") ?? ""}`;
  return `${isLook(look) ? LOOKS[look] : "/patterns"}?${query}`;
}

interface NamingProps {
  label: string;
  start?: string;
  /** Where what is typed is kept meanwhile. */
  draft: string;
  onNamed: (title: string) => Promise<unknown>;
  onClose: () => void;
}

function Naming({ label, start = "", draft, onNamed, onClose }: NamingProps) {
  const { forget, ...typed } = useDraft(draft, start);
  const title = typed.value.trim();
  const keep = async () => {
    if (!title) return;
    await onNamed(title);
    await forget();
    onClose();
  };
  return (
    <Form onSubmit={keep}>
      <TextField label={t("patterns.view_name")} maxLength={200} {...typed} />
      <Button type="submit" look="primary" wide disabled={!title}>
        {label}
      </Button>
    </Form>
  );
}

interface KeepProps {
  /** What was asked, as it stands in the address. */
  asked: URLSearchParams;
  /** Another screen than that of the patterns themselves. */
  look?: Look;
  /** What it is called where nobody calls it otherwise. */
  called?: string;
}

/** The view that is open already has a name, or may be given one. */
export function KeepView({ asked, look, called = "" }: KeepProps) {
  const [naming, setNaming] = useState(false);
  const [removing, setRemoving] = useState(false);
  const query = new URLSearchParams([...(look ? [["look", look]] : []), ...asked]).toString();
  const close = () => setNaming(false);
  const known = viewsHere().find(({ fields }) => fields.query === query);
  const draft = `patterns.view.${known?.id ?? "new"}`;
  return (
    <div class="no-print">
      {known ? (
        <Menu
          label={known.fields.title}
          look="plain"
          items={[
            { label: t("patterns.rename_view"), onPress: () => setNaming(true) },
            {
              label: t("patterns.remove_view"),
              careful: true,
              onPress: () => setRemoving(true),
            },
          ]}
        />
      ) : (
        <Button look="plain" icon="star" onPress={() => setNaming(true)}>
          {t("patterns.keep_view")}
        </Button>
      )}
      {known && (
        <Question
          act={t("patterns.remove_view")}
          look="careful"
          open={removing}
          onClose={() => setRemoving(false)}
          onAct={() => remove("saved_view", known.id)}
        >
          <p>{t("patterns.remove_view_asked", { view: known.fields.title })}</p>
        </Question>
      )}
      <Sheet open={naming} title={t("patterns.keep_view")} onClose={close}>
        {naming && (
          <Naming
            label={t(known ? "patterns.rename_view" : "patterns.keep_view")}
            start={known?.fields.title ?? called}
            draft={draft}
            onClose={close}
            onNamed={(title) =>
              known
                ? save("saved_view", known.id, scopeHere(), { title })
                : makeOnce("saved_view", query, (id) =>
                    save("saved_view", id, scopeHere(), { title, query }),
                  )
            }
          />
        )}
      </Sheet>
    </div>
  );
}

export function SavedViews() {
  const views = viewsHere();
  if (views.length === 0) return null;
  return (
    <Section title={t("patterns.views")}>
      <List label={t("patterns.views")}>
        {views.map((view) => (
          <Row key={view.id} href={addressOf(view)} title={view.fields.title} />
        ))}
      </List>
    </Section>
  );
}
