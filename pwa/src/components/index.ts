/** Every component, from one place. How each is used: README.md beside this file. */
export { Button, LinkButton, type Look } from "./button";
export { Checkbox, Toggle } from "./checkbox";
export { Choice, type Option } from "./choice";
export { ElementMark, type Element } from "./element-mark";
export { Form } from "./form";
export { Icon, type IconName } from "./icon";
export { List, Row } from "./list";
export { Menu, MenuDialog, type MenuItem } from "./menu";
export { TwoPane } from "./panes";
export { Banner, Empty, PrintSheet, Progress, Tag } from "./pieces";
export { Screen, Section } from "./screen";
export { Select } from "./select";
export { Sheet } from "./sheet";
export { StatusWord, unsentWords, type Status } from "./status-word";
export { TextArea } from "./text-area";
export { TextField } from "./text-field";
export { showToast, Toasts } from "./toast";
export { useAnswer, useAsking, type Answer, type Asking } from "./answer";
