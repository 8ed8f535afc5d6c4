/**
 * Choose a file: a button of ours that says so in the app's language, and the file's name
 * behind it. The browser's own control speaks the browser's language and is small to press.
 */
import { useRef, useState } from "preact/hooks";
import { Button } from "./button";

interface Props {
  label: string;
  /** Kinds of files, as HTML has them: ".csv,text/csv". */
  accept: string;
  disabled?: boolean;
  /** More than one may be chosen at once; `onFile` hears of each, one after the other. */
  several?: boolean;
  onFile: (file: File) => unknown;
}

export function FileButton({ label, accept, disabled, several, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  return (
    <div class="cluster">
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        multiple={several ?? false}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file, mended, may be chosen again.
          currentTarget.value = "";
          if (!files[0]) return;
          if (!several) setName(files[0].name);
          void files.reduce(
            (before, file) => before.then(() => onFile(file)),
            Promise.resolve<unknown>(undefined),
          );
        }}
      />
      <Button disabled={disabled ?? false} onPress={() => input.current?.click()}>
        {label}
      </Button>
      {name && <span class="soft">{name}</span>}
    </div>
  );
}
