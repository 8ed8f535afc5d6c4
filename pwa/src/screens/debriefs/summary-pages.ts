/** Links that open the summary without signing in: the host's, and online only. */
import type { components } from "../../generated/api-types";
import type { Audience } from "../../generated/records";
import { network } from "../../state";
import { request } from "../../sync/api";

export type ByLink = "school" | "public";

/** Audiences of people who never sign in: opened to them, it is read by whoever has a link. */
export const BY_LINK: readonly Audience[] = ["school", "public"] satisfies readonly ByLink[];

export type SummaryPage = components["schemas"]["SummaryPageView"];
export type SummaryLink = components["schemas"]["SummaryPageLink"];

function pathOf(roundId: string): string {
  return `/networks/${network.value?.network.id ?? ""}/rounds/${roundId}/summary-pages`;
}

export async function listPages(roundId: string): Promise<SummaryPage[]> {
  return (await request<{ pages: SummaryPage[] }>("GET", pathOf(roundId))).pages;
}

export function openPage(roundId: string, audience: ByLink): Promise<SummaryLink> {
  return request("POST", pathOf(roundId), { audience });
}

export function endPage(roundId: string, audience: ByLink): Promise<void> {
  return request("DELETE", pathOf(roundId), { audience });
}
