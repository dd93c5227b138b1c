import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import { personaId } from '../state/records.ts';

/** A session on the axis of a persona. */
export interface Member {
  readonly row: CatalogRow;
  /** Of them all, by start: the place of the session that called it, however far up; its own when nobody did. */
  readonly root: number;
}

/** The sessions a persona spoke in and the sub-agents they called, by start. */
export function membersOf(catalog: Catalog, persona: string): Member[] {
  const rows = new Map<string, CatalogRow>();
  for (const row of catalog.rows()) {
    if (row.agents.some(({ agent }) => personaId(row.source, agent) === persona)) rows.set(row.sessionId, row);
  }
  // grows while it is gone through: what sub-agents called comes with them
  for (const id of rows.keys()) for (const child of catalog.children(id)) rows.set(child.sessionId, child);
  const sorted = [...rows.values()].sort((a, b) => startOf(a) - startOf(b) || (a.sessionId < b.sessionId ? -1 : 1));
  const places = new Map(sorted.map((row, at) => [row.sessionId, at]));
  return sorted.map((row) => ({ row, root: places.get(rootOf(row, rows).sessionId) ?? 0 }));
}

/** When a session was, with its start before its end. @returns the start twice when the end is unknown */
export function spanOf({ startTime, endTime }: CatalogRow): { readonly start: number; readonly end: number } {
  const end = endTime ?? startTime;
  return { start: Math.min(startTime, end), end: Math.max(startTime, end) };
}

function startOf(row: CatalogRow): number {
  return spanOf(row).start;
}

function rootOf(row: CatalogRow, rows: ReadonlyMap<string, CatalogRow>): CatalogRow {
  const seen = new Set<CatalogRow>();
  let root = row;
  // in a ring of parents, all have the same root
  while (!seen.has(root)) {
    seen.add(root);
    const parent = rows.get(root.parentSessionId ?? '');
    if (parent === undefined) return root;
    root = parent;
  }
  const ring = [root];
  for (let at = next(root, rows); at !== root; at = next(at, rows)) ring.push(at);
  return ring.reduce((first, each) => (each.sessionId < first.sessionId ? each : first));
}

function next(row: CatalogRow, rows: ReadonlyMap<string, CatalogRow>): CatalogRow {
  return rows.get(row.parentSessionId ?? '') ?? row;
}
