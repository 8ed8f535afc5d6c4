/** Everything that the network counts over time. By name, and never by what a chart says. */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import {
  Button,
  Empty,
  Form,
  List,
  PrintSheet,
  Row,
  Screen,
  Sheet,
  TextField,
} from "../../components";
import { compareText, formatDate, t } from "../../i18n";
import { may, save } from "../../state";
import { makeOnce } from "../making";
import { useDraft } from "../words/draft";
import { MeasureSheet } from "./measure-sheet";
import { measuresHere, pointsOf, scopeHere, type MeasureView } from "./series";

export function titleOf({ fields }: MeasureView): string {
  return fields.title.trim() || t("measures.untitled");
}

function detailOf(measure: MeasureView): string {
  const days = [...new Set(pointsOf(measure.id).map(({ fields }) => fields.measured_on!))];
  const last = days.at(-1);
  if (last === undefined) return t("measures.no_points_to_read");
  const count = t("measures.days", { count: days.length });
  return `${count} · ${t("measures.last_day", { day: formatDate(last, "short") })}`;
}

/** The name comes first: a press by mistake leaves nothing behind. */
function NameForm({ onAdded }: { onAdded: (id: string) => void }) {
  const { forget, ...typed } = useDraft("measures.measure");
  const title = typed.value.trim();
  const add = async () => {
    if (!title) return;
    const set = { title, numbers: "value", base: "students", form: "run" } as const;
    const id = await makeOnce("measure", title, (fresh) =>
      save("measure", fresh, scopeHere(), set),
    );
    await forget();
    onAdded(id);
  };
  return (
    <Form onSubmit={add}>
      <TextField label={t("measures.name")} hint={t("measures.name_hint")} {...typed} />
      <Button type="submit" look="primary" wide disabled={!title}>
        {t("measures.add")}
      </Button>
    </Form>
  );
}

function AddMeasure({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { route } = useLocation();
  const [added, setAdded] = useState<string | null>(null);
  const fresh = measuresHere().find(({ id }) => id === added);
  if (fresh) {
    return <MeasureSheet measure={fresh} onClose={() => route(`/patterns/measures/${fresh.id}`)} />;
  }
  return (
    <Sheet open={open} title={t("measures.add")} onClose={onClose}>
      <NameForm onAdded={setAdded} />
    </Sheet>
  );
}

export default function Measures() {
  const [adding, setAdding] = useState(false);
  const mayAdd = may("measure", scopeHere());
  const measures = [...measuresHere()].sort((a, b) => compareText(titleOf(a), titleOf(b)));
  return (
    <Screen
      title={t("measures.title")}
      lead={t("measures.lead")}
      back={{ href: "/patterns", label: t("app.patterns") }}
      action={
        mayAdd && (
          <Button look="primary" icon="add" onPress={() => setAdding(true)}>
            {t("measures.add")}
          </Button>
        )
      }
    >
      {measures.length === 0 ? (
        <Empty>{mayAdd ? t("measures.none") : t("measures.none_to_read")}</Empty>
      ) : (
        <PrintSheet>
          <List long label={t("measures.title")}>
            {measures.map((measure) => (
              <Row
                key={measure.id}
                href={`/patterns/measures/${measure.id}`}
                title={titleOf(measure)}
                detail={detailOf(measure)}
              />
            ))}
          </List>
        </PrintSheet>
      )}
      <AddMeasure open={adding} onClose={() => setAdding(false)} />
    </Screen>
  );
}
