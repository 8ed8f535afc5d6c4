/** Taking in a file, online: a look at what would happen, then all of it or nothing. */
import type { WayIn } from "../../api";
import type { NetworkRole } from "../../generated/records";
import { request } from "../../sync/api";

type Outcome = "new" | "changed" | "same" | "left_out";
/** `dropped`: the network has it, and the file has it no more. */
type StandardOutcome = Outcome | "dropped";

export interface ImportedPlace {
  row: number;
  kind: "district" | "school";
  name: string;
  outcome: Outcome;
  /** The network's record, there already or made by taking it in. */
  record: string;
  district: string | null;
  /** Its name in the network now. */
  before: string | null;
  why: "no_name" | "name_twice" | "removed_here" | "district_first" | null;
}

export interface ImportedPerson {
  row: number;
  name: string;
  outcome: Outcome;
  email: string | null;
  roles: NetworkRole[];
  school: string | null;
  district: string | null;
  place: string | null;
  why: "member" | "invited" | "place_unknown" | "place_twice" | null;
}

export interface ImportedFramework {
  title: string;
  creator: string;
  outcome: Outcome;
}

export interface ImportedStandard {
  /** The number of the item in its file; null where it is dropped. */
  row: number | null;
  code: string;
  text: string;
  /** Whether it is a focus question. */
  asks: boolean;
  outcome: StandardOutcome;
  record: string;
  /** The record of the part that it comes with. */
  part: string | null;
  /** Its words in the network now. */
  before: string | null;
  why: "removed_here" | null;
}

export interface ImportLook {
  digest: string;
  layout: string;
  is_old_text: boolean;
  places: ImportedPlace[];
  people: ImportedPerson[];
  framework: ImportedFramework | null;
  standards: ImportedStandard[];
  forgotten: { students?: number; families?: number };
  left_out: { gone?: number; other?: number };
  /** Files of a zip that nothing is read of. */
  not_read: { name: string; why: "places" | "no_table" | "not_needed" }[];
}

export interface ImportTaken {
  places: number;
  standards: number;
  ways_in: Pick<WayIn, "invitation" | "link">[];
}

/** `districts`, `parts`: null wants every one. */
export interface Chosen {
  digest: string;
  districts: string[] | null;
  parts: string[] | null;
  people: number[];
}

export function lookAtFile(networkId: string, content: string): Promise<ImportLook> {
  return request<ImportLook>("POST", `/networks/${networkId}/imports/look`, { content });
}

export function takeFileIn(networkId: string, content: string, chosen: Chosen) {
  const path = `/networks/${networkId}/imports`;
  return request<ImportTaken>("POST", path, { content, ...chosen });
}
