import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keeperOf, type Save } from "../../../pwa/src/components/note-editor-keeping";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A disk that keeps what it is given, `slow` ms later; it fails as often as it is told to. */
function aDisk({ slow = 5, failing = 0, deaf = false } = {}) {
  const kept: { text: string; open: boolean; at: number }[] = [];
  const disk = { kept, failing, deaf };
  const save: Save = (text, open) =>
    new Promise((resolve, reject) => {
      if (disk.deaf) return;
      const fails = disk.failing-- > 0;
      setTimeout(() => {
        if (fails) return reject(new Error("the disk is full"));
        kept.push({ text, open, at: Date.now() });
        resolve();
      }, slow);
    });
  return Object.assign(disk, { save });
}

test("text is on disk within 500 ms of a pause", async () => {
  const disk = aDisk();
  const keeper = keeperOf(disk.save);

  keeper.typed("T: why");
  await vi.advanceTimersByTimeAsync(500);

  expect(disk.kept.at(-1)?.text).toBe("T: why");
});

test("text that is being typed at ten keys a second is never a second behind", async () => {
  const disk = aDisk({ slow: 12 });
  const keeper = keeperOf(disk.save);
  const typedAt: number[] = [];

  for (let length = 1; length <= 200; length += 1) {
    typedAt[length] = Date.now();
    keeper.typed("x".repeat(length));
    await vi.advanceTimersByTimeAsync(100);
    const onDisk = disk.kept.at(-1)?.text.length ?? 0;
    const oldestUnkept = typedAt[onDisk + 1] ?? Date.now();
    expect(Date.now() - oldestUnkept).toBeLessThanOrEqual(1000);
  }
});

test("saved is said of the whole text in the field, and of nothing less", async () => {
  const disk = aDisk({ slow: 200 });
  const keeper = keeperOf(disk.save);

  keeper.typed("T");
  await vi.advanceTimersByTimeAsync(400);
  keeper.typed("T:");
  await vi.advanceTimersByTimeAsync(150);
  expect(disk.kept.map((each) => each.text)).toEqual(["T"]);
  expect(keeper.state.value).toBe("writing");
  await vi.advanceTimersByTimeAsync(1000);

  expect(disk.kept.at(-1)?.text).toBe("T:");
  expect(keeper.state.value).toBe("kept");
});

test("leaving the field begins the save before it returns, though another is under way", async () => {
  const disk = aDisk({ slow: 400 });
  const begun: string[] = [];
  const keeper = keeperOf((text, open) => {
    begun.push(text);
    return disk.save(text, open);
  });

  keeper.typed("S: b");
  await vi.advanceTimersByTimeAsync(350);
  keeper.typed("S: because");
  void keeper.flush();

  expect(begun).toEqual(["S: b", "S: because"]);
});

test("a line that is left is handed on as left, once", async () => {
  const disk = aDisk();
  const keeper = keeperOf(disk.save);

  keeper.typed("S: because");
  await vi.advanceTimersByTimeAsync(500);
  void keeper.flush();
  await vi.advanceTimersByTimeAsync(10);
  void keeper.flush();
  await vi.advanceTimersByTimeAsync(10);

  expect(disk.kept.map((each) => each.open)).toEqual([true, false]);
});

test("when the disk fails the person is told, and the text is tried until it is kept", async () => {
  const disk = aDisk({ failing: 3 });
  const keeper = keeperOf(disk.save);

  keeper.typed("T: open your books");
  await vi.advanceTimersByTimeAsync(400);
  expect(keeper.state.value).toBe("trouble");
  keeper.typed("T: open your books now");
  expect(keeper.state.value).toBe("trouble");
  await vi.advanceTimersByTimeAsync(10_000);

  expect(disk.kept.at(-1)?.text).toBe("T: open your books now");
  expect(keeper.state.value).toBe("kept");
});

test("a disk that does not answer is trouble too, and is tried again", async () => {
  const disk = aDisk({ deaf: true });
  const keeper = keeperOf(disk.save);

  keeper.typed("S: ten times ten");
  await vi.advanceTimersByTimeAsync(5_500);
  expect(keeper.state.value).toBe("trouble");
  disk.deaf = false;
  await vi.advanceTimersByTimeAsync(8_100);

  expect(disk.kept.at(-1)?.text).toBe("S: ten times ten");
  expect(keeper.state.value).toBe("kept");
});
