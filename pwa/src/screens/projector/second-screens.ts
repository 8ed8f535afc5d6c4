/** The screens that show this debrief: put there and taken off by whoever leads, online only. */
import type { components } from "../../generated/api-types";
import { network } from "../../state";
import { request } from "../../sync/api";

export type SecondScreen = components["schemas"]["ScreenView"];

function pathOf(roundId: string): string {
  return `/networks/${network.value?.network.id ?? ""}/rounds/${roundId}/screens`;
}

export async function listScreens(roundId: string): Promise<SecondScreen[]> {
  return (await request<{ screens: SecondScreen[] }>("GET", pathOf(roundId))).screens;
}

export function showOn(roundId: string, code: string): Promise<SecondScreen> {
  return request("POST", pathOf(roundId), { code });
}

export function takeOff(roundId: string, screen: string): Promise<void> {
  return request("DELETE", `${pathOf(roundId)}/${screen}`);
}
