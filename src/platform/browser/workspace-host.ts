/** The worker's side: owns the workspace of one space and answers the page. */
import { contextText } from '../../core/catalog/session-json.ts';
import { lastDays } from '../../core/context/context.ts';
import type { MarkedSession } from '../../core/model/agent-session.ts';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type {
  ImportOutcome,
  ProjectSummary,
  SessionPage,
  SessionQuery,
  SessionRow,
  TimelinePage,
} from '../../core/model/views.ts';
import type { Workspace } from '../../core/workspace.ts';
import { openWorkspace } from '../../core/workspace.ts';
import type { PickedEntry } from './picked.ts';
import { loadSqlJs, warmUpSqlJs } from './load-sql-js.ts';
import type { Space } from './space.ts';
import { databaseName } from './space.ts';
import { openSpaceStore } from './space-store.ts';
import { sourceEntry } from './source-entries.ts';
import { tryToOwn, waitToOwn } from './tab-lock.ts';
import { throttled } from './throttled.ts';
import type { HostEvent, ImportEvent, Opened, Role, Snapshot, WorkspaceApi } from './workspace-api.ts';

/** Session titles sent while reading: what fits on a screen. */
const PREVIEW_ROWS = 20;
const PROGRESS_EVERY_MS = 80;

export class WorkspaceHost implements WorkspaceApi {
  #workspace: Workspace | null = null;
  #role: Role = 'follower';
  #space: Space = 'own';
  #tell: (event: HostEvent) => void = () => undefined;
  #channel: BroadcastChannel | null = null;
  #running: AbortController | null = null;
  #rescanning: AbortController | null = null;

  async open(space: Space, onEvent: (event: HostEvent) => void): Promise<Opened> {
    this.#space = space;
    this.#tell = onEvent;
    const lock = databaseName(space);
    this.#role = (await tryToOwn(lock)) ? 'owner' : 'follower';
    this.#channel = new BroadcastChannel(lock);
    this.#channel.addEventListener('message', () => void this.#follow());
    if (this.#role === 'follower') void this.#becomeOwner(lock);
    warmUpSqlJs();
    return this.#load();
  }

  snapshot(): Snapshot {
    return { overview: this.#opened.overview(), personas: this.#opened.personas() };
  }

  sessions(query: SessionQuery): SessionPage {
    return this.#opened.sessions(query);
  }

  session(id: string): MarkedSession | null {
    return this.#opened.session(id);
  }

  projects(): readonly ProjectSummary[] {
    return this.#opened.projects();
  }

  async context(days: number): Promise<string> {
    return contextText(await this.#opened.context(lastDays(days, Date.now())));
  }

  timeline(personaId: string, offset: number, limit: number): TimelinePage | null {
    return this.#opened.timeline(personaId, offset, limit);
  }

  import(
    entries: readonly PickedEntry[],
    places: readonly string[],
    onEvent: (event: ImportEvent) => void,
  ): Promise<ImportOutcome> {
    return this.#import(async () => entries, places, onEvent);
  }

  async rescan(entries: readonly PickedEntry[], places: readonly string[]): Promise<ImportOutcome> {
    if (this.#role === 'follower') return { ok: false, problems: [otherTab()] };
    const { signal } = (this.#rescanning = new AbortController());
    const outcome = await this.#opened.import(entries.map(sourceEntry), { signal, places });
    this.#changed();
    return outcome;
  }

  importSample(onEvent: (event: ImportEvent) => void): Promise<ImportOutcome> {
    return this.#import(async () => (await import('./sample-files.ts')).sampleFiles(Date.now()), [], onEvent);
  }

  cancel(): void {
    this.#running?.abort();
  }

  markVanished(places: readonly string[]): Promise<void> {
    return this.#change((workspace) => workspace.markVanished(places));
  }

  forgetSources(stores: readonly string[]): Promise<void> {
    return this.#change((workspace) => workspace.forgetSources(stores));
  }

  restorePrevious(group: string): Promise<void> {
    return this.#change((workspace) => workspace.restorePrevious(group));
  }

  async #change(how: (workspace: Workspace) => Promise<void>): Promise<void> {
    if (this.#role === 'follower') throw new ProblemError(otherTab());
    await how(this.#opened);
    this.#changed();
  }

  get #opened(): Workspace {
    if (this.#workspace === null) throw new Error('the workspace is not open');
    return this.#workspace;
  }

  async #load(): Promise<Opened> {
    try {
      const { store, memoryOnly } = await openSpaceStore(this.#space, this.#role);
      this.#workspace = await openWorkspace({
        store,
        loadSqlJs,
        now: Date.now,
        newDeviceId: () => crypto.randomUUID(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      });
      return { ok: true, role: this.#role, memoryOnly };
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      const reason = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: problem('internal', 'error', '', `Dramatis could not open what it keeps: ${reason}`),
      };
    }
  }

  async #import(
    find: () => Promise<readonly PickedEntry[]>,
    places: readonly string[],
    onEvent: (event: ImportEvent) => void,
  ): Promise<ImportOutcome> {
    if (this.#role === 'follower') return { ok: false, problems: [otherTab()] };
    const running = new AbortController();
    this.#running = running;
    // what the person asks for comes first
    this.#rescanning?.abort();
    try {
      const entries = (await find()).map(sourceEntry);
      const outcome = await this.#opened.import(entries, {
        signal: running.signal,
        places,
        onProgress: throttled(
          PROGRESS_EVERY_MS,
          ({ phase }) => phase,
          (progress) => onEvent({ kind: 'progress', progress }),
        ),
        onSessions: (rows) => onEvent({ kind: 'sessions', rows: newest(rows), count: rows.length }),
      });
      // one that found nothing may have marked what vanished
      if (outcome.ok || places.length > 0) this.#changed();
      return outcome;
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  #changed(): void {
    this.#channel?.postMessage('changed');
    this.#tell({ kind: 'changed' });
  }

  /** Another tab wrote: look again. */
  async #follow(): Promise<void> {
    if (this.#role === 'owner') return;
    await this.#load();
    this.#tell({ kind: 'changed' });
  }

  async #becomeOwner(lock: string): Promise<void> {
    await waitToOwn(lock);
    this.#role = 'owner';
    await this.#load();
    this.#tell({ kind: 'role', role: 'owner' });
    this.#tell({ kind: 'changed' });
  }
}

function newest(rows: readonly SessionRow[]): SessionRow[] {
  return [...rows].sort((a, b) => b.startTime - a.startTime).slice(0, PREVIEW_ROWS);
}

function otherTab(): ReturnType<typeof problem> {
  const message = 'Dramatis is open in another tab, and only one may write. Import there, or close it and try again.';
  return problem('storage-failed', 'error', '', message);
}
