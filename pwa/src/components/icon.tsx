/**
 * Line icons of one weight, drawn for this app. An icon never stands alone: the words
 * beside it carry the meaning, so the picture is hidden from screen readers.
 */
const PATHS = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  check: "M4.5 12.5l5 5 10-11",
  close: "M6 6l12 12M18 6L6 18",
  today: "M4 6.5h16v13.5H4zM4 10.5h16M8 3.5v4M16 3.5v4",
  rounds: "M12 4a8 8 0 1 1-7.4 5M12 9a3 3 0 1 1-2.8 4",
  patterns: "M4 19V9M10 19V5M16 19v-7M22 19H2",
  more: "M4 7h16M4 12h16M4 17h16",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z",
  move: "M4 12h14M13 7l5 5-5 5",
  drag: "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01",
  star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6L12 16.7l-4.9 2.7 1-5.6L4 9.9l5.6-.7z",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  share: "M12 15V4M8 7.5L12 3.5l4 4M7 11H5v9h14v-9h-2",
  tablet: "M6 3.5h12v17H6zM11 17.5h2",
  server: "M7 18a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.7-1A4.5 4.5 0 0 1 17.5 18z",
  offline: "M7 18a4 4 0 0 1-.5-8M9.5 6.2A5.5 5.5 0 0 1 17.2 9a4.5 4.5 0 0 1 3 7.2M4 4l16 16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  careful: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  todo: "M12 19.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
  dot: "M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM12 19.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
  note: "M5 4h14v16H5zM8.5 9h7M8.5 13h7M8.5 17h4",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  undo: "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H8",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  place:
    "M12 21c4-4.5 7-7.8 7-11.2a7 7 0 0 0-14 0C5 13.2 8 16.5 12 21zM12 12.2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  name: IconName;
  /** Edge length in px. */
  size?: number;
  /** Filled rather than outlined: a star that is on. */
  filled?: boolean;
}

export function Icon({ name, size = 22, filled = false }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
