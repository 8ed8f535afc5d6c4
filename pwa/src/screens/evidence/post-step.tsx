/**
 * Post the chosen lines as cards. Where a line could give somebody away, one tap puts a
 * bracket in its place; the rest stays verbatim. Nothing is changed without the tap.
 */
import { useState } from "preact/hooks";
import {
  Banner,
  Button,
  ElementMark,
  Empty,
  LinkButton,
  Section,
  Tag,
  showToast,
} from "../../components";
import { formatList, t } from "../../i18n";
import { may } from "../../state";
import { dotsOf, reasonsOf } from "../debriefs/dots";
import { HandOver } from "../handing/hand-over";
import { memberId } from "./day";
import {
  doubles,
  draftOf,
  isUp,
  myPosts,
  post,
  withdraw,
  type Draft,
  type Posted,
} from "./posting";
import type { StepProps } from "./steps";

/** What the person decided of a line with a finding: undefined is undecided. */
type Decision = "replace" | "as_written" | undefined;

interface DraftProps {
  draft: Draft;
  decision: Decision;
  onDecide: (decision: Decision) => void;
}

function Replacing({ draft, decision, onDecide }: DraftProps) {
  const found = new Set(draft.findings.map((each) => t("evidence.quoted", { words: each.text })));
  const words = formatList([...found]);
  const instead = formatList([...new Set(draft.findings.map((each) => each.replacement))]);
  if (decision === "replace") {
    return (
      <div class="cluster small">
        <span class="soft">{t("evidence.replaced", { instead })}</span>
        <Button look="quiet" icon="undo" onPress={() => onDecide(undefined)}>
          {t("app.undo")}
        </Button>
      </div>
    );
  }
  return (
    <div class="stack">
      <p class="nudge-words">{t("evidence.identity_found", { words })}</p>
      <div class="cluster">
        <Button onPress={() => onDecide("replace")}>
          {t("evidence.post_instead", { instead })}
        </Button>
        <Button
          look="quiet"
          pressed={decision === "as_written"}
          onPress={() => onDecide(decision === "as_written" ? undefined : "as_written")}
        >
          {t("evidence.as_written")}
        </Button>
      </div>
    </div>
  );
}

function DraftCard(props: DraftProps) {
  const { draft, decision } = props;
  const { element } = draft.note.fields;
  return (
    <li class="draft-card">
      {element && <ElementMark element={element} />}
      <p class="draft-text">{decision === "replace" ? draft.mended : draft.text}</p>
      {draft.findings.length > 0 && <Replacing {...props} />}
    </li>
  );
}

async function takeBack(post: Posted): Promise<void> {
  const undo = await withdraw(post.card);
  showToast({ text: t("evidence.withdrawn"), undo });
}

/** Why the team gave it back; of the team, and of nobody in it. */
function BackWithYou({ post, round }: { post: Posted; round: string }) {
  const dots = dotsOf({ roundId: round }).get(post.card.id) ?? [];
  return (
    <>
      <Tag>{t("evidence.posted_returned")}</Tag>
      {dots.length > 0 && (
        <span class="soft">{t("evidence.returned_because", { reasons: reasonsOf(dots) })}</span>
      )}
    </>
  );
}

function PostedCard({ post, round, double }: { post: Posted; round: string; double: boolean }) {
  const { text, element, standing } = post.card.fields;
  return (
    <li class="draft-card">
      <span class="cluster">
        {element && <ElementMark element={element} />}
        {standing === "agreed" && <Tag>{t("evidence.posted_agreed")}</Tag>}
        {standing === "returned" && <BackWithYou {...{ post, round }} />}
        {double && <Tag>{t("evidence.posted_twice")}</Tag>}
      </span>
      <p class="draft-text">{text}</p>
      {standing !== "agreed" && (
        <Button
          look="quiet"
          label={t("evidence.withdraw_of", { note: text.slice(0, 60) })}
          onPress={() => takeBack(post)}
        >
          {t("evidence.withdraw")}
        </Button>
      )}
    </li>
  );
}

function usePosting(round: string, posts: readonly Posted[], drafts: readonly Draft[]) {
  const [decisions, setDecisions] = useState<Readonly<Record<string, Decision>>>({});
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const decide = (note: string) => (decision: Decision) =>
    setDecisions((before) => ({ ...before, [note]: decision }));
  const asDecided = (draft: Draft): Draft =>
    decisions[draft.note.id] === "replace" ? { ...draft, text: draft.mended } : draft;
  const send = async () => {
    setBusy(true);
    setFailed(false);
    try {
      await post(round, memberId(), drafts.map(asDecided), posts);
      showToast({ text: t("evidence.posted_toast", { count: drafts.length }) });
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return { decisions, decide, send, busy, failed };
}

function toPost({ notes }: StepProps, posts: readonly Posted[]) {
  const up = new Set(posts.filter(isUp).map((post) => post.note));
  const chosen = notes.filter((note) => note.fields.chosen && !up.has(note.id));
  const sorted = chosen.filter((note) => note.fields.element !== null);
  return { drafts: sorted.map(draftOf), unsorted: chosen.length - sorted.length };
}

export function PostStep(props: StepProps) {
  const { round, onGo } = props;
  const posts = myPosts(round, memberId());
  const { drafts, unsorted } = toPost(props, posts);
  const { decisions, decide, send, busy, failed } = usePosting(round, posts, drafts);
  const twice = doubles(posts);
  if (!may("card", `round:${round}`) || !may("card_source", `visitors:${round}`)) {
    return <p>{t("evidence.may_not_post")}</p>;
  }
  return (
    <div class="stack-wide">
      <Section title={t("evidence.to_post")}>
        <p class="soft">{t("evidence.post_words")}</p>
        {unsorted > 0 && (
          <Banner
            action={
              <Button look="quiet" onPress={() => onGo("sort")}>
                {t("evidence.step_sort")}
              </Button>
            }
          >
            {t("evidence.post_unsorted", { count: unsorted })}
          </Banner>
        )}
        {failed && <Banner tone="careful">{t("evidence.post_failed")}</Banner>}
        {drafts.length === 0 && unsorted === 0 && (
          <Empty
            action={<Button onPress={() => onGo("choose")}>{t("evidence.step_choose")}</Button>}
          >
            {t("evidence.post_none")}
          </Empty>
        )}
        {drafts.length > 0 && (
          <>
            <ul class="list">
              {drafts.map((draft) => (
                <DraftCard
                  key={draft.note.id}
                  draft={draft}
                  decision={decisions[draft.note.id]}
                  onDecide={decide(draft.note.id)}
                />
              ))}
            </ul>
            <div class="review-foot">
              <Button look="primary" disabled={busy} onPress={send}>
                {t("evidence.post_cards", { count: drafts.length })}
              </Button>
            </div>
          </>
        )}
      </Section>
      {posts.length > 0 && (
        <Section title={t("evidence.posted")}>
          <ul class="list">
            {posts.map((each) => (
              <PostedCard
                key={each.card.id}
                post={each}
                round={round}
                double={twice.has(each.note)}
              />
            ))}
          </ul>
          <div>
            <LinkButton
              look={drafts.length === 0 ? "primary" : "quiet"}
              icon="forward"
              href={`/rounds/${round}/debrief`}
            >
              {t("rounds.act.debrief")}
            </LinkButton>
          </div>
          <HandOver roundId={round} />
        </Section>
      )}
    </div>
  );
}
