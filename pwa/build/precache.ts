/**
 * Builds the service worker after the app, and beside it precache.json: the files to keep
 * offline, each with a content hash. The worker knows the list's own hash: its version.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type InlineConfig, type Plugin } from "vite";

const KEPT = /\.(js|css|html|svg|png|webmanifest|woff2)$/;

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function filesToKeep(folder: string): [url: string, hash: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && KEPT.test(entry.name) && entry.name !== "sw.js")
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).startsWith("screenshots"))
    .sort()
    .map((path) => [
      "/" + relative(folder, path).replaceAll("\\", "/"),
      sha256(readFileSync(path)).slice(0, 16),
    ]);
}

/** The words of notifications, by language: the worker knows no other messages. */
function notices(): Record<string, unknown> {
  const folder = "../schemas/messages";
  const languages = readdirSync(folder).filter((name) => !name.includes("."));
  return Object.fromEntries(
    languages.map((language) => {
      const all = JSON.parse(
        readFileSync(join(folder, language, "notices.json"), "utf8"),
      ) as object;
      const pushed = Object.entries(all).filter(([key]) => /\.(title|body)$/.test(key));
      return [language, Object.fromEntries(pushed)];
    }),
  );
}

/** How the worker is built: one plain script, knowing its version and the notices' words. */
export function workerBuild(folder: string, version: string, appVersion: string): InlineConfig {
  return {
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: {
      __VERSION__: JSON.stringify(version),
      __APP_VERSION__: JSON.stringify(appVersion),
      __NOTICES__: JSON.stringify(notices()),
    },
    build: {
      target: "safari16.4",
      emptyOutDir: false,
      outDir: folder,
      lib: { entry: "src/sw/sw.ts", formats: ["iife"], name: "sw", fileName: () => "sw.js" },
    },
  };
}

export function precache(folder: string, appVersion: string): Plugin {
  return {
    name: "precache",
    apply: "build",
    enforce: "post",
    closeBundle: {
      sequential: true,
      order: "post",
      async handler(failure?: Error) {
        if (failure || !existsSync(folder)) return; // The build's own error is the one to read.
        const files = filesToKeep(folder);
        const list = JSON.stringify(files);
        const version = sha256(list).slice(0, 16);
        writeFileSync(join(folder, "precache.json"), list);
        await build(workerBuild(folder, version, appVersion));
      },
    },
  };
}
