/** The wall is a function of the records: on every device the same, and no card is ever lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOut, standingGroup, type Joins, type Place } from "../../../pwa/src/domain/board";
import {
  composeDelete,
  composeEdit,
  composeUndo,
  isDeleted,
} from "../../../pwa/src/domain/registers";
import { unite, winner, type Change, type Registers } from "../../../pwa/src/domain/registers";
import { vectors } from "./real-notes";

interface Vector {
  about: string;
  group: string | null;
  joined_to: Record<string, string | null>;
  standing: string | null;
}

describe("a card lies in the group that stands for its own", () => {
  test.each(vectors<Vector[]>("board.json"))("$about", ({ group, joined_to, standing }) => {
    expect(standingGroup(group, new Map(Object.entries(joined_to)))).toBe(standing);
  });
});

const APART = "apart";
const CARDS = ["c1", "c2", "c3", "c4", "c5", "c6"];
const GROUPS = ["g1", "g2", "g3", "g4"];

type Act =
  | { do: "move"; card: string; to: string | null; order: string }
  | { do: "join"; group: string; into: string | null }
  | { do: "name"; group: string }
  | { do: "remove"; group: string }
  | { do: "restore"; group: string };

const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant("move" as const),
    card: fc.constantFrom(...CARDS),
    to: fc.constantFrom(null, APART, ...GROUPS),
    order: fc.constantFrom("A", "V", "k"),
  }),
  fc.record({
    do: fc.constant("join" as const),
    group: fc.constantFrom(...GROUPS),
    into: fc.constantFrom(null, ...GROUPS),
  }),
  fc.record({ do: fc.constant("name" as const), group: fc.constantFrom(...GROUPS) }),
  fc.record({ do: fc.constant("remove" as const), group: fc.constantFrom(...GROUPS) }),
  fc.record({ do: fc.constant("restore" as const), group: fc.constantFrom(...GROUPS) }),
);

/** One tablet: what it holds, which grows by its own acts and by what it hears of others. */
class Tablet {
  readonly held: Change[] = [];
  private made = 0;

  constructor(private readonly name: string) {}

  registers(record: string, changes: readonly Change[] = this.held): Registers {
    return unite(
      {},
      changes.filter((change) => change.record === record),
    );
  }

  act(act: Act): void {
    if (act.do === "move") {
      this.save("card", act.card, { position: { group: act.to, order: act.order } });
    } else if (act.do === "join") this.save("group", act.group, { joined_to: act.into });
    else if (act.do === "name") this.save("group", act.group, { name: `by ${this.name}` });
    else this.flag(act.group, act.do === "remove");
  }

  private save(kind: "card" | "group", record: string, set: Record<string, unknown>): void {
    this.hold(kind, record, set, composeEdit(kind, set, this.registers(record), false));
  }

  private flag(record: string, deleted: boolean): void {
    const compose = deleted ? composeDelete : composeUndo;
    this.hold("group", record, { deleted }, compose(this.registers(record)));
  }

  private hold(
    kind: "card" | "group",
    record: string,
    set: Record<string, unknown>,
    edit: Pick<Change, "seen" | "depth">,
  ): void {
    this.made += 1;
    const id = `${this.name}${String(this.made).padStart(3, "0")}`;
    const rest = { by: this.name, scope: "round:r", schema: 1, made_at: "", n: this.made };
    this.held.push({ id, kind, record, set, ...edit, ...rest });
  }

  hear(changes: readonly Change[]): void {
    const known = new Set(this.held.map((change) => change.id));
    this.held.push(...changes.filter((change) => !known.has(change.id)));
  }

  /** Drawn from records in the order in which this tablet heard of them. */
  wall() {
    const heard = [...new Set([...this.held.map(({ record }) => record), ...CARDS])];
    const cards = heard.filter((id) => CARDS.includes(id));
    const groups = heard.filter((id) => GROUPS.includes(id));
    return wallOf(cards, groups, (record) => this.registers(record));
  }
}

function wallOf(
  cards: readonly string[],
  groups: readonly string[],
  registers: (record: string) => Registers,
) {
  const joins: Joins = new Map(
    groups.flatMap((id) => {
      const found = registers(id);
      const isThere = Object.keys(found).length > 0 && !isDeleted(found);
      const into = (winner(found["joined_to"])?.value ?? null) as string | null;
      return isThere ? [[id, into] as const] : [];
    }),
  );
  const placeOf = ({ id }: { id: string }) =>
    (winner(registers(id)["position"])?.value ?? null) as Place | null;
  const { loose, apart, piles } = layOut(
    cards.map((id) => ({ id })),
    placeOf,
    joins,
    APART,
  );
  const ids = (hung: { id: string }[]) => hung.map(({ id }) => id);
  const there = new Set(joins.keys());
  return {
    loose: ids(loose),
    apart: ids(apart),
    piles: [...piles].map(([id, cards]) => [id, ids(cards)] as const).sort(),
    there,
  };
}

const someDays = fc.array(
  fc.record({ tablet: fc.nat(2), acts: fc.array(anAct, { maxLength: 5 }), meets: fc.nat(3) }),
  { maxLength: 14 },
);

test("three tablets that were apart show one wall, whatever they did and in whatever order they hear of it", () => {
  fc.assert(
    fc.property(someDays, fc.infiniteStream(fc.nat()), (days, dice) => {
      const tablets = ["a", "b", "c"].map((name) => new Tablet(name));
      for (const { tablet, acts, meets } of days) {
        for (const act of acts) tablets[tablet]!.act(act);
        const other = tablets[meets];
        if (other) other.hear(tablets[tablet]!.held);
      }
      const all = [...new Map(tablets.flatMap(({ held }) => held).map((c) => [c.id, c])).values()];

      const walls = tablets.map((tablet) => {
        const heard = all.map((change) => [dice.next().value as number, change] as const);
        tablet.hear(heard.sort(([a], [b]) => a - b).map(([, change]) => change));
        return tablet.wall();
      });

      expect(walls[1]).toEqual(walls[0]);
      expect(walls[2]).toEqual(walls[0]);
    }),
    { numRuns: 400 },
  );
});

test("every card hangs in exactly one place, in a group that is there, at any moment and on any tablet", () => {
  fc.assert(
    fc.property(fc.array(anAct, { maxLength: 40 }), (acts) => {
      const tablet = new Tablet("a");
      for (const act of acts) {
        tablet.act(act);
        const { loose, apart, piles, there } = tablet.wall();

        const hung = [...loose, ...apart, ...piles.flatMap(([, cards]) => cards)];
        expect(hung.sort()).toEqual(CARDS);
        for (const [group] of piles) expect(there.has(group)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test("a card put under one's finger into a group that another tablet joins or takes away lies in the joined one, or loose", () => {
  const [one, other] = [new Tablet("a"), new Tablet("b")];
  for (const group of ["g1", "g2", "g3"]) one.act({ do: "name", group });
  other.hear(one.held);

  one.act({ do: "join", group: "g1", into: "g2" });
  one.act({ do: "remove", group: "g3" });
  other.act({ do: "move", card: "c1", to: "g1", order: "V" });
  other.act({ do: "move", card: "c2", to: "g3", order: "V" });
  one.hear(other.held);

  expect(one.wall().piles).toEqual([["g2", ["c1"]]]);
  expect(one.wall().loose).toContain("c2");
});
