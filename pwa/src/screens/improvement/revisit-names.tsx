/**
 * The name check before the page of a revisit is printed: every text that stands on it. What
 * names nobody is remembered in the round's summary, where the rest of the round looks it up.
 */
import { Button } from "../../components";
import { wordsToCheck } from "../../domain/names-check";
import { language, t } from "../../i18n";
import { derivedId, may, record, save, type FieldsOf, type Kind } from "../../state";
import { boardOf } from "../debriefs/board";
import { NamesCheck, type Checked } from "../debriefs/names-check";
import { planOf } from "../rounds/round-plan";
import { setting, type PlainField } from "../words/saved-field";
import type { Coming } from "./revisits";
import { settledPatterns } from "./then-and-now";

interface Written<K extends Kind> {
  kind: K;
  id: string;
  scope: string;
  fields: FieldsOf<K>;
}

function checked<K extends Kind>(
  { kind, id, scope, fields }: Written<K>,
  ...names: PlainField<K>[]
): Checked[] {
  return names.map((name) => ({
    text: String(fields[name] ?? ""),
    replace: (text: string) => save(kind, id, scope, setting<K>(name, text)),
  }));
}

/** Then and now: the statement, and what stands beside it. */
function pairsOf({ board, second }: Coming): Checked[] {
  const seen = second ? settledPatterns(boardOf(second.id)) : [];
  return settledPatterns(board).flatMap((pattern) => {
    const now = record("pattern_now", derivedId(pattern.id, "now")).value;
    const beside = seen.find(({ id }) => id === now?.fields.second_pattern);
    return [
      ...checked(pattern, "statement"),
      ...(now ? checked(now, "text") : []),
      ...(beside ? checked(beside, "statement") : []),
    ];
  });
}

function textsOf(coming: Coming): Checked[] {
  const { board, seal } = coming;
  const [theory] = planOf(board.roundId)?.theories ?? [];
  const predicted = seal === "opened" ? board.predictions : [];
  return [
    ...pairsOf(coming),
    ...predicted.flatMap((each) => checked(each, "text", "seen_text")),
    ...board.items.flatMap((each) => checked(each, "text", "learned")),
    ...(theory ? checked(theory, "if_text", "then_text", "so_that_text") : []),
  ].filter(({ text }) => text);
}

export function PrintOfRevisit({ coming }: { coming: Coming }) {
  const { scope, roundId } = coming.board;
  const id = derivedId(roundId, "summary");
  const texts = textsOf(coming);
  const words = wordsToCheck(
    texts.map(({ text }) => text),
    record("return_summary", id).value?.fields.not_a_person ?? new Set<string>(),
    language.value,
  );
  const waits = words.length > 0;
  return (
    <div class="no-print stack-wide">
      {waits && may("return_summary", scope) && (
        <NamesCheck
          texts={texts}
          words={words}
          onNobody={(slug) => save("return_summary", id, scope, { [`not_a_person/${slug}`]: true })}
        />
      )}
      <div class="stack">
        {waits && <p class="soft">{t("debriefs.names_first")}</p>}
        <div>
          <Button icon="print" disabled={waits} onPress={() => window.print()}>
            {t("debriefs.print_summary")}
          </Button>
        </div>
      </div>
    </div>
  );
}
