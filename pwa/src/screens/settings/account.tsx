/** My name, and how I sign in. */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, List, Row, Section, Sheet, TextField } from "../../components";
import { showToast, useAsking } from "../../components";
import { t } from "../../i18n";
import { changeMe, me } from "../../state";
import { useDraft } from "../words/draft";

const SHORTEST = 10;

function NameForm({ onDone }: { onDone: () => void }) {
  const { forget, ...name } = useDraft("accounts.name", me.value?.person.name ?? "");
  const asking = useAsking();
  const save = () =>
    asking.run(async () => {
      await changeMe({ name: name.value.trim() });
      await forget();
      showToast({ text: t("accounts.saved") });
      onDone();
    });
  return (
    <>
      <TextField
        label={t("accounts.name")}
        hint={t("accounts.name_hint")}
        autocomplete="name"
        {...name}
      />
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button look="primary" wide disabled={!name.value.trim() || asking.waiting} onPress={save}>
        {t("app.save")}
      </Button>
    </>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const person = me.value?.person;
  const [email, setEmail] = useState(person?.email ?? "");
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const asking = useAsking();
  const short = password !== "" && password.length < SHORTEST;
  const save = () =>
    asking.run(async () => {
      await changeMe({
        ...(email.trim() && { email: email.trim() }),
        ...(password && { password }),
        ...(person?.has_password && current && { current_password: current }),
      });
      showToast({ text: t("accounts.saved") });
      onDone();
    });
  return (
    <>
      <TextField
        label={t("accounts.email")}
        type="email"
        autocomplete="username"
        assist={false}
        value={email}
        onInput={setEmail}
      />
      {person?.has_password && (
        <TextField
          label={t("accounts.current_password")}
          type="password"
          autocomplete="current-password"
          value={current}
          onInput={setCurrent}
        />
      )}
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
      <Button look="primary" wide disabled={short || asking.waiting} onPress={save}>
        {t("app.save")}
      </Button>
    </>
  );
}

export function Account() {
  const [open, setOpen] = useState<"name" | "password">();
  const close = () => setOpen(undefined);
  const person = me.value?.person;
  const signsInBy = person?.has_password ? (person.email ?? "") : t("accounts.no_password_yet");
  return (
    <Section title={t("accounts.me")}>
      <List>
        <Row
          title={t("accounts.name")}
          detail={person?.name}
          end={t("accounts.change")}
          onPress={() => setOpen("name")}
        />
        <Row
          title={t("accounts.sign_in_by")}
          detail={signsInBy}
          end={t("accounts.change")}
          onPress={() => setOpen("password")}
        />
      </List>
      <Sheet open={open === "name"} title={t("accounts.name")} onClose={close}>
        <NameForm onDone={close} />
      </Sheet>
      <Sheet open={open === "password"} title={t("accounts.sign_in_by")} onClose={close}>
        <PasswordForm onDone={close} />
      </Sheet>
    </Section>
  );
}
