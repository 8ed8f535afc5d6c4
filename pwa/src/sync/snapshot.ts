/**
 * Reads a large scope from its beginning, line by line (docs/sync-protocol.md, 4).
 *
 * What came is stored in batches, together with how far it reaches, so that a cut loses
 * nothing: the next attempt goes on behind the last stored record. The head that the first
 * attempt was told becomes the scope's cursor once the last line has come; whatever was
 * written meanwhile comes by pull.
 */
import type { Reading } from "../db/cache";
import { endSnapshot, forgetSnapshot, storeSnapshotRows, type Page } from "../db/pages";
import { sha256 } from "../domain/sha256";
import { claimRequest, isNewest, raiseWitness, type Claim, type Told } from "../db/witness";
import { readingOf } from "../db/reading";
import { askLines, type Lines } from "./lines";
import { announce, type Pulling } from "./pulling";
import { later, type Outcome } from "./sender";

const BATCH = 500;

/** `by_pull`: it cannot be had this way. `diverged`: the history is another. */
export type Taken = "taken" | "by_pull" | "diverged" | Outcome;

type Row = Page["rows"][0];

interface Begun extends Told {
  scope: string;
}

interface Ended {
  end: true;
  count: number;
  digest: string;
}

/** Take one scope whole, over as many cuts as bring it further. */
export async function takeSnapshot(pulling: Pulling, scope: string): Promise<Taken> {
  for (;;) {
    const attempt = await new Attempt(pulling, scope).make();
    if (attempt === "further") continue;
    return attempt;
  }
}

class Attempt {
  private readonly told: string[] = [];
  private batch: Row[] = [];
  private isFurther = false;

  constructor(
    private readonly pulling: Pulling,
    private readonly scope: string,
  ) {}

  /** One request. `further`: it was cut, but brought something. */
  async make(): Promise<Taken | "further"> {
    const { outbox, cache, network, signal } = this.pulling;
    const claim = await claimRequest(outbox, network);
    const reading = await readingOf(cache, network, claim.generation);
    const answer = await askLines(this.question(claim, reading), signal);
    if (answer === null) return later();
    try {
      return await this.take(claim, answer);
    } finally {
      await answer.lines.return();
    }
  }

  private question({ head, chain }: Claim, reading: Reading): string {
    const asked = new URLSearchParams({ network: this.pulling.network, head: String(head), chain });
    const begun = reading.snapshots?.[this.scope];
    if (begun) {
      asked.set("first_head", String(begun.head));
      asked.set("first_chain", begun.chain);
      if (begun.after !== "") asked.set("after", begun.after);
    }
    return `/snapshot/${this.scope}?${asked.toString()}`;
  }

  private async take(claim: Claim, answer: Lines): Promise<Taken | "further"> {
    switch (answer.status) {
      case 200:
        return this.believe(claim, answer.lines);
      case 401:
        return { how: "signed_out" };
      case 409:
        return "diverged";
      case 426:
        return { how: "too_old" };
      case 429:
      case 503:
        return later(answer.retryAfterMs);
      default:
        return this.giveUp();
    }
  }

  private async believe(claim: Claim, lines: Lines["lines"]): Promise<Taken | "further"> {
    const { value: first } = await lines.next();
    if (!isBegun(first) || first.scope !== this.scope) return later();
    const { outbox, network } = this.pulling;
    const belief = await raiseWitness(outbox, network, claim.request, first);
    if (belief === "late") return later();
    if (belief === "diverged") return "diverged";
    for await (const line of lines) {
      if (isEnded(line)) return this.end(claim, first, line);
      if (!isRow(line)) return this.giveUp();
      this.told.push(`${line.id}:${line.seq}\n`);
      this.batch.push(line);
      if (this.batch.length >= BATCH && !(await this.store(claim, first))) return later();
    }
    const isStored = await this.store(claim, first);
    return isStored && this.isFurther ? "further" : later();
  }

  /** Put what came into the cache, unless another request has overtaken this one [3]. */
  private async store(claim: Claim, { head, chain }: Begun): Promise<boolean> {
    const rows = this.batch;
    this.batch = [];
    const { outbox, cache, network } = this.pulling;
    if (!(await isNewest(outbox, network, claim.request))) return false;
    const after = rows.at(-1)?.id;
    if (after === undefined) return true;
    const begun = { head, chain, after };
    const stored = await storeSnapshotRows(
      cache,
      network,
      claim.generation,
      this.scope,
      begun,
      rows,
    );
    if (stored === null) return false;
    this.isFurther = true;
    await announce(this.pulling, stored);
    return true;
  }

  private async end(claim: Claim, first: Begun, last: Ended): Promise<Taken> {
    const isWhole = last.count === this.told.length && last.digest === sha256(this.told.join(""));
    if (!isWhole) return this.giveUp();
    if (!(await this.store(claim, first))) return later();
    const { cache, network } = this.pulling;
    await endSnapshot(cache, network, claim.generation, this.scope, first.head);
    return "taken";
  }

  private async giveUp(): Promise<Taken> {
    await forgetSnapshot(this.pulling.cache, this.pulling.network, this.scope);
    return "by_pull";
  }
}

function isBegun(line: unknown): line is Begun {
  const told = line as Partial<Begun> | null | undefined;
  return (
    typeof told?.epoch === "string" &&
    typeof told.head === "number" &&
    typeof told.chain === "string" &&
    typeof told.scope === "string"
  );
}

function isRow(line: unknown): line is Row {
  const row = line as Partial<Row> | null;
  return typeof row?.id === "string" && typeof row.seq === "number";
}

function isEnded(line: unknown): line is Ended {
  const last = line as Partial<Ended> | null;
  return last?.end === true && typeof last.digest === "string";
}
