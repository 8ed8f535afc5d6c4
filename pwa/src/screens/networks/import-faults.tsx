/** Why a file was not taken in: everything that is wrong with it, each by its row and column. */
import { whyNot } from "../../api";
import { Banner } from "../../components";
import { errorText, t } from "../../i18n";
import { AskingFailed } from "../../sync/api";

interface Fault {
  code: string;
  /** Which of several files that came packed together. */
  file?: string;
  [detail: string]: string | number | undefined;
}

function faultsOf(error: unknown): { faults: readonly Fault[]; more: number } {
  const detail = error instanceof AskingFailed ? error.detail : {};
  const { faults, more = 0 } = detail as { faults?: Fault[]; more?: number };
  return { faults: faults ?? [], more };
}

function wordsOf({ code, file, ...details }: Fault): string {
  const fault = errorText(code, details as Record<string, string | number>);
  return file ? t("imports.in_file", { file, fault }) : fault;
}

function aloneOf(error: unknown): string {
  if (!(error instanceof AskingFailed)) return whyNot(error);
  const { file } = error.detail as { file?: string };
  return file ? t("imports.in_file", { file, fault: whyNot(error) }) : whyNot(error);
}

/** Several faults of one file: the first ones in words, the others by their number. */
export function FaultList({ faults, more }: { faults: readonly string[]; more: number }) {
  return (
    <>
      <Banner tone="careful" icon="careful" urgent>
        {t("imports.faults", { count: faults.length + more })}
      </Banner>
      <ul class="stack">
        {faults.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {more > 0 && <p class="soft">{t("imports.more_faults", { count: more })}</p>}
    </>
  );
}

export function ImportFaults({ error }: { error: unknown }) {
  const { faults, more } = faultsOf(error);
  if (faults.length > 0) return <FaultList faults={faults.map(wordsOf)} more={more} />;
  return (
    <Banner tone="careful" icon="careful" urgent>
      {aloneOf(error)}
    </Banner>
  );
}
