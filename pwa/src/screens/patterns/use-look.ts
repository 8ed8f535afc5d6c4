import { useAnswer } from "../../components";
import { language } from "../../i18n";
import { queryOf, type Asked } from "./api";

type Find<Found> = (networkId: string, asked: Asked, language: string) => Promise<Found>;

/** What a look at patterns finds, found again when the question, network or language changes. */
export function useLook<Found>(find: Find<Found>, networkId: string, asked: Asked) {
  return useAnswer(
    () => find(networkId, asked, language.value),
    `${networkId}?${queryOf(asked)}&${language.value}`,
  );
}
