/** A figure that is kept back, in words: a tap says which rule keeps it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Sheet } from "../components";
import { t } from "../i18n";
import "./kept-back.css";

interface KeptBackProps {
  /** Such as *fewer than 5*. */
  words: string;
  rule: string;
  /** What else is to be said of it, such as who still sees it. */
  children?: ComponentChildren;
}

export function KeptBack({ words, rule, children }: KeptBackProps) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" class="kept-back" onClick={() => setAsked(true)}>
        {words}
      </button>
      <Sheet open={asked} title={t("exports.kept_back_why")} onClose={() => setAsked(false)}>
        <p>{rule}</p>
        {children}
      </Sheet>
    </>
  );
}
