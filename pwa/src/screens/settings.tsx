/** How the app looks here, who I am, where I am signed in, what is held about me. */
import { Choice, LinkButton, List, Row, Screen, Section, Toggle } from "../components";
import { largeType, theme, THEMES } from "../display";
import { language, LANGUAGES, setLanguage, t, type Language } from "../i18n";
import { changeMe, link, me, network } from "../state";
import { Account } from "./settings/account";
import { NoticesSwitch } from "./settings/notices";
import { SignIns } from "./settings/sign-ins";
import { SignOut } from "./settings/sign-out";

/** Shown here at once; told to the server when it can hear, for messages that it sends. */
async function choose(wanted: Language): Promise<void> {
  await setLanguage(wanted);
  if (link.value === "online") await changeMe({ language: wanted }).catch(() => undefined);
}

/** Each language in its own words: whoever chose the wrong one must find the way back. */
const OWN_NAMES: Record<Language, string> = { en: "English", es: "Español" };

function Display() {
  return (
    <Section title={t("accounts.display")}>
      <Choice
        label={t("accounts.language")}
        options={LANGUAGES.map((value) => ({ value, label: OWN_NAMES[value] }))}
        value={language.value}
        onChange={(wanted) => void choose(wanted)}
      />
      <Choice
        label={t("accounts.theme")}
        options={THEMES.map((value) => ({ value, label: t(`accounts.theme_${value}`) }))}
        value={theme.value}
        onChange={(wanted) => {
          theme.value = wanted;
        }}
      />
      <Toggle
        label={t("accounts.large_type")}
        checked={largeType.value}
        onChange={(on) => {
          largeType.value = on;
        }}
      />
    </Section>
  );
}

function Held() {
  return (
    <Section title={t("accounts.held")}>
      <p>{t("accounts.held_notes")}</p>
      <p>{t("accounts.held_names")}</p>
      <p>{t("accounts.held_law")}</p>
      <List>
        <Row title={t("accounts.held_all")} href="/held" />
      </List>
    </Section>
  );
}

export default function Settings() {
  const several = (me.value?.memberships.length ?? 0) > 1;
  return (
    <Screen title={t("app.settings")}>
      <div class="stack-wide">
        <Display />
        <Account />
        <Section title={t("accounts.network")}>
          <List>
            <Row
              title={network.value?.network.name ?? ""}
              href={several ? "/choose-network" : undefined}
            />
            <Row title={t("accounts.keeping")} href="/keeping" />
          </List>
          <div>
            <LinkButton href="/join" icon="add">
              {t("accounts.join_another")}
            </LinkButton>
          </div>
        </Section>
        <Section title={t("notices.title")}>
          <NoticesSwitch />
        </Section>
        <SignIns />
        <Held />
        <SignOut />
      </div>
    </Screen>
  );
}
