import type { SqlJsStatic } from 'sql.js';
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
