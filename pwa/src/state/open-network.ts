/**
 * Who is signed in on this tablet and which of their networks is open. Kept on the tablet,
 * so that the app opens for weeks without any network.
 */
import { computed, signal } from "@preact/signals";
import type { Me, Membership } from "./types";

/** The person, as the server last said. Null: nobody is signed in here. */
export const me = signal<Me | null>(null);

export const openMemberId = signal<string | null>(null);

/** The open network: the chosen one, or the first. */
export const network = computed<Membership | null>(() => {
  const all = me.value?.memberships ?? [];
  return all.find((each) => each.member_id === openMemberId.value) ?? all[0] ?? null;
});
