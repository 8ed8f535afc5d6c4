/** The end of a debrief: where *Next* stood before, and the way back from it. */
import { useState } from "preact/hooks";
import { Button } from "../../components";
import { AskFirst } from "../../components/ask-first";
import type { ButtonProps } from "../../components/button";
import { t } from "../../i18n";
import { derivedId, list, record, save } from "../../state";
import type { Board } from "./board";
import { openItemsOf, OpenItems } from "./open-items";

function putClosed({ debriefId, scope }: Board, closed_at: string | null): Promise<void> {
  return save("debrief", debriefId, scope, { closed_at });
}

/** The draft is whole when the debrief closes, and its first line is thanks: the usual ones. */
async function draftThanks({ roundId, scope }: Board): Promise<void> {
  const id = derivedId(roundId, "summary");
  if (record("return_summary", id).value?.fields.thanks?.trim()) return;
  await save("return_summary", id, scope, { thanks: t("debriefs.usual_thanks") });
}

async function closeDebrief(board: Board): Promise<void> {
  await draftThanks(board);
  await putClosed(board, new Date().toISOString());
}

type Looks = Pick<ButtonProps, "look" | "wide">;

/** Names first what was agreed on to do and lacks something: nobody looks back at it by itself. */
export function CloseButton({ board, ...looks }: { board: Board } & Looks) {
  const [asked, setAsked] = useState<readonly string[]>([]);
  const close = () => closeDebrief(board);
  const press = () => {
    const open = openItemsOf(board);
    setAsked(open);
    return open.length === 0 ? close() : undefined;
  };
  return (
    <>
      <Button {...looks} icon="check" onPress={press}>
        {t("debriefs.close")}
      </Button>
      {asked.length > 0 && (
        <OpenItems {...{ board, asked }} onClose={() => setAsked([])} onCloseDebrief={close} />
      )}
    </>
  );
}

export function Close({ board }: { board: Board }) {
  return (
    <div class="control-next">
      <CloseButton board={board} look="primary" wide />
    </div>
  );
}

/** It takes a summary away from those who read it already, so it asks. */
export function OpenAgain({ board }: { board: Board }) {
  const [summary] = list("return_summary", board.scope).value;
  const isRead = (summary?.fields.opened?.size ?? 0) > 0;
  return (
    <div class="open-again">
      <AskFirst act={t("debriefs.open_again")} onAct={() => putClosed(board, null)}>
        <p>{t("debriefs.open_again_sure")}</p>
        {isRead && <p>{t("debriefs.open_again_opened")}</p>}
      </AskFirst>
    </div>
  );
}
