/**
 * The frame around every screen: routes, menu, status, toasts, and who may be here.
 *
 * Nobody is turned away for want of a connection: who signed in on this device once is let
 * in by what the device knows.
 */
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import type { ComponentChildren } from "preact";
import { Banner, Button, LinkButton, Toasts } from "./components";
import { t } from "./i18n";
import { isAtHand, link, me, network, presented, saveTrouble, writeAgain } from "./state";
import { applyUpdate, updateComes, updateReady } from "./update";
import { Guarded } from "./app/failure";
import { Lost } from "./app/lost";
import { Nav } from "./app/nav";
import { isOpen, NoNetwork, Presenting, ROOM_SCREEN, ROUTES } from "./app/routes";
import { StatusLine } from "./app/status-line";
import { SyncNotices } from "./app/sync-notices";
import NotFound from "./screens/not-found";

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

/** Where somebody unknown begins: the installed app asks for the code, a tab for a password. */
function Gate({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  if (isOpen(path)) return <>{children}</>;
  if (me.value && !network.value && path !== "/settings") return <NoNetwork />;
  const [, section, round] = path.split("/");
  if (section === "rounds" && round && !isAtHand(round)) return null;
  if (me.value) return <>{children}</>;
  const wanted = isInstalled() ? "/join" : "/sign-in";
  const Start = ROUTES.find((screen) => screen.path === wanted)?.component;
  return Start ? <Start /> : null;
}

/** The disk did not take something. A visit says so itself, beside the line. */
function NotKept() {
  const { path } = useLocation();
  if (!saveTrouble.value || path.includes("/visit/")) return null;
  return (
    <Banner
      tone="careful"
      icon="careful"
      urgent
      action={
        <Button look="quiet" onPress={writeAgain}>
          {t("app.try_again")}
        </Button>
      }
    >
      {t("sync.not_kept")}
    </Banner>
  );
}

function Notices() {
  return (
    <>
      <NotKept />
      <SyncNotices />
      <Lost />
      {updateReady.value && (
        <Banner
          icon="download"
          action={
            !updateComes.value && (
              <Button look="quiet" onPress={applyUpdate}>
                {t("app.update_now")}
              </Button>
            )
          }
        >
          {t(updateComes.value ? "app.update_comes" : "app.update_ready")}
        </Banner>
      )}
      {me.value && link.value === "signed_out" && (
        <Banner
          icon="lock"
          action={
            <LinkButton look="quiet" href="/sign-in">
              {t("app.sign_in_again")}
            </LinkButton>
          }
        >
          {t("app.signed_out")}
        </Banner>
      )}
    </>
  );
}

function Frame() {
  const { path } = useLocation();
  const framed = me.value !== null && !isOpen(path) && path !== "/welcome";
  return (
    <div class="shell">
      <a class="button skip" href="#content">
        {t("app.skip_to_content")}
      </a>
      {framed && <Nav foot={<StatusLine />} />}
      <main class="shell-main" id="content" tabIndex={-1}>
        {framed && (
          <div class="shell-status-phone">
            <StatusLine brief />
          </div>
        )}
        <div class="shell-notices">{path !== ROOM_SCREEN && <Notices />}</div>
        <Guarded at={path}>
          <Gate>
            <Router>
              {ROUTES.map(({ path: route, component }) => (
                <Route key={route} path={route} component={component} />
              ))}
              <Route default component={NotFound} />
            </Router>
          </Gate>
        </Guarded>
      </main>
      <Toasts />
    </div>
  );
}

/** A room that looks at this screen sees nothing of the frame: no screen can leak around it. */
function Shown() {
  const round = presented.value;
  if (round === null) return <Frame />;
  return (
    <Guarded at={round}>
      <Presenting />
    </Guarded>
  );
}

export function App() {
  return (
    <LocationProvider>
      <ErrorBoundary>
        <Shown />
      </ErrorBoundary>
    </LocationProvider>
  );
}
