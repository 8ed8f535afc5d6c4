/** After joining: the name that others read, and a way to sign in elsewhere, which can wait. */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, Form, TextField, useAsking } from "../../components";
import { language, t } from "../../i18n";
import { changeMe, me, network } from "../../state";
import { Entrance } from "./entrance";

const SHORTEST = 10;

export default function Welcome() {
  const { route } = useLocation();
  const [name, setName] = useState(me.value?.person.name ?? "");
  const [email, setEmail] = useState(me.value?.person.email ?? "");
  const [password, setPassword] = useState("");
  const asking = useAsking();
  const short = password !== "" && password.length < SHORTEST;
  const save = () =>
    asking.run(async () => {
      await changeMe({
        name: name.trim(),
        language: language.value,
        ...(email.trim() && { email: email.trim() }),
        ...(password && { password }),
      });
      route("/", true);
    });
  return (
    <Entrance
      title={t("accounts.welcome", { name: network.value?.network.name ?? t("app.name") })}
      lead={t("accounts.welcome_lead")}
    >
      <Form onSubmit={save}>
        <TextField
          label={t("accounts.name")}
          hint={t("accounts.name_hint")}
          autocomplete="name"
          value={name}
          onInput={setName}
        />
        <h2>{t("accounts.later_sign_in")}</h2>
        <p class="soft">{t("accounts.later_sign_in_lead")}</p>
        <TextField
          label={t("accounts.email")}
          type="email"
          autocomplete="username"
          assist={false}
          value={email}
          onInput={setEmail}
        />
        <TextField
          label={t("accounts.new_password")}
          hint={t("accounts.password_hint")}
          type="password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
          wrong={short ? t("accounts.password_short") : undefined}
        />
        {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
        <Button
          look="primary"
          type="submit"
          wide
          disabled={asking.waiting || !name.trim() || short || (password !== "" && !email.trim())}
        >
          {t("accounts.continue")}
        </Button>
      </Form>
    </Entrance>
  );
}
