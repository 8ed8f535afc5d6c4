/**
 * Six digits from the invitation page, typed in the installed app: on an iPad the app on
 * the home screen shares nothing with Safari, so a link alone could not sign it in.
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Button, Form, LinkButton, TextField, useAsking } from "../../components";
import { t } from "../../i18n";
import { join, me } from "../../state";
import { Entrance } from "./entrance";

const DIGITS = 6;

export default function Join() {
  const { route } = useLocation();
  const [typed, setTyped] = useState("");
  const code = typed.replace(/\D/g, "");
  const asking = useAsking();
  const known = me.value?.person;
  const send = () =>
    asking.run(async () => {
      if (code.length !== DIGITS) return;
      await join({ code, as_me: known !== undefined });
      route(known ? "/" : "/welcome", true);
    });
  return (
    <Entrance
      title={t("accounts.type_code")}
      lead={known ? t("accounts.join_as", { name: known.name }) : t("accounts.type_code_lead")}
    >
      <Form onSubmit={send}>
        <div class="code-field">
          <TextField
            label={t("accounts.code")}
            inputMode="numeric"
            autocomplete="one-time-code"
            assist={false}
            value={typed}
            onInput={setTyped}
            wrong={asking.error ? whyNot(asking.error) : undefined}
          />
        </div>
        <Button
          look="primary"
          type="submit"
          wide
          disabled={asking.waiting || code.length !== DIGITS}
        >
          {t("accounts.join")}
        </Button>
      </Form>
      <div class="stack">
        <p class="soft">{t("accounts.no_code")}</p>
        {!known && (
          <LinkButton href="/sign-in" wide>
            {t("accounts.password_instead")}
          </LinkButton>
        )}
      </div>
    </Entrance>
  );
}
