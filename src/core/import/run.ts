/**
 * One import, from files to receipt. Everything is read and decided first; then one commit writes state, catalog and source
 * records together. Cancelling or failing before that commit changes nothing.
 */
import type { Catalog, CatalogChange } from '../catalog/catalog.ts';
import { loadTimes } from '../catalog/catalog.ts';
import { eventsOf } from '../context/events.ts';
import { READING } from '../model/activity.ts';
import type { CatalogRow, Tool } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import type { Job } from '../model/job.ts';
import type { Message } from '../model/message.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import type { Receipt } from '../model/receipt.ts';
import type { ImportProgress } from '../model/views.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { FoundSource, SessionHead, Source } from '../sources/source.ts';
import type { GroupStore, GroupWrite } from '../state/group-store.ts';
import type { HybridClock } from '../state/hybrid-clock.ts';
import type { PersonaState } from '../state/records.ts';
import type { PreparedState, StateKeeper } from '../state/state-keeper.ts';
import { encodeQueue, QUEUE_KEY, withJobs } from '../extraction/queue.ts';
import { extractionPointOf, planJobs } from './archive.ts';
import { copiesOf } from './copies.ts';
import type { RowOf } from './explain.ts';
import { explain } from './explain.ts';
import type { Plan, PlanInput } from './plan.ts';
import { planImport } from './plan.ts';
import type { Listed, ReadContext, SourceReading } from './read-source.ts';
import { listSource, readSource } from './read-source.ts';
import type { ReadSource, SourceResult } from './receipt.ts';
import { receiptOf } from './receipt.ts';
import { Reporter } from './reporter.ts';
import { RefusedImport } from './refused-import.ts';
import type { SourceRecord } from './source-records.ts';
import { loadMemory, memoryWrites } from './source-memory.ts';
import { encodeSourceRecords, SOURCES_KEY } from './source-records.ts';
import { takenFrom } from './unite.ts';
import type { VanishedPlan } from './vanished.ts';
import { placeOf, planVanished } from './vanished.ts';

/** Set when something kept was lost: the next import reads every session again. */
export const REREAD_KEY = 'reread';

/** What an import reads and changes. */
export interface ImportTarget {
  readonly store: GroupStore;
  readonly keeper: StateKeeper;
  readonly catalog: Catalog;
  readonly clock: HybridClock;
  readonly sources: Map<string, SourceRecord>;
  readonly ports: OpencodePorts;
  readonly rereadAll: boolean;
  /** The queue; the import puts the next one here when it has committed. */
  jobs: ReadonlyMap<string, Job>;
}

export interface ImportRun {
  /** When the import began, ms. */
  readonly now: number;
  readonly purpose: ReadContext['purpose'];
  /** Paths of entries that are known by these paths again: what is missing from them has vanished. */
  readonly places: readonly string[];
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** For elapsed time only, ms. */
  readonly stopwatch: () => number;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onHeads: (heads: readonly SessionHead[], source: Source) => void;
}

/** Throws ProblemError when nothing could be read or written, and the signal's reason when cancelled. */
export async function runImport(
  entries: readonly SourceEntry[],
  target: ImportTarget,
  run: ImportRun,
): Promise<Receipt> {
  const began = run.stopwatch();
  const elapsed = (): number => run.stopwatch() - began;
  const reporter = new Reporter(run.onProgress, elapsed);
  reporter.report('opening', '', 0, entries.length, 'records');
  const { results, refused } = await readEntries(entries, target, run, reporter);
  reporter.report('planning', '', 0, 1, 'records');
  const gone = vanishedFrom(results, refused, target, run);
  const changes = [...changesOf(results), ...gone.rows.map((row) => ({ row }))];
  const rows = target.catalog.agedAfter(changes);
  const { plan, prepared } = planWithinLimit(results, rows, target, run);
  const jobs = withJobs(target.jobs, queuedBy(plan.state, rows, results, target, run));
  run.signal.throwIfAborted();
  reporter.report('saving', '', 0, prepared.writes.size, 'records');
  await commit({ prepared, jobs, changes, results, gone }, target, run);
  return receiptOf({
    results,
    refused,
    decisions: plan.decisions,
    state: target.keeper.state,
    catalog: target.catalog,
    bytes: prepared.bytes,
    limitBytes: run.limits.stateLimitBytes,
    now: run.now,
    durationMs: elapsed(),
  });
}

/** What a scan for the catalog found. */
export interface IngestReport {
  /** Sessions found, by the tool that wrote them. */
  readonly found: Readonly<Record<Tool, number>>;
  /** Sessions of these sources that the catalog holds now. */
  readonly indexed: number;
  /** Events derived from them. */
  readonly events: number;
  readonly problems: readonly Problem[];
}

/** Brings the catalog up to date and nothing else: personas are left to the next import. Throws as {@link runImport} does. */
export async function runIngest(
  entries: readonly SourceEntry[],
  target: ImportTarget,
  run: ImportRun,
): Promise<IngestReport> {
  const began = run.stopwatch();
  const reporter = new Reporter(run.onProgress, () => run.stopwatch() - began);
  const { results, refused } = await readEntries(entries, target, run, reporter);
  const gone = vanishedFrom(results, refused, target, run);
  const changes = [...changesOf(results), ...gone.rows.map((row) => ({ row }))];
  const writes = await target.catalog.prepare(changes, target.store);
  const seen = seenFirst(results, changes, target, run);
  if (seen.length > 0) writes.set(SOURCES_KEY, encodeSourceRecords([...target.sources.values(), ...seen]));
  const known = [...target.sources.keys(), ...seen.map(({ store }) => store)];
  for (const [key, memory] of await memoryWrites(readOf(results), known, target.store)) writes.set(key, memory);
  run.signal.throwIfAborted();
  reporter.report('saving', '', 0, writes.size, 'records');
  await target.store.commit(writes);
  target.catalog.accept(changes);
  for (const record of seen) target.sources.set(record.store, record);
  return reportOf(results, refused, target);
}

/** Reads all there is to read, and closes it: the plan needs the memory. */
async function readEntries(
  entries: readonly SourceEntry[],
  target: ImportTarget,
  run: ImportRun,
  reporter: Reporter,
): Promise<{ results: SourceResult[]; refused: Problem[] }> {
  const { opened, refused } = await openAll(entries, target, run.signal);
  try {
    if (opened.length === 0) throw new RefusedImport(refused);
    return { results: await readAll(await listAll(opened, target, run, reporter), target, run, reporter), refused };
  } finally {
    for (const one of opened) if (one.kind === 'open') one.source.close();
  }
}

/** A scan remembers where sessions are. Without a fingerprint: the next import reads them whatever was written since. */
function seenFirst(
  results: readonly SourceResult[],
  changes: readonly CatalogChange[],
  target: ImportTarget,
  run: ImportRun,
): SourceRecord[] {
  const rowOf = rowsAfter(changes, target);
  const records = results.map((result) => recordOf(result, rowOf, run));
  return records.filter(({ store }) => !target.sources.has(store)).map((record) => ({ ...record, fingerprint: '' }));
}

async function reportOf(
  results: readonly SourceResult[],
  refused: readonly Problem[],
  { catalog, store }: ImportTarget,
): Promise<IngestReport> {
  const stores = new Set(results.map((result) => (result.kind === 'read' ? result.source.store : result.record.store)));
  const rows = [...catalog.rows()].filter((row) => copiesOf(row).some((copy) => stores.has(copy.store)));
  const times = await loadTimes(store, rows);
  const found = { opencode: 0, claude: 0 };
  for (const row of rows) found[row.source] += 1;
  const events = rows.reduce((count, row) => count + eventsOf(row, times.get(row.sessionId)).length, 0);
  const problems = results.flatMap((result) => (result.kind === 'read' ? result.reading.problems : []));
  return { found, indexed: rows.length, events, problems: [...refused, ...problems] };
}

/** What is to be done with a source: nothing, when it is as it was at the last import. */
type Opened = Extract<SourceResult, { kind: 'unchanged' }> | { readonly kind: 'open'; readonly source: Source };

async function openAll(
  entries: readonly SourceEntry[],
  target: ImportTarget,
  signal: AbortSignal,
): Promise<{ opened: Opened[]; refused: Problem[] }> {
  const { sources, problems } = await discover(entries, target.ports, signal);
  const refused = [...problems];
  const opened: Opened[] = [];
  for (const found of sources) {
    signal.throwIfAborted();
    try {
      opened.push(await openChanged(found, target));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refused.push(error.problem);
    }
  }
  return { opened, refused };
}

async function openChanged(found: FoundSource, target: ImportTarget): Promise<Opened> {
  const record = recordFor(found.store, target);
  const peek = record === undefined ? undefined : await found.peek?.();
  if (record !== undefined && peek?.fingerprint === record.fingerprint) return { kind: 'unchanged', record, peek };
  const source = await found.open((store) => loadMemory(store, target.store));
  const known = recordFor(source.store, target);
  if (known === undefined || known.fingerprint !== source.fingerprint) return { kind: 'open', source };
  const { fingerprint, sizeBytes, bytesRead } = source;
  source.close();
  return { kind: 'unchanged', record: known, peek: { fingerprint, sizeBytes, bytesRead } };
}

/** What is known of a source, when it was all read the way it is now. */
function recordFor(store: string, { rereadAll, sources }: ImportTarget): SourceRecord | undefined {
  const record = rereadAll ? undefined : sources.get(store);
  return record?.reading === READING ? record : undefined;
}

async function listAll(
  opened: readonly Opened[],
  target: ImportTarget,
  run: ImportRun,
  reporter: Reporter,
): Promise<(Listed | SourceResult)[]> {
  const context = contextOf(target, run);
  const listed: (Listed | SourceResult)[] = [];
  for (const one of opened) {
    if (one.kind === 'unchanged') {
      listed.push(one);
      continue;
    }
    const { source } = one;
    reporter.report('sessions', source.path, 0, 0, 'sessions');
    const list = await listSource(source, context);
    run.onHeads(list.heads, source);
    reporter.foundSessions(list.heads.length);
    listed.push(list);
  }
  return listed;
}

async function readAll(
  listed: readonly (Listed | SourceResult)[],
  target: ImportTarget,
  run: ImportRun,
  reporter: Reporter,
): Promise<SourceResult[]> {
  const context = contextOf(target, run);
  const results: SourceResult[] = [];
  for (const list of listed) {
    if ('kind' in list) {
      results.push(list);
      continue;
    }
    const { source } = list;
    const reading = await readSource(list, context, ({ done, total }, messages) => {
      reporter.report('messages', source.path, done, total, 'bytes', messages);
    });
    reporter.foundMessages(reading.messageTally.found);
    const { kind, path, store, fingerprint, sizeBytes, bytesRead } = source;
    const read = { kind, path, store, fingerprint, sizeBytes, bytesRead, memory: source.memory?.() };
    results.push({ kind: 'read', source: read, reading });
  }
  return results;
}

/** What is to be extracted now, by the state as it will be. */
function queuedBy(
  state: PersonaState,
  rows: readonly CatalogRow[],
  results: readonly SourceResult[],
  target: ImportTarget,
  { now, limits }: ImportRun,
): Job[] {
  const connected = new Set(
    results.map((result) => (result.kind === 'read' ? result.source.store : result.record.store)),
  );
  const isConnected = (store: string): boolean => connected.has(store);
  return planJobs({ state, rows, jobs: target.jobs, isConnected, now, limits });
}

/** Plans, encodes, and plans again with less room in the rare case that the estimate of bytes was too low. */
function planWithinLimit(
  results: readonly SourceResult[],
  rows: readonly CatalogRow[],
  target: ImportTarget,
  run: ImportRun,
): { plan: Plan; prepared: PreparedState } {
  const readings = readingsOf(results);
  const read = new Map(offeredBy(results).map((message) => [message.id, message]));
  const input = planInput([...read.values()], readings, target, run);
  let room = run.limits.stateLimitBytes;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const planned = planImport({ ...input, limits: { ...run.limits, stateLimitBytes: room } });
    const extractionPoint = extractionPointOf(rows, planned.state, run.now, run.limits);
    const plan = { ...planned, state: { ...planned.state, meta: { ...planned.state.meta, extractionPoint } } };
    const prepared = target.keeper.prepare(plan.state);
    if (prepared.bytes <= run.limits.stateLimitBytes) return { plan, prepared };
    room -= prepared.bytes - run.limits.stateLimitBytes + 1_024;
  }
  const message = `Persona state does not fit ${run.limits.stateLimitBytes} bytes even with every message left out. Nothing was changed.`;
  throw new ProblemError(problem('internal', 'error', 'persona state', message));
}

/** What personas may keep: of a session that several stores hold, each message from the one it is taken from. */
function offeredBy(results: readonly SourceResult[]): Message[] {
  const changes = new Map(changesOf(results).map((change) => [change.row.sessionId, change]));
  return results.flatMap((result) => {
    if (result.kind === 'unchanged') return [];
    const taken = new Map<string, (messageId: string) => boolean>();
    return result.reading.messages.filter(({ id, sessionId }) => {
      const change = changes.get(sessionId);
      if (change?.row.copies === undefined) return true;
      const isTaken = taken.get(sessionId) ?? takenFrom(change, result.source.store);
      taken.set(sessionId, isTaken);
      return isTaken(id);
    });
  });
}

function planInput(
  read: Message[],
  readings: readonly SourceReading[],
  target: ImportTarget,
  run: ImportRun,
): PlanInput {
  const changes = readings.flatMap((reading) => reading.changes);
  const rows = new Map(changes.map(({ row }) => [row.sessionId, row]));
  const tops = changes.filter(({ row }) => row.parentSessionId === null);
  return {
    state: target.keeper.state,
    stateBytes: target.keeper.bytes,
    memoryBytes: target.keeper.memoryBytes,
    read,
    titles: new Map(tops.map(({ row }) => [row.sessionId, row.summary])),
    sessionTime: (id) => (rows.get(id) ?? target.catalog.get(id))?.sourceUpdated ?? 0,
    now: run.now,
    limits: run.limits,
    stamp: target.clock.tick(run.now),
  };
}

/** What one import writes. */
interface Outcome {
  readonly prepared: PreparedState;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly changes: readonly CatalogChange[];
  readonly results: readonly SourceResult[];
  readonly gone: VanishedPlan;
}

async function commit(
  { prepared, jobs, changes, results, gone }: Outcome,
  target: ImportTarget,
  run: ImportRun,
): Promise<void> {
  const records = new Map(target.sources);
  const rowOf = rowsAfter(changes, target);
  const found = results.map((result) => recordOf(result, rowOf, run));
  for (const record of [...found, ...gone.records]) records.set(record.store, record);
  const writes = new Map<string, GroupWrite>([
    ...prepared.writes,
    ...(await target.catalog.prepare(changes, target.store)),
  ]);
  writes.set(SOURCES_KEY, encodeSourceRecords(records.values()));
  for (const [key, memory] of await memoryWrites(readOf(results), records.keys(), target.store))
    writes.set(key, memory);
  if (target.rereadAll) writes.set(REREAD_KEY, null);
  if (jobs !== target.jobs) writes.set(QUEUE_KEY, encodeQueue(jobs));
  run.signal.throwIfAborted();
  await target.store.commit(writes);
  prepared.accept();
  target.jobs = jobs;
  target.catalog.accept(changes);
  for (const [store, record] of records) target.sources.set(store, record);
}

function rowsAfter(changes: readonly CatalogChange[], { catalog }: ImportTarget): RowOf {
  const rows = new Map(changes.map(({ row }) => [row.sessionId, row]));
  return (id) => rows.get(id) ?? catalog.get(id);
}

function vanishedFrom(
  results: readonly SourceResult[],
  refused: readonly Problem[],
  { catalog, sources }: ImportTarget,
  { places, now }: ImportRun,
): VanishedPlan {
  return planVanished({ catalog, records: sources, results, refused, places, now });
}

function recordOf(result: SourceResult, rowOf: RowOf, { places, now }: ImportRun): SourceRecord {
  if (result.kind === 'unchanged') {
    const place = placeOf(result.record.path, places) ?? result.record.place;
    return { ...result.record, lastImport: now, place, vanished: null };
  }
  const { source, reading } = result;
  const { sessions, messageTally, problems, ids } = reading;
  return {
    store: source.store,
    path: source.path,
    kind: source.kind,
    fingerprint: source.fingerprint,
    lastImport: now,
    reading: READING,
    sessions: sessions.found,
    messages: messageTally.found,
    skippedSessions: sessions.skipped,
    skippedMessages: messageTally.skipped,
    problems,
    explained: explain(ids, source.store, rowOf),
    place: placeOf(source.path, places),
    vanished: null,
  };
}

function readOf(results: readonly SourceResult[]): ReadSource[] {
  return results.flatMap((result) => (result.kind === 'read' ? [result.source] : []));
}

function readingsOf(results: readonly SourceResult[]): SourceReading[] {
  return results.flatMap((result) => (result.kind === 'read' ? [result.reading] : []));
}

function changesOf(results: readonly SourceResult[]): CatalogChange[] {
  return readingsOf(results).flatMap((reading) => reading.changes);
}

function contextOf(target: ImportTarget, { purpose, now, limits, signal }: ImportRun): ReadContext {
  const { catalog, store } = target;
  const rereadAll = target.rereadAll && purpose === 'personas';
  return { catalog, purpose, now, limits, rereadAll, signal, store, united: new Map() };
}
