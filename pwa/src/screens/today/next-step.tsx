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
  { role: "lead", words: "networks.next_lead", href: "/rounds", action: "networks.next_lead_do" },
  {
    role: "admin",
    words: "networks.next_admin",
    href: "/members",
    action: "networks.next_admin_do",
  },
  {
    role: "analyst",
    words: "networks.next_analyst",
    href: "/patterns",
    action: "networks.next_analyst_do",
  },
];

export function NextStep({ roles }: { roles: readonly string[] }) {
  const step = STEPS.find(({ role }) => roles.includes(role));
  if (!step) return <Empty>{t("networks.next_member")}</Empty>;
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
