/** How alike a network's people read over its rounds: pooled, and never of anybody. */
import type { Agreement } from "../../domain/agreement";
import { t } from "../../i18n";
import { baseOf, SaidInWords } from "./said";
import "./agreement.css";

/** As the server says it. */
export interface ReadAlike {
  question: string | null;
  rounds: number;
  agreement: Omit<Agreement, "byChance" | "byWord"> & {
    by_chance: number | null;
    by_word: readonly (number | null)[];
  };
}

function asHere({ by_chance, by_word, ...rest }: ReadAlike["agreement"]): Agreement {
  return { ...rest, byChance: by_chance, byWord: by_word };
}

export function OverRounds({ found }: { found: readonly ReadAlike[] }) {
  return (
    <>
      {found.map(({ question, rounds, agreement }) => {
        const here = asHere(agreement);
        const count = t("agreement.rounds", { count: rounds });
        const base = t("agreement.base_of_rounds", { ...baseOf(here), rounds: count });
        return (
          <SaidInWords
            key={question}
            {...{ question, base }}
            agreement={here}
            whose="two_of"
            heading="h2"
          />
        );
      })}
    </>
  );
}
