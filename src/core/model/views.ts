/**
 * What the workspace hands to screens: plain snapshots, small enough to cross a worker boundary. Long lists are paged:
 * a screen asks for the rows it shows.
 */
import type { AgentSession, SessionMarks, SessionType, Tool } from './agent-session.ts';
import type { Flags, Role } from './message.ts';
import type { Problem } from './problem.ts';
import type { Receipt } from './receipt.ts';

export interface PersonaSummary {
  /** `opencode:build` */
  readonly id: string;
  /** The name a person gave it, else the agent id. */
  readonly name: string;
  readonly source: Tool;
  readonly agent: string;
  /** Top-level sessions it spoke in. */
  readonly sessions: number;
  /** Messages with text in the catalog. */
  readonly messagesTotal: number;
  readonly messagesKept: number;
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  /** Serialised bytes of what it keeps. */
  readonly bytes: number;
  /** Messages per week over its span, at most 26 numbers, oldest first: the small activity line. */
  readonly activity: readonly number[];
  /** What it was told about most; as long as nothing is, the newest session titles. At most three. */
  readonly topics: readonly string[];
}

export interface StateSummary {
  readonly bytes: number;
  readonly limitBytes: number;
  readonly personas: number;
  readonly messages: number;
  readonly items: number;
  readonly ledger: number;
  readonly jobs: number;
  readonly lastSync: number | null;
  readonly extractionPoint: number | null;
}

/** A part of the state that could not be read. It was set aside, not overwritten. */
export interface SetAside {
  readonly group: string;
  /** Where the unreadable value is kept. */
  readonly keptAs: string;
  readonly reason: string;
  /** The value before it can be read and offered back. */
  readonly previousReadable: boolean;
}

export interface Overview {
  readonly sessions: number;
  readonly personas: number;
  readonly state: StateSummary;
  readonly setAside: readonly SetAside[];
  readonly sources: readonly SourceSummary[];
  /** Sessions whose transcripts Claude Code will delete soon, and when the first of them (ms; null: none). */
  readonly sweep: { readonly sessions: number; readonly first: number | null };
}

/** A source that was read, on this device. */
export interface SourceSummary {
  readonly store: string;
  readonly path: string;
  readonly kind: string;
  readonly tool: Tool;
  readonly lastImport: number;
  /** Found when it was last read. */
  readonly sessions: number;
  /** In the catalog from this source, but not in it any more. */
  readonly gone: number;
  /** The place that led to it, when that can be known again. */
  readonly place: string | null;
  /** When it was noticed that its place does not have it any more, ms. */
  readonly vanished: number | null;
}

/** A folder sessions were started in. */
export interface ProjectSummary {
  readonly path: string;
  readonly name: string;
  /** Sub-agents included. */
  readonly sessions: number;
}

export type SessionSort = 'start' | 'end' | 'project' | 'title' | 'messages' | 'tools';

export interface SessionQuery {
  /** Words that must all appear in title, project or first prompts; case-insensitive. */
  readonly text?: string;
  readonly source?: Tool;
  readonly type?: SessionType;
  readonly project?: string;
  /** Only those the source does not have any more, or those whose transcript will be deleted soon. */
  readonly mark?: 'vanished' | 'sweep';
  /** Sessions that touch [since, until], ms. */
  readonly since?: number;
  readonly until?: number;
  readonly sort?: SessionSort;
  readonly descending?: boolean;
  /** With sub-agents folded, only top-level sessions are rows and `children` counts the rest. Default true. */
  readonly folded?: boolean;
  /** Parents whose sub-agents are rows too, right after them. */
  readonly unfolded?: readonly string[];
  /** The page: rows from `offset`, at most `limit`. Default all. */
  readonly offset?: number;
  readonly limit?: number;
}

export interface SessionRow extends Omit<AgentSession, 'userPrompts'>, SessionMarks {
  readonly depth: number;
  readonly children: number;
  readonly archived: boolean;
  readonly fork: boolean;
}

export interface SessionPage {
  /** Rows: with sub-agents folded fewer than sessions. */
  readonly total: number;
  readonly rows: readonly SessionRow[];
  /** Sessions that fit the query, folded or not, and how many of them are sub-agents. */
  readonly matching: number;
  readonly matchingSubagents: number;
}

/** One line of a persona's conversation: a divider or a message. Days are local to `timeZone`. */
export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly time: number }
  | {
      readonly kind: 'session';
      readonly key: string;
      readonly sessionId: string;
      readonly title: string;
      readonly projectName: string;
      readonly time: number;
    }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly id: string;
      readonly sessionId: string;
      readonly role: Role;
      readonly time: number;
      readonly text: string;
      readonly clippedFrom: number | null;
      readonly flags: Flags;
      readonly injected: boolean;
      /** Forks that hold a copy of this message: it is kept with each, and shown once. */
      readonly alsoIn: readonly string[];
    };

export interface TimelinePage {
  readonly persona: PersonaSummary;
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly TimelineRow[];
}

export type ImportPhase = 'opening' | 'sessions' | 'messages' | 'planning' | 'saving';

export interface ImportProgress {
  readonly phase: ImportPhase;
  /** Which source, as the person knows it. */
  readonly path: string;
  /** In `unit`s. Total is 0 when not known yet. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'sessions' | 'records';
  /** Found so far, over all sources. */
  readonly sessions: number;
  readonly messages: number;
  readonly elapsedMs: number;
}

export type ImportOutcome =
  | { readonly ok: true; readonly receipt: Receipt }
  /** Nothing changed: why. `cancelled` when the person asked for it. */
  | { readonly ok: false; readonly problems: readonly Problem[] };
