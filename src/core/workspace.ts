/**
 * The one door. Web and terminal call these and nothing else of core: one method a use.
 *
 * @example
 * const workspace = await openWorkspace(ports);
 * const outcome = await workspace.import(files, { signal, onProgress });
 */
import type { SqlJsStatic } from 'sql.js';
import type { AgentSession } from './model/agent-session.ts';
import type { Limits } from './model/constants.ts';
import type { Problem } from './model/problem.ts';
import type {
  ImportOutcome,
  ImportProgress,
  Overview,
  PersonaSummary,
  SessionPage,
  SessionQuery,
  SessionRow,
  StateSummary,
  TimelinePage,
} from './model/views.ts';
import type { SourceFile } from './sources/byte-source.ts';
import type { SourceMessage } from './sources/source.ts';
import type { GroupStore } from './state/group-store.ts';

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
}

export interface ImportOptions {
  /** The clock of this import, ms. Default: now. */
  readonly now?: number;
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

export interface Workspace {
  overview(): Overview;
  /** The nine steps over these files. Writes once, at the end; cancelling or failing changes nothing. */
  import(files: readonly SourceFile[], options?: ImportOptions): Promise<ImportOutcome>;
  sessions(query?: SessionQuery): SessionPage;
  session(id: string): AgentSession | null;
  personas(): readonly PersonaSummary[];
  /** Rows of a persona's conversation, oldest first. Null: no such persona. Negative offset counts from the end. */
  timeline(personaId: string, offset: number, limit: number): TimelinePage | null;
  /** Every user and assistant message of a session, read from its source. Pass the files the session may be in. */
  transcript(sessionId: string, files: readonly SourceFile[], signal?: AbortSignal): Promise<TranscriptOutcome>;
  state(): StateSummary;
  /** Takes the last good value of a group that was set aside. */
  restorePrevious(group: string): Promise<void>;
}

export type OpenWorkspace = (ports: WorkspacePorts) => Promise<Workspace>;
