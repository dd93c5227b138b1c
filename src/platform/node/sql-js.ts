import initSqlJs, { type SqlJsStatic } from 'sql.js';

let loaded: Promise<SqlJsStatic> | null = null;

/** sql.js with its WebAssembly from node_modules, loaded once a process. */
export function loadSqlJs(): Promise<SqlJsStatic> {
  loaded ??= initSqlJs();
  return loaded;
}
