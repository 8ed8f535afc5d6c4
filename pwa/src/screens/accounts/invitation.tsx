/**
 * What an invitation's link opens, in a browser: how to put the app on the home screen, then
 * a code to type there. Who wants no app goes on in this browser.
 */
import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import {
  Banner,
  Button,
  Choice,
  LinkButton,
  Section,
  useAnswer,
  useAsking,
} from "../../components";
import { formatList, formatClock, t } from "../../i18n";
import { askForCode, join, lookAtInvitation, me } from "../../state";
import { Entrance } from "./entrance";
import { INSTALL_STEPS, platformOf, PLATFORMS } from "./platform";
import { roleWords } from "./words";

function Install() {
  const guess = platformOf(navigator.userAgent, navigator.maxTouchPoints);
  const [platform, setPlatform] = useState(guess);
  return (
    <Section title={t("accounts.install")}>
      <p class="soft">{t("accounts.install_why")}</p>
      <Choice
        label={t("accounts.this_device")}
        labelHidden
        options={PLATFORMS.map((value) => ({ value, label: t(`accounts.platform_${value}`) }))}
        value={platform}
        onChange={setPlatform}
      />
      <ol class="steps">
        {INSTALL_STEPS[platform].map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </Section>
  );
}

interface Code {
  code: string;
  expires_at: string;
}

function ShowCode({ token }: { token: string }) {
  const [shown, setShown] = useState<Code>();
  const asking = useAsking();
  const ask = () => asking.run(async () => setShown(await askForCode(token)));
  return (
    <Section title={t("accounts.then_code")}>
      <p class="soft">{t("accounts.then_code_lead")}</p>
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      {shown && (
        <div role="status">
          <p class="code-shown">{`${shown.code.slice(0, 3)} ${shown.code.slice(3)}`}</p>
          <p class="soft">{t("accounts.good_until", { time: formatClock(shown.expires_at) })}</p>
        </div>
      )}
      <Button look={shown ? "plain" : "primary"} wide disabled={asking.waiting} onPress={ask}>
        {shown ? t("accounts.fresh_code") : t("accounts.show_code")}
      </Button>
    </Section>
  );
}

function InThisBrowser({ token }: { token: string }) {
  const { route } = useLocation();
  const asking = useAsking();
  const known = me.value !== null;
  const go = () =>
    asking.run(async () => {
      await join({ token, as_me: known });
      route(known ? "/" : "/welcome", true);
    });
  return (
    <div class="stack">
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button look="quiet" disabled={asking.waiting} onPress={go}>
        {t("accounts.in_this_browser")}
      </Button>
      <p class="soft label">{t("accounts.in_this_browser_why")}</p>
    </div>
  );
}

export default function InvitationPage() {
  const token = useRoute().params["token"] ?? "";
  const page = useAnswer(() => lookAtInvitation(token), token);
  if (page.error) {
    return (
      <Entrance title={t("accounts.invitation_gone")} lead={whyNot(page.error)}>
        <LinkButton href="/join" wide>
          {t("accounts.code_instead")}
        </LinkButton>
      </Entrance>
    );
  }
  if (!page.value) return <Entrance title={t("app.loading")}>{null}</Entrance>;
  const { network_name: name, roles, way_back_in: back } = page.value;
  return (
    <Entrance
      title={back ? t("accounts.back_into", { name }) : t("accounts.invited_to", { name })}
      lead={back ? undefined : t("accounts.invited_as", { roles: formatList(roleWords(roles)) })}
    >
      <Install />
      <ShowCode token={token} />
      <InThisBrowser token={token} />
    </Entrance>
  );
}
