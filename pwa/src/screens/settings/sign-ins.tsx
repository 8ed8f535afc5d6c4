/** Where I am signed in, each to be ended from here: a lost tablet, a borrowed desk. */
import { endSignIn, mySignIns, whyNot, type SignIn } from "../../api";
import { Button, List, Row, Section, showToast, useAnswer, useAsking } from "../../components";
import { formatAgo, t } from "../../i18n";

function SignInRow({ signIn, onEnded }: { signIn: SignIn; onEnded: () => void }) {
  const asking = useAsking();
  const name = signIn.device_name ?? t("accounts.a_browser");
  const end = () =>
    asking.run(async () => {
      await endSignIn(signIn.id);
      showToast({ text: t("accounts.ended", { name }) });
      onEnded();
    });
  const when = t("accounts.last_here", { when: formatAgo(signIn.last_seen_at) });
  return (
    <Row
      title={name}
      detail={asking.error ? whyNot(asking.error) : when}
      end={
        signIn.is_this_one ? (
          t("accounts.this_one")
        ) : (
          <Button
            look="quiet"
            label={t("accounts.end_named", { name })}
            disabled={asking.waiting}
            onPress={end}
          >
            {t("accounts.end")}
          </Button>
        )
      }
    />
  );
}

export function SignIns() {
  const heard = useAnswer(mySignIns, "mine");
  return (
    <Section title={t("accounts.sign_ins")}>
      {heard.error !== undefined && <p class="soft">{t("accounts.sign_ins_away")}</p>}
      {heard.value && (
        <List label={t("accounts.sign_ins")}>
          {heard.value.map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} onEnded={heard.again} />
          ))}
        </List>
      )}
    </Section>
  );
}
