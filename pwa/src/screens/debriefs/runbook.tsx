/**
 * A round's runbook to change: minutes, words, order within a phase, what is left out, steps
 * of one's own; and the network's runbooks, to keep this one among them or take one away.
 */
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import {
  Button,
  Form,
  List,
  Row,
  Screen,
  Section,
  showToast,
  Tag,
  TextField,
} from "../../components";
import { minutesOf } from "../../domain/runbooks";
import { PHASES, type Phase } from "../../generated/records";
import { t } from "../../i18n";
import { may, network, remove, restore, save, type RecordView } from "../../state";
import { makeOnce } from "../making";
import { useDraft } from "../words/draft";
import { ChooseRunbook } from "./choose-runbook";
import { HostPartField } from "./host-part";
import {
  keepAsTemplate,
  runbookOf,
  templates,
  wordsOf,
  type Runbook,
  type RunbookStep,
} from "./runbook-steps";
import { StepSheet } from "./step-sheet";
import "./debriefs.css";

function StepRow({ step, onOpen }: { step: RunbookStep; onOpen: (() => void) | undefined }) {
  const minutes = t("runbooks.minutes", { count: step.minutes });
  return (
    <Row
      title={wordsOf(step).title}
      detail={`${t(`vocabulary.actor.${step.actor}`)} · ${minutes}`}
      end={step.leftOut && <Tag>{t("runbooks.left_out")}</Tag>}
      onPress={onOpen}
    />
  );
}

interface PhaseProps {
  runbook: Runbook;
  phase: Phase;
  onOpen: (id: string) => void;
}

function PhaseSteps({ runbook, phase, onOpen }: PhaseProps) {
  const within = runbook.steps.filter((step) => step.phase === phase);
  const name = t(`vocabulary.phase.${phase}`);
  const add = async () => {
    const order = 1 + Math.max(0, ...within.map((step) => step.order));
    const about = { activity: "other", phase, order, minutes: 10, actor: "everyone" } as const;
    const set = { ...about, runbook: runbook.id };
    onOpen(
      await makeOnce("step", runbook.id + phase, (id) => save("step", id, runbook.scope, set)),
    );
  };
  return (
    <Section title={name}>
      <List label={t("runbooks.steps_of", { phase: name })}>
        {within.map((step) => (
          <StepRow
            key={step.id}
            step={step}
            onOpen={runbook.mayChange ? () => onOpen(step.id) : undefined}
          />
        ))}
      </List>
      {runbook.mayChange && (
        <div>
          <Button
            look="quiet"
            icon="add"
            label={t("runbooks.add_step_to", { phase: name })}
            onPress={add}
          >
            {t("runbooks.add_step")}
          </Button>
        </div>
      )}
    </Section>
  );
}

function KeepIt({ runbook }: { runbook: Runbook }) {
  const { forget, ...typed } = useDraft("runbooks.template");
  const keep = async () => {
    await keepAsTemplate(runbook, typed.value);
    await forget();
    showToast({ text: t("runbooks.template_kept") });
  };
  return (
    <Form onSubmit={keep}>
      <TextField label={t("runbooks.template_name")} {...typed} />
      <div>
        <Button type="submit" icon="add" disabled={!typed.value.trim()}>
          {t("runbooks.keep")}
        </Button>
      </div>
    </Form>
  );
}

async function takeAway(template: RecordView<"template">): Promise<void> {
  await remove("template", template.id);
  showToast({
    text: t("runbooks.template_gone"),
    undo: () => restore("template", template.id),
  });
}

function OfTheNetwork({ runbook }: { runbook: Runbook }) {
  if (!may("template", `network:${network.value?.network.id ?? ""}`)) return null;
  const kept = templates();
  return (
    <Section title={t("runbooks.save_template")}>
      <KeepIt runbook={runbook} />
      {kept.length > 0 && (
        <List label={t("runbooks.kept_runbooks")}>
          {kept.map((template) => {
            const name = template.fields.name.trim() || t("runbooks.unnamed");
            return (
              <Row
                key={template.id}
                title={name}
                end={
                  <Button
                    look="quiet"
                    label={`${t("runbooks.take_away")}: ${name}`}
                    onPress={() => takeAway(template)}
                  >
                    {t("runbooks.take_away")}
                  </Button>
                }
              />
            );
          })}
        </List>
      )}
    </Section>
  );
}

export default function RunbookScreen() {
  const roundId = useRoute().params["round"] ?? "";
  const [open, setOpen] = useState<string | null>(null);
  const runbook = runbookOf(roundId);
  const step = runbook.steps.find((each) => each.id === open);
  const back = { href: `/rounds/${roundId}/debrief`, label: t("debriefs.title") };
  return (
    <Screen
      title={t("runbooks.title")}
      lead={t("runbooks.takes", { minutes: minutesOf(runbook.steps) })}
      back={back}
    >
      <div class="stack-wide no-print">
        {runbook.mayChange && <p class="soft">{t("runbooks.lead")}</p>}
        <ChooseRunbook runbook={runbook} />
        <HostPartField roundId={roundId} />
      </div>
      {PHASES.map((phase) => (
        <PhaseSteps key={phase} {...{ runbook, phase }} onOpen={setOpen} />
      ))}
      <div class="no-print">
        <OfTheNetwork runbook={runbook} />
      </div>
      {step && <StepSheet {...{ runbook, step }} onClose={() => setOpen(null)} />}
    </Screen>
  );
}
