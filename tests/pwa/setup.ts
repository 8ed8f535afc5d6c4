/** What every test finds: an IndexedDB of its own, and no network but what it brings along. */
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import Dexie from "dexie";
import { beforeEach } from "vitest";
import { loadAllWords } from "../../pwa/src/i18n";

await loadAllWords();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB = globalThis.indexedDB;
  globalThis.fetch = () => Promise.reject(new TypeError("no network in this test"));
});
