import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { precache } from "./build/precache.ts";

const version = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;

export default defineConfig({
  plugins: [precache(version)],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: "safari16.4",
    outDir: "dist",
    assetsInlineLimit: 0,
    // Only Safari before 17 needs it, and there a script is fetched when it is asked for.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": "http://localhost:8000" }, fs: { allow: [".."] } },
  test: {
    environment: "happy-dom",
    testTimeout: 30_000,
    include: ["../tests/pwa/**/*.test.{ts,tsx}"],
    setupFiles: ["../tests/pwa/setup.ts"],
    root: ".",
  },
});
