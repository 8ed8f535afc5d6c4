/** The page of a return summary, as the app opens it. */
import { render } from "@testing-library/preact";
import { LocationProvider, Route, Router } from "preact-iso";
import SummaryScreen from "../../../../pwa/src/screens/debriefs/summary";
import { ROUND } from "../evidence/notebook";

export function showSummary(): HTMLElement {
  history.replaceState(null, "", `/rounds/${ROUND}/summary`);
  const { container } = render(
    <LocationProvider>
      <Router>
        <Route path="/rounds/:round/summary" component={SummaryScreen} />
        <Route default component={() => null} />
      </Router>
    </LocationProvider>,
  );
  return container as HTMLElement;
}
