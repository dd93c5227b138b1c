import type { SqlJsStatic } from 'sql.js';
import { warmUpOpencodeDb } from '../../core/sources/opencode-db/warm-up.ts';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';

let loaded: Promise<SqlJsStatic> | null = null;

/** sql.js and its WebAssembly, fetched when the first database is opened. */
export function loadSqlJs(): Promise<SqlJsStatic> {
  loaded ??= load();
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

async function load(): Promise<SqlJsStatic> {
  const { default: initSqlJs } = await import('sql.js');
  return initSqlJs({ locateFile: () => wasmUrl });
}

/** A moment after the first screen is there, long before a person has found their file. */
const WARM_UP_AFTER_MS = 300;

/** Loads sql.js ahead of the first database, and runs the engine until aborted. What goes wrong then is said when it is needed. */
export function warmUpEngine(signal: AbortSignal): void {
  setTimeout(() => {
    if (!signal.aborted) warmUpOpencodeDb({ loadSqlJs }, signal).catch(() => undefined);
  }, WARM_UP_AFTER_MS);
}
