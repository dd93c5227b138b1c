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
  const matches = [...catalog.rows()].filter((row) => matchesQuery(row, query) && hasMark(row, query, marksOf));
  const tops = folded ? topsOf(matches, catalog) : matches;
  tops.sort(comparator(query.sort ?? 'start', query.descending ?? true));
  const unfolded = new Set(query.unfolded);
  const lines = tops.flatMap((row) => withChildren({ row, depth: 0, above: NONE }, catalog, unfolded));
  const offset = query.offset ?? 0;
  const page = lines.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
  return {
    total: lines.length,
    rows: page.map((line) => sessionRow(line.row, line.depth, childrenOf(line, catalog).length, marksOf(line.row))),
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
  if (row.parentSessionId === null) return row;
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

/** A line of the table, before it is known whether it is on the page. */
interface Line {
  readonly row: CatalogRow;
  readonly depth: number;
  /** The sessions it is shown under. */
  readonly above: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function childrenOf({ row, above }: Line, catalog: Catalog): readonly CatalogRow[] {
  return catalog.children(row.sessionId).filter((child) => !above.has(child.sessionId));
}

function withChildren(line: Line, catalog: Catalog, unfolded: ReadonlySet<string>): Line[] {
  const { row, depth, above: higher } = line;
  if (!unfolded.has(row.sessionId)) return [line];
  const above = new Set(higher).add(row.sessionId);
  const children = childrenOf(line, catalog).map((child) => ({ row: child, depth: depth + 1, above }));
  return [line, ...children.flatMap((child) => withChildren(child, catalog, unfolded))];
}

function hasMark(row: CatalogRow, { mark }: SessionQuery, marksOf: MarksOf): boolean {
  if (mark === undefined) return true;
  const { vanished, sweepAt } = marksOf(row);
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
