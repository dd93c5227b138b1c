/** What a receipt counts of one source. Every session and every message is in exactly one of the numbers. */
import type { Catalog, CatalogChange } from '../catalog/catalog.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import type { Tally } from '../model/receipt.ts';
import type { SessionHead } from '../sources/source.ts';
import { copiesOf, copyIn } from './copies.ts';
import { saidKey } from './said.ts';
import type { SessionNote } from './session-note.ts';
import { knownKeys } from './unite.ts';

/** A session that was read, and what was known of it before. */
export interface ReadSession {
  readonly note: SessionNote;
  /** Missing: it is new. */
  readonly before: CatalogChange | undefined;
  readonly after: CatalogRow;
}

export interface TallyInput {
  readonly store: string;
  readonly heads: readonly SessionHead[];
  readonly read: readonly ReadSession[];
  /** As it is now, other sources of this import included. */
  readonly rowOf: (sessionId: string) => CatalogRow | undefined;
  readonly catalog: Catalog;
  readonly problems: readonly Problem[];
}

export interface Tallies {
  readonly sessions: Tally;
  readonly messages: Tally;
  /** Every session that was found, by id. */
  readonly ids: readonly string[];
}

export function talliesOf(input: TallyInput): Tallies {
  const { read, heads, store, rowOf, problems } = input;
  const done = new Set(read.map(({ note }) => note.head.id));
  const ids = [...new Set([...heads.map(({ id }) => id), ...inside(input, done)])];
  const fresh = read.filter(({ before }) => before === undefined).length;
  const updated = read.filter((session) => isUpdate(session, store)).length;
  const messages = { fresh: 0, updated: 0, unchanged: 0 };
  for (const id of ids) if (!done.has(id)) messages.unchanged += messagesIn(rowOf(id), store);
  for (const session of read) {
    const counts = countMessages(session, store);
    messages.fresh += counts.fresh;
    messages.updated += counts.updated;
    messages.unchanged += session.note.messageCount - counts.fresh - counts.updated;
  }
  return {
    sessions: tally(fresh, updated, ids.length - fresh - updated, countLost(problems, 'session')),
    messages: tally(messages.fresh, messages.updated, messages.unchanged, countLost(problems, 'message')),
    ids,
  };
}

/** Sessions that were told inside others, which the list does not name: those read now, and those of others that were not read. */
function inside({ store, heads, catalog }: TallyInput, readNow: ReadonlySet<string>): string[] {
  const unread = heads.filter(({ id }) => !readNow.has(id)).flatMap(({ id }) => catalog.children(id));
  const kept = unread.filter((row) => copyIn(row, store) !== undefined).map((row) => row.sessionId);
  const listed = new Set(heads.map(({ id }) => id));
  return [...readNow, ...kept].filter((id) => !listed.has(id));
}

function messagesIn(row: CatalogRow | undefined, store: string): number {
  return row === undefined ? 0 : (copyIn(row, store)?.messages ?? row.messageCount);
}

function countMessages({ note, before }: ReadSession, store: string): { fresh: number; updated: number } {
  if (before === undefined) return { fresh: note.messageCount, updated: 0 };
  const isKnownHere = copyIn(before.row, store) !== undefined;
  const isElsewhere = copiesOf(before.row).some((copy) => copy.store !== store);
  const keys = isElsewhere ? knownKeys(before) : null;
  const fresh =
    keys === null
      ? Math.max(0, note.messageCount - before.row.messageCount)
      : note.notes.filter(({ id }) => !keys.has(saidKey(id))).length;
  const updated = isKnownHere ? Math.max(0, note.changedAfter(before.row.readThrough) - fresh) : 0;
  return { fresh, updated: Math.min(updated, note.messageCount - fresh) };
}

function isUpdate({ before, after }: ReadSession, store: string): boolean {
  if (before === undefined) return false;
  const isKnownHere = copyIn(before.row, store) !== undefined;
  return comparable(before.row, isKnownHere) !== comparable(after, isKnownHere);
}

/** Two stores say the same of a session though each has times and versions of its own. */
function comparable(row: CatalogRow, isSameStore: boolean): string {
  const { store: _store, watch: _watch, offered: _offered, kind: _kind, copies: _copies, ...rest } = row;
  const { readThrough, sourceUpdated, sourceVersion, vanished: _vanished, reading: _reading, ...said } = rest;
  return JSON.stringify(isSameStore ? { ...said, readThrough, sourceUpdated, sourceVersion } : said);
}

function tally(fresh: number, updated: number, unchanged: number, skipped: number): Tally {
  return { found: fresh + updated + unchanged + skipped, new: fresh, updated, unchanged, skipped };
}

function countLost(problems: readonly Problem[], what: Problem['lost']): number {
  return problems.reduce((count, problem) => (problem.lost === what ? count + (problem.count ?? 1) : count), 0);
}
