"""A person without a mouse or a finger: everything is reached by Tab and arrows, and by name.

Focus is never set by a test; what Tab does not reach, this person does not reach.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 150
PATIENCE_MS = 15_000

NAME = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.tabIndex < 0) return '';
  const said = at.getAttribute('aria-label')
    ?? ([...(at.labels ?? [])].map((each) => each.textContent).join(' ') || at.textContent);
  return said.replace(/\\s+/g, ' ').trim();
}"""

AMONG = """words => {
  const at = document.activeElement;
  const group = at?.type === 'radio' ? at.closest('fieldset') : null;
  return [...(group?.querySelectorAll('label') ?? [])].some(
    (each) => each.textContent.replace(/\\s+/g, ' ').trim() === words);
}"""


@dataclass
class Keys:
    page: Page

    def name(self) -> str:
        """How what has the focus is called."""
        return str(self.page.evaluate(NAME))

    def reach(self, words: str) -> None:
        """Tab on until what has the focus says these words; AssertionError where nothing does.

        What is not there yet, since something is still being kept, is waited for.
        """
        passed: list[str] = []
        for _ in range(PATIENCE_MS // 500):
            for _ in range(MOST_TABS):
                if words in self.name():
                    return
                self.page.keyboard.press("Tab")
                passed.append(self.name())
                if len(passed) > 3 and passed[-1] == "" and passed[-2] != "":
                    break
            self.page.wait_for_timeout(500)
        raise AssertionError(f"no Tab leads to {words!r}, but to {[*dict.fromkeys(passed)]}")

    def press(self, words: str) -> None:
        """Reach a button or a row, and press it."""
        self.reach(words)
        self.page.keyboard.press("Enter")

    def type(self, words: str, text: str) -> None:
        self.reach(words)
        self.page.keyboard.type(text)

    def tick(self, words: str) -> None:
        self.reach(words)
        self.page.keyboard.press("Space")

    def choose(self, words: str) -> None:
        """One of a few: Tab reaches the group, arrows the word."""
        for _ in range(MOST_TABS):
            if self.is_among(words):
                for _ in range(8):
                    if self.name() == words:
                        self.page.keyboard.press("Space")
                        return
                    self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no arrow leads to {words!r}")

    def is_among(self, words: str) -> bool:
        """Whether the focus is in a group that holds the word: arrows change other groups too."""
        return bool(self.page.evaluate(AMONG, words))
