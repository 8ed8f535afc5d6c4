/** What a card says of its classroom: the same on the tablet as on the server. */
import { expect, test } from "vitest";
import { cardFacts, type CardFacts, type ClassroomFacts } from "../../../pwa/src/domain/evidence";
import { vectors } from "./real-notes";

interface Vector {
  about: string;
  visited: (Omit<ClassroomFacts, "context"> & { context: string[] })[];
  said: Record<string, CardFacts>;
}

test.each(vectors<Vector[]>("evidence.json"))("$about", ({ visited, said }) => {
  const rooms = visited.map((room) => ({ ...room, context: new Set(room.context) }));

  const found = Object.fromEntries(rooms.map(({ id }) => [id, cardFacts(id, rooms)]));

  expect(found).toEqual(said);
});
