import type { SqlJsStatic } from 'sql.js';

let loaded: Promise<SqlJsStatic> | null = null;

/** sql.js with its WebAssembly from node_modules, loaded once a process and only when it is needed. */
export function loadSqlJs(): Promise<SqlJsStatic> {
  loaded ??= import('sql.js').then(({ default: initSqlJs }) => initSqlJs());
  return loaded;
}
