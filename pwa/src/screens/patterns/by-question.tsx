/**
 * What the network asked: on which focus questions there is evidence, and where nobody has any
 * yet. Questions stand by their words, never by how much was seen.
 */
import { useLocation } from "preact-iso";
import { Empty, List, PrintSheet, Row, Screen, Section } from "../../components";
import { t } from "../../i18n";
import { network } from "../../state";
import { findPatterns, queryOf, type Asked, type PatternsFound } from "./api";
import { AskedOnPaper, askedIn, OfWhichTime, timesIn, withTimes } from "./asking";
import { Base } from "./base";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
import "./patterns.css";

function Found({ found, asked }: { found: PatternsFound; asked: Asked }) {
  const seen = found.questions.filter((question) => question.seen);
  const unseen = found.questions.filter((question) => !question.seen);
  if (found.questions.length === 0) return <Empty>{t("patterns.by_question_none")}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} />
        <Base lines={found.base_lines} />
        {seen.length > 0 && (
          <Section title={t("patterns.by_question_seen")}>
            <List label={t("patterns.by_question_seen")}>
              {seen.map(({ id, words }) => (
                <Row
                  key={id}
                  title={words}
                  href={`/patterns?${queryOf({ ...asked, question: id })}`}
                />
              ))}
            </List>
          </Section>
        )}
        {unseen.length > 0 && (
          <Section title={t("patterns.by_question_unseen")}>
            <List label={t("patterns.by_question_unseen")}>
              {unseen.map(({ id, words }) => (
                <Row key={id} title={words} />
              ))}
            </List>
          </Section>
        )}
        <p class="soft label">{t("patterns.by_question_note")}</p>
      </div>
    </PrintSheet>
  );
}

export default function ByQuestionScreen() {
  const { query, route } = useLocation();
  const whole = askedIn(query);
  const asked = timesIn(query);
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findPatterns, networkId, asked);
  return (
    <Screen
      title={t("patterns.by_question")}
      lead={t("patterns.by_question_lead")}
      action={<TakeTable table="focus_questions" asked={asked} />}
      back={{ href: `/patterns?${queryOf(whole)}`, label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <OfWhichTime
          asked={asked}
          onAsk={(wanted) =>
            route(`/patterns/questions?${queryOf(withTimes(whole, wanted))}`, true)
          }
        />
        <KeepView asked={queryOf(asked)} look="questions" />
        {value && <Found found={value} asked={asked} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
