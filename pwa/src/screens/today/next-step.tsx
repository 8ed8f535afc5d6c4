/** An empty Today: what to do next, by what one is in the network. */
import { Empty, LinkButton } from "../../components";
import { t, type Key } from "../../i18n";

interface Step {
  role: string;
  words: Key;
  href?: string;
  action?: Key;
}

const STEPS: readonly Step[] = [
  { role: "lead", words: "today.next_lead", href: "/rounds", action: "today.next_lead_do" },
  {
    role: "admin",
    words: "today.next_admin",
    href: "/members",
    action: "today.next_admin_do",
  },
  {
    role: "analyst",
    words: "today.next_analyst",
    href: "/patterns",
    action: "today.next_analyst_do",
  },
];

export function NextStep({ roles }: { roles: readonly string[] }) {
  const step = STEPS.find(({ role }) => roles.includes(role));
  if (!step) return <Empty>{t("today.next_member")}</Empty>;
  return (
    <Empty
      action={
        step.href &&
        step.action && (
          <LinkButton look="primary" href={step.href}>
            {t(step.action)}
          </LinkButton>
        )
      }
    >
      {t(step.words)}
    </Empty>
  );
}
