/** Asking the server for the patterns that this person may read. Online only. */
import type {
  CheckBack,
  CoreElement,
  GradeBand,
  Horizon,
  Level,
  PatternSubject,
  ProgramContext,
  Quantifier,
  RoomToRoom,
  SchoolSubject,
  Taker,
} from "../../generated/records";
import { request } from "../../sync/api";
import type { ReadAlike } from "../agreement/over-rounds";

export interface Asked {
  /** All of them stand in the statement, or in the evidence. */
  words: string | null;
  about: PatternSubject | null;
  element: CoreElement | null;
  grade_band: GradeBand | null;
  subject: SchoolSubject | null;
  context: ProgramContext | null;
  /** The id that a focus question has in every round. */
  question: string | null;
  rooms: RoomToRoom | null;
  begins_on: string | null;
  ends_on: string | null;
}

/** Grade band, subject and context stand where three classrooms share them, as in files. */
export interface Evidence {
  text: string;
  element: CoreElement | null;
  grade_band: GradeBand | null;
  subject: SchoolSubject | null;
  context: readonly ProgramContext[];
}

export interface Finding {
  id: string;
  sentence: string;
  subject: PatternSubject;
  quantifier: Quantifier;
  element: CoreElement | null;
  /** The quarter, in words: "October to December 2026". */
  visited: string;
  /** The problem of practice that its round asked about; empty where it may name somebody. */
  problem: string;
  evidence: Evidence[];
  /** More evidence stands behind it; `evidenceOf` has all. */
  is_cut: boolean;
}

/** Some findings, and where the next ones are; null where these are the last. */
export interface FindingsPage {
  findings: Finding[];
  more: string | null;
}

export interface NextLevelFound {
  text: string;
  horizon: Horizon;
  level: Level;
  taken_on_by: Taker | null;
  check_back_on: string;
  outcome: CheckBack | null;
  learned: string;
  of_use: boolean | null;
}

/** Some next-level items, and where the next ones are; null where these are the last. */
export interface ItemsPage {
  next_level: NextLevelFound[];
  next_level_more: string | null;
}

/** How alike some questions were read, and where the next ones are. */
export interface AlikePage {
  read_alike: ReadAlike[];
  read_alike_more: string | null;
}

/** Three months with rounds in them. */
export interface Quarter {
  quarter: string;
  begins_on: string;
  visited: string;
  rounds_count: number;
  not_released_count: number;
}

/** seen: whether there is evidence on it; null where a part of the evidence was asked for. */
export interface QuestionAsked {
  id: string;
  words: string;
  seen: boolean | null;
}

export interface PatternsFound extends FindingsPage, ItemsPage, AlikePage {
  asked: string;
  /** On what it stands, a sentence a line. */
  base_lines: string[];
  /** Why there is no finding; empty where there is one. */
  nothing: string;
  rounds_count: number;
  /** The newest first. */
  quarters: Quarter[];
  /** By their words. */
  questions: QuestionAsked[];
  about_figures: string;
  /** The files that this server can make. */
  formats: readonly Format[];
  figures: { of: string | null; classrooms: string }[];
}

export type Format = "csv" | "xlsx" | "json" | "jsonl" | "pdf" | "parquet";

/** The tables of the workbook, each a file of its own: what explains them first. */
export const TABLES = [
  "codebook",
  "evidence",
  "patterns",
  "next_level",
  "then_and_now",
  "contexts",
  "room_to_room",
  "focus_questions",
  "quarters",
  "figures",
  "read_alike",
] as const;
export type Table = (typeof TABLES)[number];

/** One line of the register: what left, when, by whom, and how much of it. */
export interface FileMade {
  id: string;
  /** Null where whoever runs the server made it. */
  member_id: string | null;
  made_at: string;
  format: Format;
  filter: Readonly<Record<string, string>>;
  counts: Readonly<Record<string, number>>;
  sha256: string;
}

export async function filesMade(networkId: string): Promise<FileMade[]> {
  const path = `/networks/${networkId}/exports`;
  return (await request<{ exports: FileMade[] }>("GET", path)).exports;
}

/** Where the JSON Schema of a table's JSON Lines is. */
export function schemaAddress(networkId: string, language: string, table: Table): string {
  const query = new URLSearchParams({ table, language });
  return `/api/v1/networks/${networkId}/patterns/export/schema?${query}`;
}

/** What was asked, as a query; what is left out asks for everything. */
export function queryOf(asked: Asked): URLSearchParams {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => !!entry[1]);
  return new URLSearchParams(given);
}

/** Whether more than the time is narrowed: then some of an answer is still of whole rounds. */
export function asksForPart({ begins_on: _, ends_on: __, ...others }: Asked): boolean {
  return Object.values(others).some(Boolean);
}

export function findPatterns(networkId: string, asked: Asked, language: string) {
  const query = queryOf(asked);
  query.set("language", language);
  return request<PatternsFound>("GET", `/networks/${networkId}/patterns?${query}`, undefined);
}

/** What has evidence from classes of one program, and in how many rounds there is any. */
export interface OfContext extends FindingsPage {
  context: ProgramContext;
  base: string;
}

/** Of each program context what has evidence from its classes, with that evidence. */
export interface ByContext {
  base_lines: string[];
  /** Why there is no finding in any. */
  nothing: string;
  contexts: OfContext[];
  questions: QuestionAsked[];
}

export function findByContext(networkId: string, asked: Asked, language: string) {
  const query = queryOf({ ...asked, context: null });
  query.set("language", language);
  return request<ByContext>("GET", `/networks/${networkId}/patterns/contexts?${query}`);
}

/** A pattern of one school and what stands beside it now. `visited`: a quarter, in words. */
export interface Pair {
  school_id: string;
  school: string;
  then_visited: string;
  then: string;
  now_visited: string | null;
  now: string | null;
  words: string;
}

/** not_by_name_count: rounds that may be read and have no part in it. */
export interface ThenAndNow {
  pairs: Pair[];
  not_by_name_count: number;
}

export function findThenAndNow(networkId: string, language: string): Promise<ThenAndNow> {
  const path = `/networks/${networkId}/patterns/then-and-now?language=${language}`;
  return request<ThenAndNow>("GET", path);
}

interface Behind {
  findings: FindingsPage;
  "next-level": ItemsPage;
  "read-alike": AlikePage;
}

/** What stands behind an answer that said where more is. */
export function nextPage<Of extends keyof Behind>(
  of: Of,
  networkId: string,
  asked: Asked,
  language: string,
  after: string | null,
): Promise<Behind[Of]> {
  const query = queryOf(asked);
  query.set("language", language);
  query.set("after", after ?? "");
  return request<Behind[Of]>("GET", `/networks/${networkId}/patterns/${of}?${query}`);
}

/** All evidence of one finding that was asked for. */
export async function evidenceOf(networkId: string, asked: Asked, findingId: string) {
  const path = `/networks/${networkId}/patterns/findings/${findingId}/evidence`;
  return (await request<{ evidence: Evidence[] }>("GET", `${path}?${queryOf(asked)}`)).evidence;
}

/** A person's own file that is made in the background. done, of: patterns read of all. */
export interface YourFile {
  id: string;
  asked_at: string;
  goes_at: string;
  format: Format;
  /** The table that it is; null where it is all of them. */
  table: Table | null;
  state: "waiting" | "making" | "ready" | "refused";
  why: string | null;
  done: number;
  of: number;
  /** It was taken once, and lies there to be taken again. */
  fetched: boolean;
}

const ownFiles = (networkId: string) => `/networks/${networkId}/patterns/files`;

/** A file as it is wanted. bom: in CSV, with the mark by which Excel knows UTF-8. */
export interface FileWish {
  format: Format;
  /** One table of the workbook; left out, all of it. */
  table?: Table;
  bom?: boolean;
}

function wishQuery(asked: Asked, language: string, wish: FileWish): URLSearchParams {
  const query = queryOf(asked);
  for (const [name, value] of Object.entries({ language, ...wish })) query.set(name, String(value));
  return query;
}

/** Whether the file is large and made in the background; a small one is fetched at once. */
export async function orderFile(
  networkId: string,
  asked: Asked,
  language: string,
  wish: FileWish,
): Promise<boolean> {
  type Ordered = { in_background: boolean };
  const path = `${ownFiles(networkId)}?${wishQuery(asked, language, wish)}`;
  return (await request<Ordered>("POST", path, {})).in_background;
}

export async function yourFiles(networkId: string): Promise<YourFile[]> {
  return (await request<{ files: YourFile[] }>("GET", ownFiles(networkId))).files;
}

export function endFile(networkId: string, fileId: string): Promise<void> {
  return request("DELETE", `${ownFiles(networkId)}/${fileId}`);
}

export function fileAddress(networkId: string, fileId: string): string {
  return `/api/v1${ownFiles(networkId)}/${fileId}`;
}

/** Where the file of the same patterns is; the browser fetches it by itself. */
export function exportAddress(
  networkId: string,
  asked: Asked,
  language: string,
  wish: FileWish,
): string {
  const what = wish.table ? "table" : "export";
  return `/api/v1/networks/${networkId}/patterns/${what}?${wishQuery(asked, language, wish)}`;
}
