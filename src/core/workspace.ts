/**
 * The one door. Web and terminal call these and nothing else of core: one method a use.
 *
 * @example
 * const workspace = await openWorkspace(ports);
 * const outcome = await workspace.import(entries, { signal, onProgress });
 */
import type { SqlJsStatic } from 'sql.js';
import type { ActivityDesk } from './activity/activity-desk.ts';
import { KeptActivity } from './activity/activity-desk.ts';
import type { Catalog } from './catalog/catalog.ts';
import { loadCatalog, loadTimes } from './catalog/catalog.ts';
import { projectsOf, querySessions, sessionRow } from './catalog/query.ts';
import { sweepAt } from './catalog/sweep.ts';
import { holdCeremony, isDue } from './ceremony/ceremony.ts';
import type { Context, ContextWindow } from './context/context.ts';
import { contextOf, touches } from './context/context.ts';
import type { ExtractOptions } from './extraction/extraction-desk.ts';
import { ExtractionDesk } from './extraction/extraction-desk.ts';
import type { Provider, ProviderPorts } from './extraction/providers/provider.ts';
import type { Jobs } from './extraction/queue.ts';
import { decodeQueue, encodeQueue, isOpen, QUEUE_KEY } from './extraction/queue.ts';
import { loadKeys } from './extraction/settings.ts';
import type { ImportRun, ImportTarget, IngestReport } from './import/run.ts';
import { RefusedImport } from './import/refused-import.ts';
import { REREAD_KEY, runImport, runIngest } from './import/run.ts';
import { SessionNote } from './import/session-note.ts';
import type { SourceRecord } from './import/source-records.ts';
import { encodeSourceRecords, loadSourceRecords, SOURCES_KEY } from './import/source-records.ts';
import { sourceSummaries, sweepSummary } from './import/source-summaries.ts';
import { problemsOf } from './import/problems-of.ts';
import { preparedWithin } from './import/shrink.ts';
import { readTranscript } from './import/transcript.ts';
import { withoutPlace } from './import/vanished.ts';
import { loadUndo, MemoryDesk } from './memory/memory-desk.ts';
import { UNDO_KEY } from './memory/undo-log.ts';
import type { AgentSession, CatalogRow, MarkedSession, SessionMarks } from './model/agent-session.ts';
import type { Limits } from './model/constants.ts';
import { DEFAULT_LIMITS } from './model/constants.ts';
import type { ExtractionSettingsView, KeyedProvider, SettingsChange } from './model/extraction-settings.ts';
import type { Item } from './model/item.ts';
import type {
  CeremonyOutcome,
  ExtractOutcome,
  ItemAction,
  MemoryPage,
  MemoryQuery,
  QueueSummary,
  Reason,
  Undoable,
} from './model/memory-views.ts';
import type { Message } from './model/message.ts';
import type { Problem } from './model/problem.ts';
import type {
  ImportOutcome,
  ImportProgress,
  Overview,
  PersonaSummary,
  ProjectSummary,
  SessionPage,
  SessionQuery,
  SessionRow,
  SetAside,
  StateSummary,
  TimelinePage,
  TimelineRow,
} from './model/views.ts';
import type { PersonaTotals } from './personas/summaries.ts';
import { personaTotals, summarisePersona } from './personas/summaries.ts';
import type { SessionLabel } from './personas/timeline-rows.ts';
import { topTopics } from './personas/top-topics.ts';
import { timelineRows } from './personas/timeline-rows.ts';
import type { SourceEntry } from './sources/byte-source.ts';
import type { SessionHead, Source, SourceMessage } from './sources/source.ts';
import type { SearchDesk } from './search/search-desk.ts';
import { Searching } from './search/search-desk.ts';
import type { Backup, BackupContents } from './backup.ts';
import { contentsOf, encodeBackup, forDevice, isBackedUp, readBackup, sealBackup } from './backup.ts';
import type { GroupStore } from './state/group-store.ts';
import type { HybridClock } from './state/hybrid-clock.ts';
import { createHybridClock, MOST_AHEAD_MS, stampTime } from './state/hybrid-clock.ts';
import type { PersonaGroup } from './state/records.ts';
import type { StateAccess, StateChange } from './state/state-access.ts';
import type { StateKeeper, Writes } from './state/state-keeper.ts';
import { loadState, previousValue } from './state/state-keeper.ts';
import { TimelineDesk } from './timeline/timeline-desk.ts';
import type { SyncPorts } from './sync/relay-request.ts';
import { SyncDesk } from './sync/sync-desk.ts';
import { loadSyncMemory, unmergedWrites } from './sync/sync-memory.ts';
import { TranscriptDesk } from './transcript/transcript-desk.ts';

/** What the platform brings. */
export interface WorkspacePorts {
  readonly store: GroupStore;
  /** Loads sql.js, when first needed. */
  readonly loadSqlJs: () => Promise<SqlJsStatic>;
  readonly now: () => number;
  /** Makes the id of this device, once. */
  readonly newDeviceId: () => string;
  /** IANA name, for the day dividers: `Europe/Berlin`. */
  readonly timeZone: string;
  /** For providers that are asked over the network. Left out: none can be. */
  readonly providers?: ProviderPorts;
  /** For relays. Left out: nothing can be synced. */
  readonly sync?: SyncPorts;
}

export interface CeremonyOptions {
  /** The clock of it, ms. Default: now. */
  readonly now?: number;
  readonly limits?: Partial<Limits>;
}

export interface ImportOptions {
  /** The clock of this import, ms. Default: now. */
  readonly now?: number;
  /**
   * Paths of those entries that are the very ones known by these paths: what was read from them before and is missing now has
   * vanished. Leave out what may be another folder of the same name.
   */
  readonly places?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** The session list of the sources, long before their messages are read. */
  readonly onSessions?: (rows: readonly SessionRow[]) => void;
}

export type TranscriptOutcome =
  | {
      readonly ok: true;
      readonly session: AgentSession;
      readonly messages: readonly SourceMessage[];
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly problem: Problem };

export type IngestOutcome =
  { readonly ok: true; readonly report: IngestReport } | { readonly ok: false; readonly problems: readonly Problem[] };

export interface Workspace {
  readonly search: SearchDesk;
  /** The time axes of personas. */
  readonly timelines: TimelineDesk;
  /** The vault that devices share, and what brings this one and it together. */
  readonly sync: SyncDesk;
  /** Own time, agent time, tokens and cost. */
  readonly activity: ActivityDesk;
  overview(): Overview;
  /** The nine steps over these files and folders. Writes once, at the end; cancelling or failing changes nothing. */
  import(entries: readonly SourceEntry[], options?: ImportOptions): Promise<ImportOutcome>;
  /** Scans these files and folders into the catalog alone; personas are left to the next import. */
  ingest(entries: readonly SourceEntry[], options?: ImportOptions): Promise<IngestOutcome>;
  /** What happened in a window of time, over all sessions. */
  context(window: ContextWindow): Promise<Context>;
  sessions(query?: SessionQuery): SessionPage;
  session(id: string): MarkedSession | null;
  /** The folders sessions were started in, by name. */
  projects(): readonly ProjectSummary[];
  /** Marks the sources of places that are not there any more. Their sessions stay in the catalog. */
  markVanished(places: readonly string[]): Promise<void>;
  /** Forgets sources on this device. Their sessions stay in the catalog. */
  forgetSources(stores: readonly string[]): Promise<void>;
  personas(): readonly PersonaSummary[];
  /** Everything a persona keeps, oldest first, copies in forks included. Null: no such persona. */
  kept(personaId: string): readonly Message[] | null;
  /** Rows of a persona's conversation, oldest first. Null: no such persona. Negative offset counts from the end. */
  timeline(personaId: string, offset: number, limit: number): TimelinePage | null;
  /** Every user and assistant message of a session, read from its source. Pass what the session may be in. */
  transcript(sessionId: string, entries: readonly SourceEntry[], signal?: AbortSignal): Promise<TranscriptOutcome>;
  /** Sessions opened to be looked at, part by part. */
  readonly transcripts: TranscriptDesk;
  state(): StateSummary;

  /**
   * Does what is queued, reading sessions whole from these files and folders. Each call's results are written with the flags and the
   * ledger in one commit; ended at any moment, the next run goes on from there. One run at a time: a second one waits.
   */
  extract(entries: readonly SourceEntry[], options?: ExtractOptions): Promise<ExtractOutcome>;
  /** What is queued, what failed and what was done last, and what it will cost. */
  queue(): QueueSummary;
  /** Tries a job again that failed; also what its provider was paused for. */
  retryJob(id: string): Promise<void>;
  /** Takes a job off the queue. What it has done stays. */
  cancelJob(id: string): Promise<void>;
  extractionSettings(): ExtractionSettingsView;
  changeExtractionSettings(change: SettingsChange): Promise<void>;
  /** Keys stay on this device. Null forgets it. */
  setProviderKey(provider: KeyedProvider, key: string | null): Promise<void>;
  /** The provider that was chosen, to be tested and asked for its models. */
  provider(): Promise<Provider>;

  /** The daily tidy-up, now: prunes, lets injected messages go, makes one of duplicates. Refused while jobs are queued. */
  ceremony(options?: CeremonyOptions): Promise<CeremonyOutcome>;
  /** Whether it is time for the ceremony of the day and nothing is in its way. @param now ms */
  isCeremonyDue(now?: number): boolean;

  memory(query?: MemoryQuery): MemoryPage;
  item(id: string): Item | null;
  /** Why an item is known: its words, and where they stand now. Throws ProblemError `no-item`. */
  why(id: string, entries?: readonly SourceEntry[], signal?: AbortSignal): Promise<Reason>;
  /** Throws ProblemError `no-item`, saying what is wrong. Can be undone. */
  changeItem(action: ItemAction): Promise<Item>;
  /** What `undoItem` would take back. */
  undoable(): Undoable | null;
  undoItem(): Promise<Undoable | null>;

  /** Takes the last good value of a group that was set aside. */
  restorePrevious(group: string): Promise<void>;
  /** Everything kept, but secrets and what only this device can use, as one file. */
  backup(passphrase?: string): Promise<string>;
  /** What a backup holds and what it would replace. Throws ProblemError when it can't be read; changes nothing. */
  previewRestore(text: string, passphrase?: string): Promise<RestorePreview>;
  /** Replaces what is kept by a backup, in one commit. */
  restore(text: string, passphrase?: string): Promise<RestorePreview>;
}

export interface RestorePreview {
  /** When the backup was made, ISO-8601. */
  readonly made: string;
  readonly backup: BackupContents;
  readonly current: BackupContents;
}

/** Opens what this device keeps. Throws ProblemError when a later version of the program wrote it. */
export async function openWorkspace(ports: WorkspacePorts): Promise<Workspace> {
  const { store } = ports;
  const device = { keys: await loadKeys(store), done: await loadUndo(store), sync: await loadSyncMemory(store) };
  return new OpenedWorkspace(ports, await openKept(ports), device);
}

async function openKept(ports: WorkspacePorts): Promise<Kept> {
  const { keeper, setAside } = await loadState(ports.store, ports.newDeviceId, ports.now());
  const { catalog, unreadable } = await loadCatalog(ports.store);
  const aside = [...setAside, ...(await setCatalogAside(ports, unreadable))];
  // what was lost here must not be taken away from the vault
  if (aside.length > 0) await ports.store.commit((await unmergedWrites(ports.store)).set(REREAD_KEY, 'yes'));
  const sources = await loadSourceRecords(ports.store);
  const rereadAll = (await ports.store.read([REREAD_KEY])).has(REREAD_KEY);
  const jobs = decodeQueue((await ports.store.read([QUEUE_KEY])).get(QUEUE_KEY));
  return { keeper, catalog, sources, rereadAll, setAside: aside, jobs };
}

interface Kept {
  keeper: StateKeeper;
  catalog: Catalog;
  sources: Map<string, SourceRecord>;
  /** Something kept was lost: the next import reads every session again. */
  rereadAll: boolean;
  setAside: readonly SetAside[];
  jobs: Jobs;
}

interface OnDevice {
  readonly keys: Awaited<ReturnType<typeof loadKeys>>;
  readonly done: Awaited<ReturnType<typeof loadUndo>>;
  readonly sync: Awaited<ReturnType<typeof loadSyncMemory>>;
}

class OpenedWorkspace implements Workspace {
  readonly #ports: WorkspacePorts;
  #kept: Kept;
  #clock: HybridClock;
  #timelines = new WeakMap<PersonaGroup, { revision: number; rows: readonly TimelineRow[] }>();
  #summaries = new WeakMap<PersonaGroup, { revision: number; items: object; summary: PersonaSummary }>();
  #counted: { catalog: Catalog; revision: number; totals: ReadonlyMap<string, PersonaTotals> } | null = null;
  /** Imports and scans run one after the other. */
  #running: Promise<unknown> = Promise.resolve();
  readonly #extraction: ExtractionDesk;
  readonly #memory: MemoryDesk;
  readonly search: SearchDesk;
  readonly timelines: TimelineDesk;
  readonly sync: SyncDesk;
  readonly transcripts: TranscriptDesk;
  readonly activity: ActivityDesk;

  constructor(ports: WorkspacePorts, kept: Kept, { keys, done, sync }: OnDevice) {
    this.#ports = ports;
    this.#kept = kept;
    this.#clock = clockOf(kept.keeper, ports.now());
    const access = this.#access();
    const { loadSqlJs, providers = null } = ports;
    this.#extraction = new ExtractionDesk(access, keys, { loadSqlJs, providers });
    this.#memory = new MemoryDesk(access, done);
    this.search = new Searching(access, { loadSqlJs, timeZone: ports.timeZone });
    this.timelines = new TimelineDesk(access, (group) => this.#timeline(group));
    this.sync = new SyncDesk(access, sync, ports.sync ?? null);
    this.transcripts = new TranscriptDesk(access, { loadSqlJs });
    this.activity = new KeptActivity(access);
  }

  overview(): Overview {
    const { sources } = this.#kept;
    const rows = [...this.#kept.catalog.rows()];
    return {
      sessions: this.#kept.catalog.size,
      personas: this.#kept.keeper.state.personas.size,
      state: this.state(),
      setAside: this.#kept.setAside,
      sources: sourceSummaries(sources.values(), rows),
      sweep: sweepSummary(rows.map((row) => this.#marksOf(row))),
    };
  }

  import(entries: readonly SourceEntry[], options: ImportOptions = {}): Promise<ImportOutcome> {
    return this.#inTurn(async () => {
      const run = this.#run('personas', options);
      try {
        const target = this.#target();
        const receipt = await runImport(entries, target, run);
        this.#kept.jobs = target.jobs;
        this.#kept.rereadAll = false;
        this.#kept.setAside = [];
        return { ok: true, receipt };
      } catch (error) {
        if (isEmptyPlace(error)) await this.#markVanished(run.places);
        return { ok: false, problems: problemsOf(error, run.signal) };
      }
    });
  }

  ingest(entries: readonly SourceEntry[], options: ImportOptions = {}): Promise<IngestOutcome> {
    return this.#inTurn(async () => {
      const run = this.#run('catalog', options);
      try {
        return { ok: true, report: await runIngest(entries, this.#target(), run) };
      } catch (error) {
        return { ok: false, problems: problemsOf(error, run.signal) };
      }
    });
  }

  async context(window: ContextWindow): Promise<Context> {
    const touching = [...this.#kept.catalog.rows()].filter((row) => touches(row, window));
    const times = await loadTimes(this.#ports.store, touching);
    return contextOf(touching, (id) => times.get(id), window);
  }

  sessions(query?: SessionQuery): SessionPage {
    return querySessions(this.#kept.catalog, query, (row) => this.#marksOf(row));
  }

  session(id: string): MarkedSession | null {
    const row = this.#kept.catalog.get(id);
    return row === undefined ? null : { ...row, ...this.#marksOf(row) };
  }

  projects(): readonly ProjectSummary[] {
    return projectsOf(this.#kept.catalog);
  }

  markVanished(places: readonly string[]): Promise<void> {
    return this.#inTurn(() => this.#markVanished(places));
  }

  forgetSources(stores: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      const { store } = this.#ports;
      const { catalog, sources } = this.#kept;
      const forgotten = new Set(stores);
      const rows = [...catalog.rows()].filter((row) => forgotten.has(row.store));
      // a row of no source: whichever source has the session takes it over
      const changes = rows.map((row) => ({ row: { ...row, store: '' } }));
      const next = new Map([...sources].filter(([name]) => !forgotten.has(name)));
      const writes = await catalog.prepare(changes, store);
      await store.commit(writes.set(SOURCES_KEY, encodeSourceRecords(next.values())));
      catalog.accept(changes);
      this.#kept.sources = next;
    });
  }

  personas(): readonly PersonaSummary[] {
    const totals = this.#totals();
    return [...this.#kept.keeper.state.personas.values()]
      .map((group) => this.#summary(group, totals))
      .sort((a, b) => (b.lastTime ?? 0) - (a.lastTime ?? 0) || (a.id < b.id ? -1 : 1));
  }

  kept(personaId: string): readonly Message[] | null {
    return this.#kept.keeper.state.personas.get(personaId.toLowerCase())?.messages ?? null;
  }

  timeline(personaId: string, offset: number, limit: number): TimelinePage | null {
    const group = this.#kept.keeper.state.personas.get(personaId.toLowerCase());
    if (group === undefined) return null;
    const rows = this.#timeline(group);
    const from = offset < 0 ? Math.max(0, rows.length + offset) : offset;
    const persona = this.#summary(group, this.#totals());
    return { persona, total: rows.length, offset: from, rows: rows.slice(from, from + limit) };
  }

  async transcript(
    sessionId: string,
    entries: readonly SourceEntry[],
    signal?: AbortSignal,
  ): Promise<TranscriptOutcome> {
    try {
      const { loadSqlJs } = this.#ports;
      const known = this.#kept.catalog.get(sessionId);
      const { signal: never } = new AbortController();
      const found = await readTranscript(sessionId, entries, known, { loadSqlJs }, signal ?? never);
      return { ok: true, ...found };
    } catch (error) {
      const [first] = problemsOf(error, signal);
      if (first === undefined) throw error;
      return { ok: false, problem: first };
    }
  }

  state(): StateSummary {
    const { keeper } = this.#kept;
    const { personas, meta, items, ledger } = keeper.state;
    return {
      bytes: keeper.bytes,
      limitBytes: DEFAULT_LIMITS.stateLimitBytes,
      personas: personas.size,
      messages: [...personas.values()].reduce((count, group) => count + group.messages.length, 0),
      items: [...items.values()].filter(({ status }) => status !== 'superseded').length,
      ledger: ledger.size,
      jobs: [...this.#kept.jobs.values()].filter((job) => isOpen(job) || job.state === 'failed').length,
      lastSync: meta.lastSync,
      extractionPoint: meta.extractionPoint,
    };
  }

  extract(entries: readonly SourceEntry[], options?: ExtractOptions): Promise<ExtractOutcome> {
    return this.#extraction.extract(entries, options);
  }

  queue(): QueueSummary {
    return this.#extraction.queue(DEFAULT_LIMITS.callTokenLimit);
  }

  retryJob(id: string): Promise<void> {
    return this.#extraction.retry(id);
  }

  cancelJob(id: string): Promise<void> {
    return this.#extraction.cancelJob(id);
  }

  extractionSettings(): ExtractionSettingsView {
    return this.#extraction.settings();
  }

  changeExtractionSettings(change: SettingsChange): Promise<void> {
    return this.#extraction.changeSettings(change);
  }

  setProviderKey(provider: KeyedProvider, key: string | null): Promise<void> {
    return this.#extraction.setKey(provider, key);
  }

  provider(): Promise<Provider> {
    return this.#extraction.provider();
  }

  async ceremony(options: CeremonyOptions = {}): Promise<CeremonyOutcome> {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    try {
      return await holdCeremony(this.#access(), options.now ?? this.#ports.now(), limits);
    } catch (error) {
      return { ok: false, problems: problemsOf(error) };
    }
  }

  isCeremonyDue(now: number = this.#ports.now()): boolean {
    return isDue(this.#access(), now, this.#extraction.settings().ceremonyHour, this.#ports.timeZone);
  }

  memory(query?: MemoryQuery): MemoryPage {
    return this.#memory.query(query);
  }

  item(id: string): Item | null {
    return this.#memory.item(id);
  }

  why(id: string, entries: readonly SourceEntry[] = [], signal?: AbortSignal): Promise<Reason> {
    return this.#memory.why(id, async (sessionId) => {
      const outcome = await this.transcript(sessionId, entries, signal);
      return outcome.ok ? new Map(outcome.messages.map((message) => [message.id, message.text])) : null;
    });
  }

  changeItem(action: ItemAction): Promise<Item> {
    return this.#memory.change(action);
  }

  undoable(): Undoable | null {
    return this.#memory.lastDone;
  }

  undoItem(): Promise<Undoable | null> {
    return this.#memory.undo();
  }

  restorePrevious(group: string): Promise<void> {
    return this.#inTurn(async () => {
      const { store, newDeviceId, now } = this.#ports;
      const writes = new Map([...(await previousValue(store, group)), ...(await unmergedWrites(store))]);
      // it may be of before an import that has read the sources since
      await store.commit(writes.set(REREAD_KEY, 'yes'));
      const { keeper, setAside } = await loadState(store, newDeviceId, now());
      const others = this.#kept.setAside.filter((aside) => aside.group !== group);
      this.#kept = { ...this.#kept, keeper, rereadAll: true, setAside: [...others, ...setAside] };
      this.#clock = clockOf(keeper, now());
    });
  }

  async backup(passphrase?: string): Promise<string> {
    const { store, now } = this.#ports;
    const text = encodeBackup(await store.read(await store.keys()), now());
    return passphrase === undefined ? text : sealBackup(text, passphrase);
  }

  async previewRestore(text: string, passphrase?: string): Promise<RestorePreview> {
    return this.#preview(await readBackup(text, passphrase ?? null));
  }

  restore(text: string, passphrase?: string): Promise<RestorePreview> {
    return this.#inTurn(async () => {
      const backup = await readBackup(text, passphrase ?? null);
      const preview = await this.#preview(backup);
      const groups = forDevice(backup, this.#kept.keeper.state.meta);
      const { store } = this.#ports;
      const gone = (await store.keys()).filter((key) => isBackedUp(key) && !groups.has(key));
      const writes: Writes = new Map([...gone.map((key): [string, null] => [key, null]), ...groups]);
      for (const [key, text] of await unmergedWrites(store)) writes.set(key, text);
      // sources are read afresh: they may be ahead of the backup
      await store.commit(writes.set(SOURCES_KEY, null).set(UNDO_KEY, null));
      this.#memory.forget();
      this.#kept = await openKept(this.#ports);
      const before = this.#clock.tick(this.#ports.now());
      this.#clock = clockOf(this.#kept.keeper, this.#ports.now());
      this.#clock.seen(before);
      return preview;
    });
  }

  async #preview({ made, groups }: Backup): Promise<RestorePreview> {
    const { store } = this.#ports;
    const kept = await store.read((await store.keys()).filter(isBackedUp));
    return { made, backup: contentsOf(groups), current: contentsOf(kept) };
  }

  async #markVanished(places: readonly string[]): Promise<void> {
    const { sources } = this.#kept;
    const gone = withoutPlace(sources.values(), new Set(places), this.#ports.now());
    if (gone.length === 0) return;
    const next = new Map([...sources, ...gone.map((record): [string, SourceRecord] => [record.store, record])]);
    await this.#ports.store.commit(new Map([[SOURCES_KEY, encodeSourceRecords(next.values())]]));
    this.#kept.sources = next;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const outcome = this.#running.then(task);
    this.#running = outcome.catch(() => undefined);
    return outcome;
  }

  /** What is kept, whichever it is by then: taking back a backup replaces it. */
  #access(): StateAccess {
    const kept = (): Kept => this.#kept;
    return {
      store: this.#ports.store,
      get keeper() {
        return kept().keeper;
      },
      get catalog() {
        return kept().catalog;
      },
      get jobs() {
        return kept().jobs;
      },
      now: () => this.#ports.now(),
      stamp: (now) => this.#clock.tick(now),
      inTurn: (task) => this.#inTurn(task),
      commit: (change) => this.#commit(change),
    };
  }

  async #commit({ state, jobs, writes = new Map(), ...given }: StateChange): Promise<void> {
    const { keeper } = this.#kept;
    const fitted = state === undefined ? null : preparedWithin(keeper, state, DEFAULT_LIMITS).prepared;
    const prepared = given.prepared ?? fitted;
    const all: Writes = new Map([...(prepared?.writes ?? []), ...writes]);
    if (jobs !== undefined && jobs !== this.#kept.jobs) all.set(QUEUE_KEY, encodeQueue(jobs));
    if (all.size > 0) await this.#ports.store.commit(all);
    prepared?.accept();
    const { clock } = keeper.state.meta;
    if (clock !== null) this.#clock.seen(clock, this.#ports.now());
    if (jobs !== undefined) this.#kept.jobs = jobs;
    if (all.get(REREAD_KEY) === 'yes') this.#kept.rereadAll = true;
  }

  #target(): ImportTarget {
    const { store, loadSqlJs } = this.#ports;
    const { keeper, catalog, sources, rereadAll, jobs } = this.#kept;
    return { store, keeper, catalog, sources, rereadAll, jobs, clock: this.#clock, ports: { loadSqlJs } };
  }

  #run(purpose: ImportRun['purpose'], options: ImportOptions): ImportRun {
    return {
      purpose,
      places: options.places ?? [],
      now: options.now ?? this.#ports.now(),
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      signal: options.signal ?? new AbortController().signal,
      stopwatch: () => performance.now(),
      onProgress: options.onProgress ?? (() => undefined),
      onHeads: (heads, source) => options.onSessions?.(previewRows(heads, source)),
    };
  }

  #summary(group: PersonaGroup, totals: ReadonlyMap<string, PersonaTotals>): PersonaSummary {
    const { revision } = this.#kept.catalog;
    const known = this.#summaries.get(group);
    const { keeper } = this.#kept;
    const { items } = keeper.state;
    if (known?.revision === revision && known.items === items) return known.summary;
    const { id } = group.record;
    const topics = topTopics(items.values()).get(id);
    const summary = { ...summarisePersona(group, totals.get(id), keeper.bytesOf(id)), ...(topics && { topics }) };
    this.#summaries.set(group, { revision, items, summary });
    return summary;
  }

  /** A session has vanished with its source, or out of it. */
  #marksOf(row: CatalogRow): SessionMarks {
    const vanished = row.vanished ?? this.#kept.sources.get(row.store)?.vanished ?? null;
    return { vanished, sweepAt: vanished === null ? sweepAt(row, this.#ports.now()) : null };
  }

  /** Counted once for each state of the catalog: a screen asks with every page of a conversation. */
  #totals(): ReadonlyMap<string, PersonaTotals> {
    const { catalog } = this.#kept;
    if (this.#counted?.revision !== catalog.revision || this.#counted.catalog !== catalog) {
      this.#counted = { catalog, revision: catalog.revision, totals: personaTotals(catalog.rows()) };
    }
    return this.#counted.totals;
  }

  #timeline(group: PersonaGroup): readonly TimelineRow[] {
    const known = this.#timelines.get(group);
    // dividers show titles of the catalog
    const { revision } = this.#kept.catalog;
    if (known?.revision === revision) return known.rows;
    const label: SessionLabel = (sessionId) => {
      const row = this.#kept.catalog.get(sessionId);
      return { title: row?.summary ?? sessionId, projectName: row?.projectName ?? '', fork: row?.fork ?? false };
    };
    const rows = timelineRows(group.messages, label, this.#ports.timeZone);
    this.#timelines.set(group, { revision, rows });
    return rows;
  }
}

/** A clock that was far ahead when this device was last used has been set right since: it is not gone on with. */
function clockOf(keeper: StateKeeper, now: number): HybridClock {
  const { device, clock } = keeper.state.meta;
  const isAhead = clock !== null && stampTime(clock) > now + MOST_AHEAD_MS;
  return createHybridClock(device, isAhead ? null : clock);
}

/** The sessions of a source before any of their messages was read. */
function previewRows(heads: readonly SessionHead[], source: Source): SessionRow[] {
  return heads.map((head) =>
    sessionRow(new SessionNote(head).toChange(source.tool, source.store, null, false).row, 0, 0),
  );
}

/** Nothing of either tool is left where something was read before. */
function isEmptyPlace(error: unknown): boolean {
  return error instanceof RefusedImport && error.problems.every(({ code }) => code === 'nothing-found');
}

/** Moves catalog groups that can't be read aside, like those of the state; the next import makes them anew. */
async function setCatalogAside(ports: WorkspacePorts, unreadable: ReadonlyMap<string, string>): Promise<SetAside[]> {
  if (unreadable.size === 0) return [];
  const at = new Date(ports.now()).toISOString();
  const moved = [...unreadable].map(([key, text]) => ({ key, text, keptAs: `aside/${at}/${key}` }));
  await ports.store.commit(
    new Map(
      moved.flatMap(({ key, text, keptAs }): [string, string | null][] => [
        [keptAs, text],
        [key, null],
      ]),
    ),
  );
  const reason = 'The catalog is made anew by the next import.';
  return moved.map(({ key, keptAs }) => ({ group: key, keptAs, reason, previousReadable: false }));
}
