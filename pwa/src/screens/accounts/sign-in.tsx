/** Signing in with e-mail and password; or, signed out in the middle of work, again. */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Button, Form, LinkButton, TextField, useAsking } from "../../components";
import { t } from "../../i18n";
import { me, signIn } from "../../state";
import { Entrance } from "./entrance";

export default function SignIn() {
  const { path, route } = useLocation();
  const [email, setEmail] = useState(me.value?.person.email ?? "");
  const [password, setPassword] = useState("");
  const asking = useAsking();
  const send = () =>
    asking.run(async () => {
      await signIn(email.trim(), password);
      if (path === "/sign-in") route("/", true);
    });
  return (
    <Entrance title={t("accounts.sign_in")} lead={me.value ? t("accounts.still_here") : undefined}>
      <Form onSubmit={send}>
        <TextField
          label={t("accounts.email")}
          type="email"
          autocomplete="username"
          assist={false}
          value={email}
          onInput={setEmail}
        />
        <TextField
          label={t("accounts.password")}
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          wrong={asking.error ? whyNot(asking.error) : undefined}
        />
        <Button look="primary" type="submit" wide disabled={asking.waiting}>
          {t("accounts.sign_in")}
        </Button>
      </Form>
      <div class="stack">
        <p class="soft">{t("accounts.code_instead_why")}</p>
        <LinkButton href="/join" wide>
          {t("accounts.code_instead")}
        </LinkButton>
      </div>
    </Entrance>
  );
}
