/**
 * Run from the repository's root (`npm run lint` does), so that tests/ is within reach.
 */
import tseslint from "typescript-eslint";

/** What each layer may import: itself and the layers named. Never up, never sideways. */
const LAYERS = {
  generated: [],
  domain: ["generated"],
  i18n: ["generated"],
  db: ["domain", "generated"],
  sync: ["db", "domain", "generated"],
  sw: [],
  rescue: ["db", "domain", "generated"],
  components: ["domain", "i18n", "generated"],
};

const ALL = [
  "screens",
  "components",
  "state",
  "sync",
  "db",
  "domain",
  "i18n",
  "sw",
  "rescue",
  "app",
  "main",
  "update",
];

function layer(name, allowed) {
  const forbidden = ALL.filter((other) => other !== name && !allowed.includes(other));
  return {
    files: [`pwa/src/${name}/**/*.{ts,tsx}`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`,
              message: `${name} may import only: ${[name, ...allowed].join(", ")}`,
            },
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ["pwa/src/generated/**"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-empty": "error",
      "no-fallthrough": "error",
      "no-self-assign": "error",
      "no-unsafe-finally": "error",
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  ...Object.entries(LAYERS).map(([name, allowed]) => layer(name, allowed)),
  {
    // The worker sends what waits, and knows nothing else of the app.
    files: ["pwa/src/sw/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^\\.\\./(?!sync/sender$|db/(outbox|device)$)",
              message: "sw may import only sync/sender, db/outbox and db/device",
            },
            { regex: "^dexie", message: "the worker knows no cache" },
          ],
        },
      ],
    },
  },
  { files: ["tests/**"], rules: { "max-lines-per-function": "off" } },
);
