/**
 * What we hold: every kind of record and every table, who can open it, how long it stays.
 *
 * Made from the lists that the app itself works by (schemas, the access table), so that it
 * cannot lie: a kind without words here does not pass the tests.
 */
import { Button, List, Row, Screen, Section } from "../components";
import { mayHold, type Standing } from "../domain/access";
import { HELD } from "../generated/held";
import { NETWORK_ROLES, ROUND_ROLES, SCOPE_TYPES, type ScopeType } from "../generated/records";
import { formatList, keysUnder, language, t, type Key } from "../i18n";
import { link, network } from "../state";
import { download } from "./download";
import { HowLong } from "./retention/words";

const SOMEWHERE = "somewhere";

const SOMEBODY: Standing = {
  ...{ memberId: "somebody", networkId: SOMEWHERE, active: true },
  networkRoles: new Set(),
  rounds: new Map(),
  hostedHere: new Set(),
};

/** The roles that open a scope, as the access table has them; none where its author alone does. */
export function openers(scope: ScopeType) {
  const opens = (part: Partial<Standing>) =>
    mayHold({ ...SOMEBODY, ...part }, `${scope}:${SOMEWHERE}`);
  return {
    network: NETWORK_ROLES.filter((role) => opens({ networkRoles: new Set([role]) })),
    round: ROUND_ROLES.filter((role) => opens({ rounds: new Map([[SOMEWHERE, new Set([role])]]) })),
  };
}

function whoOpens(scope: ScopeType): string {
  const { network, round } = openers(scope);
  return t(`held.opens.${scope}`, {
    network: formatList(network.map((role) => t(`vocabulary.network_role.${role}`))),
    round: formatList(round.map((role) => t(`vocabulary.round_role.${role}`))),
  });
}

function Scope({ scope }: { scope: ScopeType }) {
  const kinds = HELD.filter((each) => each.scope === scope);
  const author = (shows: boolean) => t(shows ? "held.shows_author" : "held.no_author");
  return (
    <Section title={t(`held.scope.${scope}`)}>
      <p class="soft">{whoOpens(scope)}</p>
      <List label={t(`held.scope.${scope}`)}>
        {kinds.map(({ kind, showsAuthor }) => (
          <Row
            key={kind}
            title={t(`held.kind.${kind}`)}
            detail={`${t(`held.what.${kind}`)} ${scope === "own" ? "" : author(showsAuthor)}`}
          />
        ))}
      </List>
    </Section>
  );
}

/** A title as a part of a sentence. */
function within(title: string): string {
  return title.charAt(0).toLocaleLowerCase() + title.slice(1);
}

/** Which kinds go, from the schemas; after how many days, as the network has it. */
function GoesByItself() {
  const days = network.value?.network.retention_days;
  const kinds = HELD.filter(({ goes }) => goes).map(({ kind }) => within(t(`held.kind.${kind}`)));
  return (
    <>
      <p>{t("held.goes", { kinds: formatList(kinds) })}</p>
      {days !== undefined && <HowLong days={days} />}
      <p>{t("retention.late")}</p>
      <p>{t("retention.backups")}</p>
    </>
  );
}

/** A page to read and all of it as data; both come from the server alone. */
function OwnData() {
  const address = (format: "html" | "json") =>
    `/api/v1/me/data?format=${format}&language=${language.value}`;
  return (
    <Section title={t("held.own_data")}>
      <p>{t("held.own_data_lead")}</p>
      {link.value === "online" ? (
        <div class="cluster">
          <Button icon="download" onPress={() => download(address("html"))}>
            {t("held.own_data_html")}
          </Button>
          <Button look="quiet" onPress={() => download(address("json"))}>
            {t("held.own_data_json")}
          </Button>
        </div>
      ) : (
        <p class="soft">{t("held.own_data_away")}</p>
      )}
    </Section>
  );
}

function Tables() {
  const tables: readonly Key[] = keysUnder("held.table.");
  return (
    <Section title={t("held.tables")}>
      <p class="soft">{t("held.tables_lead")}</p>
      <List label={t("held.tables")}>
        {tables.map((key) => (
          <Row key={key} title={t(key)} />
        ))}
      </List>
    </Section>
  );
}

export default function Held() {
  return (
    <Screen
      title={t("accounts.held")}
      lead={t("held.lead")}
      back={{ href: "/settings", label: t("app.settings") }}
    >
      <div class="stack-wide">
        <Section title={t("held.where")}>
          <p>{t("accounts.held_notes")}</p>
          <p>{t("accounts.held_names")}</p>
          <p>{t("accounts.held_law")}</p>
        </Section>
        <Section title={t("held.how_long")}>
          <GoesByItself />
          <p>{t("held.stays")}</p>
          <List>
            <Row title={t("accounts.keeping")} href="/keeping" />
          </List>
        </Section>
        <OwnData />
        {SCOPE_TYPES.map((scope) => (
          <Scope key={scope} scope={scope} />
        ))}
        <Tables />
      </div>
    </Screen>
  );
}
