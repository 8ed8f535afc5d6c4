/** A form of a few fields: return and the button do the same; the browser itself sends nothing. */
import type { ComponentChildren } from "preact";
import { useOnce } from "./press";

interface FormProps {
  onSubmit: () => unknown;
  children: ComponentChildren;
}

export function Form({ onSubmit, children }: FormProps) {
  const submit = useOnce(onSubmit);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
    </form>
  );
}
