/** Why a file was not taken in: everything that is wrong with it, each by its row and column. */
import { whyNot } from "../../api";
import { Banner } from "../../components";
import { errorText, t } from "../../i18n";
import { AskingFailed } from "../../sync/api";

interface Fault {
  code: string;
  [detail: string]: string | number;
}

function faultsOf(error: unknown): { faults: readonly Fault[]; more: number } {
  const { faults = [], more = 0 } = (error instanceof AskingFailed ? error.detail : {}) as {
    faults?: Fault[];
    more?: number;
  };
  return { faults, more };
}

export function ImportFaults({ error }: { error: unknown }) {
  const { faults, more } = faultsOf(error);
  if (faults.length === 0) {
    return (
      <Banner tone="careful" icon="careful" urgent>
        {whyNot(error)}
      </Banner>
    );
  }
  return (
    <>
      <Banner tone="careful" icon="careful" urgent>
        {t("imports.faults", { count: faults.length + more })}
      </Banner>
      <ul class="stack">
        {faults.map(({ code, ...details }, at) => (
          <li key={at}>{errorText(code, details)}</li>
        ))}
      </ul>
      {more > 0 && <p class="soft">{t("imports.more_faults", { count: more })}</p>}
    </>
  );
}
