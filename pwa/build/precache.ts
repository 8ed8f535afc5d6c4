/**
 * Builds the service worker after the app, and gives it the list of files to keep
 * offline, each with a content hash. The version is the hash of that list.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "vite";

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

export function precache(folder: string): Plugin {
  return {
    name: "precache",
    apply: "build",
    enforce: "post",
    closeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        const files = filesToKeep(folder);
        const version = sha256(JSON.stringify(files)).slice(0, 12);
        await build({
          configFile: false,
          publicDir: false,
          logLevel: "warn",
          define: {
            __PRECACHE__: JSON.stringify(files),
            __VERSION__: JSON.stringify(version),
          },
          build: {
            target: "safari16.4",
            emptyOutDir: false,
            outDir: folder,
            lib: {
              entry: "src/sw/sw.ts",
              formats: ["iife"],
              name: "sw",
              fileName: () => "sw.js",
            },
          },
        });
      },
    },
  };
}
