/** Roles and positions in words, in the order of the practice. */
import { NETWORK_ROLES, POSITIONS, type NetworkRole } from "../../generated/records";
import { isKey, t } from "../../i18n";

/** A role that this app does not know yet reads as nothing. */
export function roleWords(roles: Iterable<string>): string[] {
  const held = new Set(roles);
  return NETWORK_ROLES.filter((role) => held.has(role)).map((role) =>
    t(`vocabulary.network_role.${role}`),
  );
}

export function roleOptions(): { value: NetworkRole; label: string; hint: string }[] {
  return NETWORK_ROLES.map((value) => ({
    value,
    label: t(`vocabulary.network_role.${value}`),
    hint: t(`accounts.role_${value}`),
  }));
}

export function positionWord(position: string | null): string | undefined {
  const key = `vocabulary.position.${position ?? ""}`;
  return isKey(key) ? t(key) : undefined;
}

export function positionOptions() {
  return POSITIONS.map((value) => ({ value, label: t(`vocabulary.position.${value}`) }));
}
