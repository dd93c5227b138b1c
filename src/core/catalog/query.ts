import type { CatalogRow, SessionMarks } from '../model/agent-session.ts';
import { groupBy } from '../model/group-by.ts';
import type { ProjectSummary, SessionPage, SessionQuery, SessionRow, SessionSort } from '../model/views.ts';
import type { Catalog } from './catalog.ts';

/** What is to be said of a row now. */
export type MarksOf = (row: CatalogRow) => SessionMarks;

export const NO_MARKS: SessionMarks = { vanished: null, sweepAt: null };

/** The rows of the sessions table: filtered, sorted, sub-agents folded under their parents or shown, one page of it. */
export function querySessions(
  catalog: Catalog,
  query: SessionQuery = {},
  marksOf: MarksOf = () => NO_MARKS,
): SessionPage {
  const folded = query.folded ?? true;
  const matches = [...catalog.rows()].filter((row) => matchesQuery(row, query) && hasMark(marksOf(row), query));
  const tops = folded ? topsOf(matches, catalog) : matches;
  tops.sort(comparator(query.sort ?? 'start', query.descending ?? true));
  const unfolded = new Set(query.unfolded);
  const rows = tops.flatMap((row) => withChildren(row, 0, { catalog, unfolded, marksOf }, new Set()));
  const offset = query.offset ?? 0;
  return {
    total: rows.length,
    rows: rows.slice(offset, query.limit === undefined ? undefined : offset + query.limit),
    matching: matches.length,
    matchingSubagents: matches.filter((row) => row.parentSessionId !== null).length,
  };
}

/** The folders sessions were started in, by name. */
export function projectsOf(catalog: Catalog): ProjectSummary[] {
  const byPath = groupBy(catalog.rows(), (row) => row.projectPath);
  return [...byPath]
    .map(([path, rows]) => ({ path, name: rows[0]?.projectName ?? '', sessions: rows.length }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.path < b.path ? -1 : 1));
}

/** One row as tables show it. */
export function sessionRow(
  row: CatalogRow,
  depth: number,
  children: number,
  { vanished, sweepAt }: SessionMarks = NO_MARKS,
): SessionRow {
  const { userPrompts: _prompts, store: _store, sourceUpdated: _updated, sourceVersion: _version, ...more } = row;
  const {
    readThrough: _through,
    agents: _agents,
    watch: _watch,
    offered: _offered,
    kind: _kind,
    copies: _copies,
    ...session
  } = more;
  return { ...session, depth, children, vanished, sweepAt };
}

/** The top-level sessions of these rows; a match among sub-agents shows its parent, one whose parent is gone itself. */
function topsOf(matches: readonly CatalogRow[], catalog: Catalog): CatalogRow[] {
  const tops = new Map<string, CatalogRow>();
  for (const match of matches) {
    const top = topOf(match, catalog);
    tops.set(top.sessionId, top);
  }
  return [...tops.values()];
}

function topOf(row: CatalogRow, catalog: Catalog): CatalogRow {
  const seen = new Set<string>();
  let top = row;
  while (top.parentSessionId !== null && !seen.has(top.sessionId)) {
    seen.add(top.sessionId);
    const parent = catalog.get(top.parentSessionId);
    if (parent === undefined) break;
    top = parent;
  }
  return top;
}

interface Table {
  readonly catalog: Catalog;
  readonly unfolded: ReadonlySet<string>;
  readonly marksOf: MarksOf;
}

function withChildren(row: CatalogRow, depth: number, table: Table, above: ReadonlySet<string>): SessionRow[] {
  const { catalog, unfolded, marksOf } = table;
  const children = catalog.children(row.sessionId).filter((child) => !above.has(child.sessionId));
  const line = sessionRow(row, depth, children.length, marksOf(row));
  if (!unfolded.has(row.sessionId)) return [line];
  const path = new Set(above).add(row.sessionId);
  return [line, ...children.flatMap((child) => withChildren(child, depth + 1, table, path))];
}

function hasMark({ vanished, sweepAt }: SessionMarks, { mark }: SessionQuery): boolean {
  if (mark === undefined) return true;
  return (mark === 'vanished' ? vanished : sweepAt) !== null;
}

function matchesQuery(row: CatalogRow, query: SessionQuery): boolean {
  if (query.source !== undefined && row.source !== query.source) return false;
  if (query.type !== undefined && row.sessionType !== query.type) return false;
  if (query.project !== undefined && row.projectPath !== query.project && row.projectName !== query.project)
    return false;
  if (query.since !== undefined && (row.endTime ?? row.startTime) < query.since) return false;
  if (query.until !== undefined && row.startTime > query.until) return false;
  return query.text === undefined || hasWords(row, query.text);
}

function hasWords(row: CatalogRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [row.summary, row.projectPath, row.sessionId, ...row.userPrompts].join('\n').toLowerCase();
  return words.every((word) => haystack.includes(word));
}

function comparator(sort: SessionSort, descending: boolean): (a: CatalogRow, b: CatalogRow) => number {
  const direction = descending ? -1 : 1;
  return (a, b) => direction * compareBy(sort, a, b) || (a.sessionId < b.sessionId ? -1 : 1);
}

function compareBy(sort: SessionSort, a: CatalogRow, b: CatalogRow): number {
  switch (sort) {
    case 'start':
      return a.startTime - b.startTime;
    case 'end':
      return (a.endTime ?? a.startTime) - (b.endTime ?? b.startTime);
    case 'project':
      return a.projectName.localeCompare(b.projectName, 'en') || a.startTime - b.startTime;
    case 'title':
      return a.summary.localeCompare(b.summary, 'en');
    case 'messages':
      return a.messageCount - b.messageCount;
    case 'tools':
      return a.toolCallCount - b.toolCallCount;
  }
}
