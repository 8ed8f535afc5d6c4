/** For whoever leads: show the debrief on a second screen, and take it off again. */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import {
  Banner,
  Button,
  Form,
  List,
  Row,
  Section,
  Sheet,
  showToast,
  TextField,
  useAnswer,
  useAsking,
} from "../../components";
import { formatClock, t } from "../../i18n";
import { ThisScreen } from "./this-screen";
import { listScreens, showOn, takeOff, type SecondScreen } from "./second-screens";

const DIGITS = 6;

function Shown(props: { screens: readonly SecondScreen[]; onTakeOff: (id: string) => void }) {
  if (props.screens.length === 0) return null;
  return (
    <Section title={t("screens.shown_now")}>
      <List label={t("screens.shown_now")}>
        {props.screens.map(({ id, shown_since }) => {
          const title = t("screens.one", { time: formatClock(shown_since) });
          return (
            <Row
              key={id}
              title={title}
              end={
                <Button
                  look="quiet"
                  label={`${t("screens.take_off")}: ${title}`}
                  onPress={() => props.onTakeOff(id)}
                >
                  {t("screens.take_off")}
                </Button>
              }
            />
          );
        })}
      </List>
    </Section>
  );
}

function OtherScreens({ roundId, onShown }: { roundId: string; onShown: () => void }) {
  const [typed, setTyped] = useState("");
  const asking = useAsking();
  const there = useAnswer(() => listScreens(roundId), roundId);
  const code = typed.replace(/\D/g, "");
  const act = (what: () => Promise<unknown>, words: string) =>
    asking.run(async () => {
      await what();
      there.again();
      showToast({ text: words });
    });
  const show = () =>
    act(async () => {
      await showOn(roundId, code);
      setTyped("");
      onShown();
    }, t("screens.shown"));
  const failed = asking.error ?? there.error;
  return (
    <div class="stack-wide">
      <Shown
        screens={there.value ?? []}
        onTakeOff={(id) => act(() => takeOff(roundId, id), t("screens.taken_off"))}
      />
      <div class="stack">
        <p>{t("screens.how")}</p>
        <p class="screen-address">{`${location.origin}/screen`}</p>
        <p class="soft">{t("screens.what")}</p>
      </div>
      {failed !== undefined && <Banner tone="careful">{whyNot(failed)}</Banner>}
      <Form onSubmit={show}>
        <TextField
          label={t("screens.type")}
          inputMode="numeric"
          maxLength={DIGITS + 1}
          value={typed}
          onInput={setTyped}
        />
        <div>
          <Button
            type="submit"
            look="primary"
            icon="eye"
            disabled={asking.waiting || code.length !== DIGITS}
          >
            {t("screens.show")}
          </Button>
        </div>
      </Form>
    </div>
  );
}

export function ShowToRoom({ roundId }: { roundId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="show-to-room">
      <Button look="quiet" icon="eye" onPress={() => setOpen(true)}>
        {t("screens.show_to_room")}
      </Button>
      <Sheet open={open} title={t("screens.show_to_room")} onClose={() => setOpen(false)}>
        <div class="stack-wide">
          <Section title={t("presenting.another_screen")}>
            <OtherScreens roundId={roundId} onShown={() => setOpen(false)} />
          </Section>
          <ThisScreen roundId={roundId} />
        </div>
      </Sheet>
    </div>
  );
}
