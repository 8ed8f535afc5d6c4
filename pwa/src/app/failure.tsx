/**
 * What stands in the place of a screen that cannot be drawn: nothing is lost, open again, or
 * save a copy without the app. Must not need anything that is not in the bundle already.
 */
import { Component, type ComponentChildren } from "preact";
import { Button, Screen } from "../components";
import { t } from "../i18n";

export function Failure() {
  return (
    <Screen title={t("app.screen_failed")} lead={t("app.screen_failed_lead")}>
      <div class="cluster">
        <Button look="primary" onPress={() => location.reload()}>
          {t("app.open_again")}
        </Button>
        <RescueLink />
      </div>
    </Screen>
  );
}

/** A page of its own: the app's router must leave this press to the browser. */
export function RescueLink() {
  return (
    <a class="button" href="/rescue.html" target="_top">
      {t("app.rescue")}
    </a>
  );
}

/** What tells the server is loaded only now: nothing of it stands in the first load. */
export function tell(error: unknown): void {
  void import("../failures").then(({ tellFailure }) => tellFailure(error)).catch(() => undefined);
}

interface GuardedProps {
  /** Where the person is: somewhere else is tried anew. */
  at: string;
  children: ComponentChildren;
}

/** Everything under it, or the failure screen once something there broke. */
export class Guarded extends Component<GuardedProps, { failedAt: string | null }> {
  state: { failedAt: string | null } = { failedAt: null };

  componentDidCatch(error: unknown): void {
    console.error(error);
    tell(error);
    this.setState({ failedAt: this.props.at });
  }

  render({ at, children }: GuardedProps) {
    return this.state.failedAt === at ? <Failure /> : children;
  }
}
