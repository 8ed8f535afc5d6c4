/**
 * A button for what cannot simply be taken back: it asks once, in plain words, and the button in
 * the question says the act itself. Of its own file, for screens that come later than a visit.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button, type ButtonProps } from "./button";
import { Sheet } from "./sheet";

interface AskFirstProps extends Pick<ButtonProps, "look" | "icon" | "wide" | "disabled" | "label"> {
  /** What it does: on the button, over the question and on the button that does it. */
  act: string;
  onAct: () => unknown;
  /** Where there is nothing to ask now, one press does it. */
  asks?: boolean;
  /** What will happen. */
  children: ComponentChildren;
}

export function AskFirst({ act, onAct, asks = true, children, label, ...button }: AskFirstProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const doIt = async () => {
    await onAct();
    close();
  };
  return (
    <>
      <Button
        {...button}
        label={label}
        popup={asks ? "dialog" : undefined}
        onPress={() => (asks ? setOpen(true) : onAct())}
      >
        {act}
      </Button>
      <Sheet
        open={open}
        title={act}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t("app.cancel")}</Button>
            <Button
              look={button.look === "careful" ? "careful" : "primary"}
              disabled={button.disabled}
              onPress={doIt}
            >
              {act}
            </Button>
          </>
        }
      >
        {children}
      </Sheet>
    </>
  );
}
