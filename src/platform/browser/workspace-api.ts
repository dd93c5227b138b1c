/** What crosses between the page and the worker that owns the workspace. Everything here can be cloned. */
import type { ProxyMarked } from 'comlink';
import type { MarkedSession } from '../../core/model/agent-session.ts';
import type { Problem } from '../../core/model/problem.ts';
import type {
  ImportOutcome,
  ImportProgress,
  Overview,
  PersonaSummary,
  ProjectSummary,
  SessionPage,
  SessionQuery,
  SessionRow,
  TimelinePage,
} from '../../core/model/views.ts';
import type { ActivityApi } from './activity-api.ts';
import type { BackupApi } from './backup-api.ts';
import type { LocalCopy } from './copied-store.ts';
import type { ExtractionApi } from './extraction-api.ts';
import type { MemoryApi } from './memory-api.ts';
import type { PickedEntry } from './picked.ts';
import type { SearchApi } from './search-api.ts';
import type { Space } from './space.ts';
import type { SyncApi } from './sync-api.ts';
import type { TranscriptApi } from './transcript-api.ts';
import type { TimelineApi } from './timeline-api.ts';
import type { WatchedPlace } from './watched-places.ts';

/** Who may write: one tab at a time. A follower shows what the owner keeps, and becomes the owner when that tab closes. */
export type Role = 'owner' | 'follower';

/** The browser refuses a database. */
export interface NotKept {
  readonly problem: Problem;
  /** A compressed copy of persona state is kept elsewhere; without it everything is gone with the tab. */
  readonly hasCopy: boolean;
}

export type Opened =
  | {
      readonly ok: true;
      readonly role: Role;
      readonly notKept: NotKept | null;
    }
  | { readonly ok: false; readonly problem: Problem };

export type HostEvent =
  /** What is kept has changed, here or in another tab. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'role'; readonly role: Role }
  /** A sync began or ended, or the vault is another one. */
  | { readonly kind: 'sync' };

export type ImportEvent =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  /** The newest of the sessions of one source, and how many there are. */
  | { readonly kind: 'sessions'; readonly rows: readonly SessionRow[]; readonly count: number };

/** What is on the screen all the time. */
export interface Snapshot {
  readonly overview: Overview;
  readonly personas: readonly PersonaSummary[];
}

export interface WorkspaceApi {
  readonly memory: MemoryApi & ProxyMarked;
  readonly backup: BackupApi & ProxyMarked;
  readonly extraction: ExtractionApi & ProxyMarked;
  readonly activity: ActivityApi & ProxyMarked;
  readonly timelines: TimelineApi & ProxyMarked;
  readonly search: SearchApi & ProxyMarked;
  readonly sync: SyncApi & ProxyMarked;
  readonly transcripts: TranscriptApi & ProxyMarked;
  open(space: Space, copy: LocalCopy, onEvent: (event: HostEvent) => void): Promise<Opened>;
  snapshot(): Snapshot;
  sessions(query: SessionQuery): SessionPage;
  session(id: string): MarkedSession | null;
  projects(): readonly ProjectSummary[];
  /** What happened in the last days, as text for an agent: what `dramatis context --days N` prints. */
  context(days: number): Promise<string>;
  timeline(personaId: string, offset: number, limit: number): TimelinePage | null;
  /** Which row of a persona's conversation this message is; null when it is not kept. */
  rowOf(personaId: string, messageId: string): number | null;
  /** @param places what the entries are known by again: what is missing there has vanished */
  import(
    entries: readonly PickedEntry[],
    places: readonly string[],
    onEvent: (event: ImportEvent) => void,
  ): Promise<ImportOutcome>;
  /**
   * The same in the background: ends as cancelled when the person imports something meanwhile.
   *
   * @param watched the place they are of, where it is told what changes in it: only that is looked at
   */
  rescan(
    entries: readonly PickedEntry[],
    places: readonly string[],
    watched: WatchedPlace | null,
  ): Promise<ImportOutcome>;
  /** Forgets what was seen of a place, which is not watched any more. */
  unwatched(id: string): void;
  importSample(onEvent: (event: ImportEvent) => void): Promise<ImportOutcome>;
  /** Stops the import that is running. */
  cancel(): void;
  /** Marks the sources of places that are gone. */
  markVanished(places: readonly string[]): Promise<void>;
  /** Their sessions stay in the catalog. */
  forgetSources(stores: readonly string[]): Promise<void>;
  restorePrevious(group: string): Promise<void>;
}
