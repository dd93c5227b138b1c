/** Steps 1 and 2 of an import for one source: list its sessions, find which changed, read those. */
import type { CatalogRow, Watch } from '../model/agent-session.ts';
import type { Catalog, CatalogChange } from '../catalog/catalog.ts';
import type { Limits } from '../model/constants.ts';
import { DAY_MS } from '../model/constants.ts';
import type { Message } from '../model/message.ts';
import { NO_FLAGS } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { Tally } from '../model/receipt.ts';
import type { PassProgress, SessionHead, Source } from '../sources/source.ts';
import { Gatherer } from './gather.ts';
import type { MessageNote } from './message-note.ts';
import type { SessionNote } from './session-note.ts';

export interface ReadContext {
  readonly catalog: Catalog;
  /** Whether the messages go to personas, or the sessions to the catalog alone. */
  readonly purpose: 'personas' | 'catalog';
  /** The clock of the import, ms. */
  readonly now: number;
  readonly limits: Limits;
  /** Reads every session again: something that was kept got lost. */
  readonly rereadAll: boolean;
  readonly signal: AbortSignal;
  /** Messages of each session read by this import, whichever source it was read from. */
  readonly counted: Map<string, number>;
}

/** The session list of a source, and which of its sessions must be read. */
export interface Listed {
  readonly source: Source;
  readonly heads: readonly SessionHead[];
  readonly changed: ReadonlyMap<string, SessionHead>;
  readonly problems: readonly Problem[];
}

export interface SourceReading {
  /** The session list of the source, whatever was read of it. */
  readonly heads: readonly SessionHead[];
  readonly changes: readonly CatalogChange[];
  readonly messages: readonly Message[];
  readonly sessions: Tally;
  readonly messageTally: Tally;
  readonly problems: readonly Problem[];
}

/** @param isElsewhere whether another source of this import has a newer copy of the session */
export async function listSource(
  source: Source,
  context: ReadContext,
  isElsewhere: (head: SessionHead) => boolean,
): Promise<Listed> {
  const { heads, problems } = await source.sessions(context.signal);
  const changed = new Map<string, SessionHead>();
  for (const head of heads) {
    if (isElsewhere(head)) continue;
    if (await mustRead(source, head, context)) changed.set(head.id, head);
  }
  return { source, heads, changed, problems };
}

/** Reads the changed sessions whole, in one pass where that is cheapest. */
export async function readSource(
  listed: Listed,
  context: ReadContext,
  onProgress: (progress: PassProgress, messages: number) => void,
): Promise<SourceReading> {
  const { source, heads, changed } = listed;
  const gatherer = new Gatherer(changed, context.now, context.limits, source.path, (progress) => {
    onProgress(progress, gatherer.messageCount);
  });
  if (changed.size > 0) {
    const wanted = changed.size === heads.length ? 'all' : new Set(changed.keys());
    do await source.read(wanted, gatherer, context.signal);
    while (gatherer.settle());
  }
  const problems = [...source.problems, ...listed.problems, ...gatherer.problems()];
  const notes = gatherer.sessions();
  for (const note of notes) context.counted.set(note.head.id, note.notes.length);
  const changes: CatalogChange[] = [];
  for (const note of notes)
    changes.push(
      note.toChange(
        source.tool,
        source.store,
        await watchOf(note, source, context.now),
        context.purpose === 'personas',
      ),
    );
  return {
    heads,
    changes,
    messages: gatherer.messages().map((note) => toMessage(note, source)),
    sessions: tallySessions(listed, changes, context, countLost(problems, 'session')),
    messageTally: tallyMessages(listed, notes, context, countLost(problems, 'message')),
    problems,
  };
}

/** New, changed by its own word, or written to without its time moving. */
async function mustRead(source: Source, head: SessionHead, context: ReadContext): Promise<boolean> {
  const row = knownRow(head.id, context);
  if (row === undefined || context.rereadAll) return true;
  if (row.store !== source.store) return head.timeUpdated > row.sourceUpdated;
  if (head.version === undefined ? isOther(head, row) : head.version !== row.sourceVersion) return true;
  return row.watch !== null && (await source.mark(head.id, row.watch.messageIds)) !== row.watch.mark;
}

/** The catalog row, when all of it was used for what this reading is for. */
function knownRow(sessionId: string, { catalog, purpose }: ReadContext): CatalogRow | undefined {
  const row = catalog.get(sessionId);
  return row?.offered === true || purpose === 'catalog' ? row : undefined;
}

/** By what the session list says alone. */
function isOther(head: SessionHead, row: CatalogRow): boolean {
  return (
    head.timeUpdated !== row.sourceUpdated ||
    head.title !== row.summary ||
    head.parentId !== row.parentSessionId ||
    head.directory !== row.projectPath ||
    head.archived !== row.archived
  );
}

/** Sessions with unfinished messages, and those of the last day, may grow while their own time stands still. */
async function watchOf(note: SessionNote, source: Source, now: number): Promise<Watch | null> {
  const messageIds = note.unfinishedIds();
  const warm = now - note.head.timeUpdated < DAY_MS;
  if (messageIds.length === 0 && !warm) return null;
  return { messageIds, mark: await source.mark(note.head.id, messageIds) };
}

function toMessage(note: MessageNote, source: Source): Message {
  const text = note.text();
  const fullLength = note.fullLength();
  return {
    id: note.id,
    source: source.tool,
    sessionId: note.session.id,
    agent: note.agent,
    role: note.role,
    time: note.time,
    text,
    ...(fullLength > text.length ? { clippedFrom: fullLength } : {}),
    flags: NO_FLAGS,
    injected: false,
  };
}

/** Sessions that were told inside others, which the list does not name: those read now, and those of others that were not read. */
function inside({ source, heads, changed }: Listed, readNow: Iterable<string>, { catalog }: ReadContext): string[] {
  const listed = new Set(heads.map(({ id }) => id));
  const unread = heads.filter(({ id }) => !changed.has(id)).flatMap(({ id }) => catalog.children(id));
  const kept = unread.filter((row) => row.store === source.store).map((row) => row.sessionId);
  return [...new Set([...readNow, ...kept])].filter((id) => !listed.has(id));
}

function tallySessions(
  listed: Listed,
  changes: readonly CatalogChange[],
  context: ReadContext,
  skipped: number,
): Tally {
  const found =
    listed.heads.length +
    inside(
      listed,
      changes.map(({ row }) => row.sessionId),
      context,
    ).length;
  const fresh = changes.filter(({ row }) => knownRow(row.sessionId, context) === undefined).length;
  const updated = changes.filter(({ row }) => isUpdate(knownRow(row.sessionId, context), row)).length;
  return tally(fresh, updated, found - fresh - updated, skipped);
}

function isUpdate(before: CatalogRow | undefined, after: CatalogRow): boolean {
  return before !== undefined && comparable(before) !== comparable(after);
}

function comparable(row: CatalogRow): string {
  return JSON.stringify({ ...row, store: '', watch: null, offered: true });
}

function tallyMessages(listed: Listed, notes: readonly SessionNote[], context: ReadContext, skipped: number): Tally {
  let fresh = 0;
  let updated = 0;
  let unchanged = 0;
  const read = new Set(notes.map((note) => note.head.id));
  for (const id of [...listed.heads.map((head) => head.id), ...inside(listed, read, context)]) {
    if (!listed.changed.has(id) && !read.has(id))
      unchanged += context.counted.get(id) ?? context.catalog.get(id)?.messageCount ?? 0;
  }
  for (const note of notes) {
    const before = knownRow(note.head.id, context);
    const added = Math.max(0, note.notes.length - (before?.messageCount ?? 0));
    const changed = before === undefined ? 0 : Math.max(0, note.changedAfter(before.readThrough) - added);
    fresh += added;
    updated += changed;
    unchanged += note.notes.length - added - changed;
  }
  return tally(fresh, updated, unchanged, skipped);
}

function tally(fresh: number, updated: number, unchanged: number, skipped: number): Tally {
  return { found: fresh + updated + unchanged + skipped, new: fresh, updated, unchanged, skipped };
}

function countLost(problems: readonly Problem[], what: Problem['lost']): number {
  return problems.reduce((count, problem) => (problem.lost === what ? count + (problem.count ?? 1) : count), 0);
}
