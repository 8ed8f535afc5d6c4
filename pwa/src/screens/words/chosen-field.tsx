/**
 * A field of a record that is chosen from a closed list: saved at a tap, and it tells of
 * another version that somebody chose at the same time.
 */
import { Choice, Select, type Option } from "../../components";
import { save, type Kind } from "../../state";
import { setting, type SavedField } from "./saved-field";
import { OtherVersions } from "./versions";

type ChosenProps<K extends Kind> = SavedField<K> & {
  label: string;
  hint?: string;
  options: readonly Option<string>[];
  value: string | null;
  disabled?: boolean;
};

function choose<K extends Kind>({ kind, id, scope, field }: SavedField<K>) {
  return (value: string | null) => save(kind, id, scope, setting(field, value));
}

function Others<K extends Kind>(props: ChosenProps<K>) {
  const { kind, id, scope, field, options } = props;
  if (props.disabled) return null;
  const read = (value: string) => options.find((each) => each.value === value)?.label ?? value;
  return <OtherVersions {...{ kind, id, scope, field, read }} />;
}

/** One of a few, side by side. */
export function ChoiceField<K extends Kind>(props: ChosenProps<K>) {
  const { label, hint, options, value, disabled } = props;
  return (
    <div class="words-field">
      <Choice {...{ label, hint, options, value, disabled }} onChange={choose(props)} />
      <Others {...props} />
    </div>
  );
}

/** One of many, or nothing: `none` says what that means. */
export function SelectField<K extends Kind>(props: ChosenProps<K> & { none: string }) {
  const { label, hint, none, options, value, disabled } = props;
  return (
    <div class="words-field">
      <Select {...{ label, hint, none, options, value, disabled }} onChange={choose(props)} />
      <Others {...props} />
    </div>
  );
}
