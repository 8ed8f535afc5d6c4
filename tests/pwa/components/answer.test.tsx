import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { useAnswer } from "../../../pwa/src/components";

afterEach(cleanup);

const asked = new Map<string, (words: string) => void>();

function Found({ about }: { about: string }) {
  const answer = useAnswer(() => new Promise<string>((done) => asked.set(about, done)), about);
  return <output>{answer.value ?? "nothing yet"}</output>;
}

test("a late answer to an earlier question is dropped", async () => {
  const { rerender } = render(<Found about="Lin" />);
  rerender(<Found about="Lincoln" />);

  await act(async () => asked.get("Lincoln")?.("Lincoln School"));
  await act(async () => asked.get("Lin")?.("Linden School"));

  expect(screen.getByRole("status").textContent).toBe("Lincoln School");
});
