/**
 * Builds what stands beside the app: the rescue page's scripts, which share no file with it;
 * the service worker; and precache.json, the files to keep offline, each with a content hash.
 * The worker knows the list's own hash: its version.
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

/** Some words of one feature, by language: for scripts that know no other messages. */
function someWords(feature: string, wanted: RegExp): Record<string, unknown> {
  const folder = "../schemas/messages";
  const languages = readdirSync(folder).filter((name) => !name.includes("."));
  return Object.fromEntries(
    languages.map((language) => {
      const file = join(folder, language, `${feature}.json`);
      const all = JSON.parse(readFileSync(file, "utf8")) as object;
      return [
        language,
        Object.fromEntries(Object.entries(all).filter(([key]) => wanted.test(key))),
      ];
    }),
  );
}

/** The same words, their keys without what all begin with: the worker is counted by the byte. */
function withoutFeature(feature: string, found: ReturnType<typeof someWords>): typeof found {
  return JSON.parse(JSON.stringify(found).replaceAll(`"${feature}.`, '"')) as typeof found;
}

const asCode = (words: Record<string, unknown>) => JSON.stringify(words);

/** A plain script of its own, sharing no file with the app. */
function aloneBuild(
  folder: string,
  entry: string,
  name: string,
  define: Record<string, string>,
): InlineConfig {
  const lib = { entry, formats: ["iife" as const], name, fileName: () => `${name}.js` };
  return {
    ...{ configFile: false, publicDir: false, logLevel: "warn", define },
    build: {
      target: "safari16.4",
      emptyOutDir: false,
      outDir: folder,
      lib: { ...lib, cssFileName: name },
    },
  };
}

/** The rescue page, and the script that offers it when the app does not draw. */
export function rescueBuilds(folder: string, appVersion: string): InlineConfig[] {
  const version = { __APP_VERSION__: JSON.stringify(appVersion) };
  const offer = { __OFFER__: asCode(someWords("rescue", /^rescue\.offer/)) };
  return [
    aloneBuild(folder, "src/rescue/rescue.ts", "rescue", version),
    aloneBuild(folder, "src/rescue/opening.ts", "opening", offer),
  ];
}

/** How the worker is built: one plain script, knowing its version and the notices' words. */
export function workerBuild(folder: string, version: string, appVersion: string): InlineConfig {
  return aloneBuild(folder, "src/sw/sw.ts", "sw", {
    __VERSION__: JSON.stringify(version),
    __APP_VERSION__: JSON.stringify(appVersion),
    __NOTICES__: asCode(withoutFeature("notices", someWords("notices", /\.\w+\.(title|body)$/))),
  });
}

export function precache(appVersion: string): Plugin {
  let folder = "dist";
  return {
    name: "precache",
    apply: "build",
    enforce: "post",
    configResolved: (config) => void (folder = config.build.outDir),
    // Not deferred: that would wait for the app's own script, and for whatever holds it up.
    transformIndexHtml: () => [
      { tag: "script", attrs: { src: "/opening.js", async: true }, injectTo: "body" },
    ],
    closeBundle: {
      sequential: true,
      order: "post",
      async handler(failure?: Error) {
        if (failure || !existsSync(folder)) return; // The build's own error is the one to read.
        for (const alone of rescueBuilds(folder, appVersion)) await build(alone);
        const files = filesToKeep(folder);
        const list = JSON.stringify(files);
        const version = sha256(list).slice(0, 16);
        writeFileSync(join(folder, "precache.json"), list);
        await build(workerBuild(folder, version, appVersion));
      },
    },
  };
}
