import { defineConfig } from "vitest/config";
import { precache } from "./build/precache";

export default defineConfig({
  plugins: [precache("dist")],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "safari16.4", outDir: "dist", assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { "/api": "http://localhost:8000" } },
  test: {
    environment: "happy-dom",
    include: ["../tests/pwa/**/*.test.{ts,tsx}"],
    setupFiles: ["../tests/pwa/setup.ts"],
    root: ".",
  },
});
