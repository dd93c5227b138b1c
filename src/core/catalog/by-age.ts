import type { CatalogRow } from '../model/agent-session.ts';

/** Sessions that were silent longest first. */
export function byAge(a: CatalogRow, b: CatalogRow): number {
  return a.sourceUpdated - b.sourceUpdated || (a.sessionId < b.sessionId ? -1 : 1);
}
