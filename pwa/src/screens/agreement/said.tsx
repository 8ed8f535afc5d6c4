/** How alike it was read: in words first, with statistics one tap below, each by its name. */
import { LinkButton, Section } from "../../components";
import type { Agreement } from "../../domain/agreement";
import type { Coefficient } from "../../domain/coefficients";
import { timesOfTen } from "../../domain/readings";
import { CORE_ELEMENTS } from "../../generated/records";
import { locale, t, type Key } from "../../i18n";
import { may } from "../../state";
import type { Board } from "../debriefs/board";
import { saidOf, type Ask, type Said } from "./readings";

/** Two digits, and more where they would hide on which side of nought a bound lies. */
function twoDigits(value: number): string {
  const wanted = value !== 0 && Math.abs(value) < 0.005 ? 4 : 2;
  const digits = { minimumFractionDigits: wanted, maximumFractionDigits: wanted };
  return new Intl.NumberFormat(locale.value, digits).format(value);
}

function intervalOf({ low, high, why }: Coefficient): string {
  if (low !== null && high !== null) {
    return t("agreement.between", { low: twoDigits(low), high: twoDigits(high) });
  }
  return why ? t(`agreement.why.${why}`) : "";
}

function Table({ agreement }: { agreement: Agreement }) {
  return (
    <div class="coefficients">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("agreement.coefficient")}</th>
            <th scope="col">{t("agreement.its_value")}</th>
            <th scope="col">{t("agreement.its_interval")}</th>
            <th scope="col">{t("agreement.its_meaning")}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(agreement.coefficients).map(([name, each]) => (
            <tr key={name}>
              <th scope="row">{t(`agreement.coefficient.${name}` as Key)}</th>
              <td class="figures">{each.value === null ? "–" : twoDigits(each.value)}</td>
              <td class="figures">{intervalOf(each)}</td>
              <td class="soft">{t(`agreement.meaning.${name}` as Key)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of what a card is about: where one said task, how often did another say so too? */
function ByWord({ agreement }: { agreement: Agreement }) {
  return (
    <ul class="ways">
      {CORE_ELEMENTS.map((element, at) => {
        const share = agreement.byWord[at];
        if (share === null || share === undefined) return null;
        const word = t(`vocabulary.core_element.${element}`).toLocaleLowerCase();
        const said = t("agreement.where_one_said", { word, alike: timesOfTen(share) });
        return <li key={element}>{said}</li>;
      })}
    </ul>
  );
}

/** How far it could lie from what was found, where ten times tell the ends apart. */
function couldBe({ coefficients }: Agreement): string {
  const { low, high } = coefficients.percent_agreement ?? { low: null, high: null };
  if (low === null || high === null) return "";
  const ends = { low: timesOfTen(Math.max(low, 0)), high: timesOfTen(Math.min(high, 1)) };
  return ends.low < ends.high ? t("agreement.could_be", ends) : "";
}

/** The words are softer where the interval reaches what chance would do, in the same ten times. */
function bandOf({ band, byChance, coefficients }: Agreement): Key {
  const low = coefficients.percent_agreement?.low ?? null;
  if (band !== "beyond_chance" || low === null || byChance === null)
    return `agreement.band.${band}`;
  const reaches = timesOfTen(Math.max(low, 0)) <= timesOfTen(byChance);
  return reaches ? "agreement.band.perhaps_beyond" : `agreement.band.${band}`;
}

interface InWordsProps {
  agreement: Agreement;
  /** The focus question; null for what a card is about. */
  question: string | null;
  /** Who read, in the words of the place. */
  whose: "of" | "two_of";
  /** Of how many cards, people, rounds. */
  base: string;
  /** What stands above it decides. */
  heading?: "h2" | "h3";
}

/** One question: what is said of it in words, from how little; the statistics one tap below. */
export function SaidInWords(props: InWordsProps) {
  const { agreement, question, whose, base, heading: Heading = "h3" } = props;
  const { alike, byChance } = agreement;
  if (alike === null || byChance === null) return null;
  const times = { alike: timesOfTen(alike), chance: timesOfTen(byChance) };
  const about = question === null ? "element" : "question";
  return (
    <section class="stack said">
      <Heading>
        {question === null ? t("agreement.core_element") : t("agreement.quoted", { question })}
      </Heading>
      <p>
        {t(`agreement.${whose}_${about}`, times)} {t(bandOf(agreement))} {couldBe(agreement)}
      </p>
      <p class="soft label">{base}</p>
      <details>
        <summary>{t("agreement.statistics")}</summary>
        <div class="stack">
          {question === null && <ByWord agreement={agreement} />}
          <Table agreement={agreement} />
          <p class="soft label">{t("agreement.interval_note")}</p>
        </div>
      </details>
    </section>
  );
}

/** Of how many cards and people something is said, for a sentence. */
export function baseOf({ cards, readers }: Agreement) {
  return {
    cards: t("agreement.cards", { count: cards }),
    readers: t("agreement.readers", { count: readers }),
  };
}

type Question = Exclude<Ask, "element">;

/** The focus question that was read most differently, where enough cards say so. */
export function mostDifferently(said: readonly Said[]): Question | null {
  const apart = said
    .filter(({ ask, agreement }) => ask !== "element" && agreement.band !== "too_few")
    .filter(({ agreement }) => (agreement.alike ?? 1) < 1)
    .sort((a, b) => a.agreement.alike! - b.agreement.alike!);
  return (apart[0]?.ask as Question | undefined) ?? null;
}

function ToWordAnew({ board, said }: { board: Board; said: readonly Said[] }) {
  const question = mostDifferently(said);
  if (!question) return null;
  const one = said.length < 3;
  const key = one ? "agreement.read_differently" : "agreement.most_differently";
  return (
    <div class="stack">
      <p>{t(key, { question: question.text })}</p>
      {may("focus_question", board.scope) && (
        <div>
          <LinkButton icon="edit" href={`/rounds/${board.roundId}/plan/questions`}>
            {t("agreement.word_anew")}
          </LinkButton>
        </div>
      )}
    </div>
  );
}

/** Over all teams that read: nothing before three have, in one of them. */
export function SaidOfRound({ board }: { board: Board }) {
  const said = saidOf(board);
  if (said.length === 0) return null;
  return (
    <Section title={t("agreement.title")}>
      <p class="soft">{t("agreement.for_what")}</p>
      {said.map(({ ask, agreement }) => (
        <SaidInWords
          key={ask === "element" ? ask : ask.id}
          agreement={agreement}
          question={ask === "element" ? null : ask.text}
          whose="of"
          base={t("agreement.base", baseOf(agreement))}
        />
      ))}
      <ToWordAnew {...{ board, said }} />
    </Section>
  );
}
