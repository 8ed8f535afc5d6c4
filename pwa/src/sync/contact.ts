/**
 * How long ago this tablet was in touch with the server, whatever its own clock says.
 *
 * After 35 days what others wrote is locked: a tablet that lies in a drawer, or was lost, does
 * not show a round for ever. One's own words stay, and one goes on writing. The time is the
 * server's at the last contact plus what has passed since: by the tablet's clock, or by the
 * steady one of the page where that says more. A clock that is turned back gains nothing.
 */
import { contactOf, keepContact, type Cache, type ContactMade } from "../db/cache";

const DAY_MS = 24 * 60 * 60_000;
export const LOCKED_AFTER_MS = 35 * DAY_MS;
const KEPT_EVERY_MS = 60 * 60_000;

export interface Clocks {
  /** The tablet's own; may jump. */
  wall: () => number;
  /** Of the page; only goes forward, and begins anew with it. */
  steady: () => number;
}

export class Contact {
  private looked: number;
  /** What is on disk; written once an hour at most. */
  private kept: ContactMade | undefined;

  private constructor(
    private readonly cache: Cache,
    private readonly network: string,
    private readonly clocks: Clocks,
    private made: ContactMade | undefined,
  ) {
    this.kept = made;
    this.looked = clocks.steady();
  }

  static async open(cache: Cache, network: string, clocks: Clocks): Promise<Contact> {
    const known = await contactOf(cache, network);
    const contact = new Contact(cache, network, clocks, known);
    if (!known) await contact.heard(null);
    return contact;
  }

  /** Milliseconds that the server's clock is ahead of the tablet's. */
  get clockAhead(): number {
    return this.made ? this.made.server - this.made.wall : 0;
  }

  /** Our server answered; `at` is its clock. */
  async heard(at: number | null): Promise<void> {
    const wall = this.clocks.wall();
    this.made = { server: at ?? wall, wall, passed: 0 };
    this.looked = this.clocks.steady();
    const sinceKept = Math.abs(this.made.server - (this.kept?.server ?? -Infinity));
    if (sinceKept >= KEPT_EVERY_MS || this.kept?.passed) await this.keep(this.made);
  }

  /** Whether others' records are locked by now. */
  async isLocked(): Promise<boolean> {
    if (!this.made) return false;
    const steady = this.clocks.steady();
    const byWall = this.clocks.wall() - this.made.wall;
    const bySteady = this.made.passed + (steady - this.looked);
    const passed = Math.max(byWall, bySteady, this.made.passed);
    this.looked = steady;
    this.made = { ...this.made, passed };
    if (passed - (this.kept?.passed ?? 0) >= KEPT_EVERY_MS) await this.keep(this.made);
    return passed > LOCKED_AFTER_MS;
  }

  private async keep(made: ContactMade): Promise<void> {
    if (await keepContact(this.cache, this.network, made)) this.kept = made;
  }
}
