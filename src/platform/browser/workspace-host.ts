/** The worker's side: owns the workspace of one space and answers the page. */
import { proxy } from 'comlink';
import { contextText } from '../../core/catalog/session-json.ts';
import { lastDays } from '../../core/context/context.ts';
import type { MarkedSession } from '../../core/model/agent-session.ts';
import type {
  ImportOutcome,
  ProjectSummary,
  SessionPage,
  SessionQuery,
  SessionRow,
  TimelinePage,
} from '../../core/model/views.ts';
import { ActivityHost } from './activity-host.ts';
import { BackupHost } from './backup-host.ts';
import type { LocalCopy } from './copied-store.ts';
import { ExtractionHost } from './extraction-host.ts';
import { warmUpEngine } from './load-sql-js.ts';
import { MemoryHost } from './memory-host.ts';
import { OpenSpace } from './open-space.ts';
import type { PickedEntry } from './picked.ts';
import { outsidePorts } from './outside-ports.ts';
import { SearchHost } from './search-host.ts';
import type { Space } from './space.ts';
import { sourceEntry } from './source-entries.ts';
import { throttled } from './throttled.ts';
import { SyncHost } from './sync-host.ts';
import { browserSyncPorts } from './sync-ports.ts';
import { TranscriptHost } from './transcript-host.ts';
import { TimelineHost } from './timeline-host.ts';
import type { WatchedPlace } from './watched-places.ts';
import { WatchedPlaces } from './watched-places.ts';
import type { HostEvent, ImportEvent, Opened, Snapshot, WorkspaceApi } from './workspace-api.ts';

/** Session titles sent while reading: what fits on a screen. */
const PREVIEW_ROWS = 20;
const PROGRESS_EVERY_MS = 80;

interface ImportRequest {
  readonly entries: readonly PickedEntry[];
  readonly places: readonly string[];
  /** Default: now. */
  readonly now?: number;
}

export class WorkspaceHost implements WorkspaceApi {
  readonly #space = openSpaceHere();
  readonly memory = proxy(new MemoryHost(this.#space));
  readonly backup = proxy(new BackupHost(this.#space));
  readonly extraction = proxy(new ExtractionHost(this.#space));
  readonly #search = new SearchHost(this.#space);
  readonly activity = proxy(new ActivityHost(this.#space));
  readonly timelines = proxy(new TimelineHost(this.#space));
  readonly search = proxy(this.#search);
  readonly sync = proxy(new SyncHost(this.#space));
  readonly transcripts = proxy(new TranscriptHost(this.#space));
  readonly #watched = new WatchedPlaces();
  readonly #warmUp = new AbortController();
  #running: AbortController | null = null;
  #rescanning: AbortController | null = null;

  async open(space: Space, copy: LocalCopy, onEvent: (event: HostEvent) => void): Promise<Opened> {
    const opening = this.#space.open(space, copy, onEvent);
    warmUpEngine(this.#warmUp.signal);
    const opened = await opening;
    if (opened.ok) this.sync.begin();
    return opened;
  }

  snapshot(): Snapshot {
    const { workspace } = this.#space;
    return { overview: workspace.overview(), personas: workspace.personas() };
  }

  sessions(query: SessionQuery): SessionPage {
    return this.#space.workspace.sessions(query);
  }

  session(id: string): MarkedSession | null {
    return this.#space.workspace.session(id);
  }

  projects(): readonly ProjectSummary[] {
    return this.#space.workspace.projects();
  }

  async context(days: number): Promise<string> {
    return contextText(await this.#space.workspace.context(lastDays(days, Date.now())));
  }

  timeline(personaId: string, offset: number, limit: number): TimelinePage | null {
    return this.#space.workspace.timeline(personaId, offset, limit);
  }

  rowOf(personaId: string, messageId: string): number | null {
    const all = this.#space.workspace.timeline(personaId, 0, Number.POSITIVE_INFINITY);
    const row = all?.rows.findIndex(({ kind, key }) => kind === 'message' && key === messageId) ?? -1;
    return row < 0 ? null : row;
  }

  import(
    entries: readonly PickedEntry[],
    places: readonly string[],
    onEvent: (event: ImportEvent) => void,
  ): Promise<ImportOutcome> {
    return this.#import(async () => ({ entries, places }), onEvent);
  }

  async rescan(
    picked: readonly PickedEntry[],
    places: readonly string[],
    watched: WatchedPlace | null,
  ): Promise<ImportOutcome> {
    const { refusal, workspace } = this.#space;
    if (refusal !== null) return { ok: false, problems: [refusal] };
    this.#warmUp.abort();
    const { signal } = (this.#rescanning = new AbortController());
    const entries = this.#watched.entries(picked, watched);
    const outcome = await this.#search.giveWay(workspace.import(entries, { signal, places }));
    this.#space.changed();
    return outcome;
  }

  unwatched(id: string): void {
    this.#watched.forget(id);
  }

  importSample(onEvent: (event: ImportEvent) => void): Promise<ImportOutcome> {
    return this.#import(async () => {
      const { sampleFiles } = await import('./sample-files.ts');
      // the moment of the import, so that the same files can be written again to be extracted
      const now = Date.now();
      return { entries: await sampleFiles(now), places: [], now };
    }, onEvent);
  }

  cancel(): void {
    this.#running?.abort();
  }

  markVanished(places: readonly string[]): Promise<void> {
    return this.#space.change((workspace) => workspace.markVanished(places));
  }

  forgetSources(stores: readonly string[]): Promise<void> {
    return this.#space.change((workspace) => workspace.forgetSources(stores));
  }

  restorePrevious(group: string): Promise<void> {
    return this.#space.change((workspace) => workspace.restorePrevious(group));
  }

  async #import(find: () => Promise<ImportRequest>, onEvent: (event: ImportEvent) => void): Promise<ImportOutcome> {
    const { refusal, workspace } = this.#space;
    if (refusal !== null) return { ok: false, problems: [refusal] };
    this.#warmUp.abort();
    const running = new AbortController();
    this.#running = running;
    // what the person asks for comes first
    this.#rescanning?.abort();
    this.extraction.giveWay();
    try {
      const { entries, places, ...when } = await find();
      const importing = workspace.import(entries.map(sourceEntry), {
        ...when,
        signal: running.signal,
        places,
        onProgress: throttled(
          PROGRESS_EVERY_MS,
          ({ phase }) => phase,
          (progress) => onEvent({ kind: 'progress', progress }),
        ),
        onSessions: (rows) => onEvent({ kind: 'sessions', rows: newest(rows), count: rows.length }),
      });
      const outcome = await this.#search.giveWay(importing);
      // one that found nothing may have marked what vanished
      if (outcome.ok || places.length > 0) this.#space.changed();
      return outcome;
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }
}

function openSpaceHere(): OpenSpace {
  const providers = outsidePorts();
  return new OpenSpace({ providers, sync: browserSyncPorts(providers.fetch) });
}

function newest(rows: readonly SessionRow[]): SessionRow[] {
  return [...rows].sort((a, b) => b.startTime - a.startTime).slice(0, PREVIEW_ROWS);
}
