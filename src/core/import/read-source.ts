/** Steps 1 and 2 of an import for one source: list its sessions, find which changed, read those. */
import type { CatalogRow, Watch } from '../model/agent-session.ts';
import type { Catalog, CatalogChange } from '../catalog/catalog.ts';
import { loadActivity, loadTimes } from '../catalog/catalog.ts';
import { monthOf } from '../catalog/catalog-groups.ts';
import type { Limits } from '../model/constants.ts';
import { DAY_MS } from '../model/constants.ts';
import type { Message } from '../model/message.ts';
import { NO_FLAGS } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { Tally } from '../model/receipt.ts';
import type { PassProgress, SessionHead, Source } from '../sources/source.ts';
import type { GroupStore } from '../state/group-store.ts';
import { READING } from '../model/activity.ts';
import { collectAfter } from './collect-after.ts';
import { copyIn } from './copies.ts';
import { Gatherer } from './gather.ts';
import type { MessageNote } from './message-note.ts';
import type { SessionNote } from './session-note.ts';
import type { ReadSession } from './tallies.ts';
import { talliesOf } from './tallies.ts';
import { canGoOn, goOn, unite } from './unite.ts';

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
  readonly store: GroupStore;
  /** Sessions read by this import so far, of whatever source, by id. */
  readonly united: Map<string, CatalogChange>;
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
  /** Each united with what other stores hold of the session, as far as they were read. */
  readonly changes: readonly CatalogChange[];
  readonly messages: readonly Message[];
  /** Every session that was found, by id. */
  readonly ids: readonly string[];
  readonly sessions: Tally;
  readonly messageTally: Tally;
  readonly problems: readonly Problem[];
}

/** Throws what reading the list throws. */
export async function listSource(source: Source, context: ReadContext): Promise<Listed> {
  const { heads, problems } = await source.sessions(context.signal);
  const said = new Set(heads.filter((head) => saysItChanged(source, head, context)));
  const watched = new Map(
    heads.flatMap((head): [string, Watch][] => {
      const watch = said.has(head) ? null : watchIn(source, head, context);
      return watch === null ? [] : [[head.id, watch]];
    }),
  );
  const marks = await marksOf(source, watched);
  const changed = heads.filter((head) => said.has(head) || marks.get(head.id) !== watched.get(head.id)?.mark);
  return { source, heads, changed: new Map(changed.map((head) => [head.id, head])), problems };
}

async function marksOf(
  source: Source,
  watched: ReadonlyMap<string, Pick<Watch, 'messageIds'>>,
): Promise<ReadonlyMap<string, string>> {
  const asked = new Map([...watched].map(([id, { messageIds }]) => [id, messageIds]));
  if (source.marks !== undefined) return source.marks(asked);
  const marks = new Map<string, string>();
  for (const [id, messageIds] of asked) marks.set(id, await source.mark(id, messageIds));
  return marks;
}

type OnProgress = (progress: PassProgress, messages: number) => void;

/** Reads the changed sessions whole, in one pass where that is cheapest, and closes the source. */
export async function readSource(listed: Listed, context: ReadContext, onProgress: OnProgress): Promise<SourceReading> {
  const { source, heads } = listed;
  const gathered = await gather(listed, context, onProgress);
  // what it holds in memory is wanted for what comes of it
  source.close();
  collectAfter(gathered.noted);
  const problems = [...source.problems, ...listed.problems, ...gathered.problems];
  const read = await uniteAll(gathered, source, context);
  const rowOf = (id: string): CatalogRow | undefined => context.united.get(id)?.row ?? context.catalog.get(id);
  const { store } = source;
  const tallies = talliesOf({ store, heads, read, rowOf, catalog: context.catalog, problems });
  // of the notes only what came of them is wanted
  collectAfter(gathered.noted);
  return {
    heads,
    changes: read.flatMap(({ after }) => context.united.get(after.sessionId) ?? []),
    messages: gathered.messages,
    ids: tallies.ids,
    sessions: tallies.sessions,
    messageTally: tallies.messages,
    problems,
  };
}

/** What one pass over a source told. */
interface Gathered {
  /** Messages, of personas or not. */
  readonly noted: number;
  readonly sessions: readonly SessionNote[];
  /** Of sessions that may go on where they ended. */
  readonly watches: ReadonlyMap<string, Watch>;
  readonly messages: readonly Message[];
  readonly problems: readonly Problem[];
}

async function gather(listed: Listed, context: ReadContext, onProgress: OnProgress): Promise<Gathered> {
  const { source, heads, changed } = listed;
  const gatherer = new Gatherer(changed, context.now, context.limits, source.path, (progress) => {
    onProgress(progress, gatherer.messageCount);
  });
  if (changed.size > 0) {
    const wanted = changed.size === heads.length ? 'all' : new Set(changed.keys());
    const kept = await keptVersions(listed, context);
    do await source.read(wanted, gatherer, context.signal, kept);
    while (gatherer.settle());
  }
  const sessions = gatherer.sessions();
  return {
    noted: gatherer.messageCount,
    sessions,
    watches: await watchesOf(sessions, source, context.now),
    messages: gatherer.messages().map((note) => toMessage(note, source)),
    problems: gatherer.problems(),
  };
}

/** Makes one session of what was just read and what other stores hold of it, whenever they were read. */
async function uniteAll(
  { sessions: notes, watches }: Gathered,
  source: Source,
  context: ReadContext,
): Promise<ReadSession[]> {
  const { catalog, united, purpose } = context;
  const rows = notes.flatMap(({ head }) => (united.has(head.id) ? [] : (catalog.get(head.id) ?? [])));
  const continued = new Set(notes.flatMap(({ head, isContinued }) => (isContinued ? [head.id] : [])));
  const needed = rows.filter(
    (row) => row.store !== source.store || row.copies !== undefined || continued.has(row.sessionId),
  );
  const stored = await besideOf(needed, context.store);
  const read: ReadSession[] = [];
  for (const note of notes) {
    const { id } = note.head;
    const watch = watches.get(id) ?? null;
    const change = note.toChange(source.tool, source.store, watch, purpose === 'personas');
    const told = { ...change, row: { ...change.row, kind: source.kind } };
    const before = united.get(id) ?? stored(catalog.get(id));
    const fresh = note.isContinued && before !== undefined ? goOn(before, told, note.said()) : told;
    note.earlier = fresh.row.messageCount - note.notes.length;
    const after = before === undefined ? fresh : unite(before, fresh);
    const isKnown = united.has(id) || knownRow(id, source.store, context) !== undefined;
    united.set(id, after);
    read.push({ note, before: isKnown ? before : undefined, after: after.row });
  }
  return read;
}

/**
 * Sessions of which all that this source told at an earlier import is kept, with their version then. A session that other stores
 * hold too, or that was read by this import already, is read whole.
 */
async function keptVersions({ source, changed }: Listed, context: ReadContext): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  if (source.memory === undefined || context.rereadAll) return kept;
  const rows = [...changed.keys()].flatMap((id) => {
    const row = context.united.has(id) ? undefined : knownRow(id, source.store, context);
    return row?.store === source.store ? [row] : [];
  });
  const stored = await besideOf(rows, context.store);
  for (const row of rows) {
    const change = stored(row);
    if (row.sourceVersion !== null && change !== undefined && canGoOn(change))
      kept.set(row.sessionId, row.sourceVersion);
  }
  return kept;
}

/** What is kept beside these rows. */
async function besideOf(
  rows: readonly CatalogRow[],
  store: GroupStore,
): Promise<(row: CatalogRow | undefined) => CatalogChange | undefined> {
  const times = await loadTimes(store, rows);
  const activities = await loadActivity(store, new Set(rows.map((row) => monthOf(row.startTime))));
  return (row) => {
    if (row === undefined) return undefined;
    const [moments, activity] = [times.get(row.sessionId), activities.get(row.sessionId)];
    return {
      row,
      ...(moments === undefined ? {} : { times: moments }),
      ...(activity === undefined ? {} : { activity }),
    };
  };
}

/** New here, or changed by its own word. */
function saysItChanged(source: Source, head: SessionHead, context: ReadContext): boolean {
  const row = knownRow(head.id, source.store, context);
  const copy = row === undefined ? undefined : copyIn(row, source.store);
  if (row === undefined || copy === undefined || context.rereadAll) return true;
  if (copy.reading !== READING) return true;
  if (head.version === undefined ? head.timeUpdated !== copy.updated : head.version !== copy.version) return true;
  return head.version === undefined && row.store === source.store && isOther(head, row);
}

/** By which it is known whether the session was written to without its time moving. */
function watchIn(source: Source, head: SessionHead, context: ReadContext): Watch | null {
  const row = knownRow(head.id, source.store, context);
  return row?.store === source.store ? row.watch : null;
}

/** The catalog row, when all that this store has of it was used for what this reading is for. */
function knownRow(sessionId: string, store: string, { catalog, purpose }: ReadContext): CatalogRow | undefined {
  const row = catalog.get(sessionId);
  if (row === undefined || purpose === 'catalog') return row;
  return (copyIn(row, store)?.offered ?? row.offered) ? row : undefined;
}

/** By what the session list says alone. */
function isOther(head: SessionHead, row: CatalogRow): boolean {
  return (
    head.title !== row.summary ||
    head.parentId !== row.parentSessionId ||
    head.directory !== row.projectPath ||
    head.archived !== row.archived
  );
}

/** Sessions with unfinished messages, and those of the last day, may grow while their own time stands still. */
async function watchesOf(notes: readonly SessionNote[], source: Source, now: number): Promise<Map<string, Watch>> {
  const watched = new Map(
    notes
      .map((note) => ({ note, messageIds: note.unfinishedIds() }))
      .filter(({ note, messageIds }) => messageIds.length > 0 || now - note.head.timeUpdated < DAY_MS)
      .map(({ note, messageIds }) => [note.head.id, { messageIds }]),
  );
  const marks = await marksOf(source, watched);
  return new Map([...watched].map(([id, watch]) => [id, { ...watch, mark: marks.get(id) ?? '' }]));
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
