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
  const { look, disabled } = button;
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
      <Question {...{ act, onAct, look, disabled, open }} onClose={() => setOpen(false)}>
        {children}
      </Question>
    </>
  );
}

interface QuestionProps extends Pick<AskFirstProps, "act" | "onAct" | "children"> {
  look?: ButtonProps["look"];
  disabled?: ButtonProps["disabled"];
  open: boolean;
  onClose: () => void;
}

/** The question alone: for an act that stands in a menu. */
export function Question({ act, onAct, children, look, disabled, open, onClose }: QuestionProps) {
  const doIt = async () => {
    await onAct();
    onClose();
  };
  return (
    <Sheet
      open={open}
      title={act}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("app.cancel")}</Button>
          <Button
            look={look === "careful" ? "careful" : "primary"}
            disabled={disabled}
            onPress={doIt}
          >
            {act}
          </Button>
        </>
      }
    >
      {children}
    </Sheet>
  );
}
