/** A part of Today that most days do without: asked for, with its words, where there is need. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { loadAllWords } from "../../i18n";

interface Loaded {
  default: FunctionComponent;
}

/** `load` is asked once, when this is first shown. */
export function Fetched({ load }: { load: () => Promise<Loaded> }) {
  const [shown, setShown] = useState<Loaded | null>(null);
  useEffect(() => {
    const asked = Promise.all([load(), loadAllWords()]);
    void asked.then(([loaded]) => setShown(loaded)).catch(() => undefined);
  }, []);
  return shown && <shown.default />;
}
