/** Asking the server how long notes are kept, and what an admin changes of it. Online only. */
import type { components } from "../../generated/api-types";
import { request } from "../../sync/api";

export type Retention = components["schemas"]["Retention"];
export type RetentionRound = components["schemas"]["RetentionRound"];

export function askRetention(networkId: string): Promise<Retention> {
  return request("GET", `/networks/${networkId}/retention`);
}

export function changeDays(networkId: string, days: number): Promise<void> {
  return request("PUT", `/networks/${networkId}/retention`, { days });
}

function holdOf(networkId: string, roundId: string): string {
  return `/networks/${networkId}/rounds/${roundId}/hold`;
}

export function placeHold(networkId: string, roundId: string, reason: string): Promise<void> {
  return request("PUT", holdOf(networkId, roundId), { reason });
}

export function liftHold(networkId: string, roundId: string): Promise<void> {
  return request("DELETE", holdOf(networkId, roundId), {});
}
