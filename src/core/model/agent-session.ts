import type { SaidIndex, SessionCopy } from './session-copy.ts';

/** The program that wrote a session. */
export type Tool = 'opencode' | 'claude';

/** A session a person opened, a helper of the tool, or an agent called by another agent. */
export type SessionType = 'user' | 'agent' | 'subagent';

/** One conversation of one tool, whatever its age: a row of the catalog. Times are ms since 1970. */
export interface AgentSession {
  readonly sessionId: string;
  readonly source: Tool;
  readonly parentSessionId: string | null;
  readonly sessionType: SessionType;
  readonly projectPath: string;
  readonly projectName: string;
  readonly startTime: number;
  /** Null when unknown. Unknown is not "still running". */
  readonly endTime: number | null;
  readonly messageCount: number;
  readonly assistantMessageCount: number;
  readonly toolCallCount: number;
  readonly summary: string;
  readonly startingPrompt: string | null;
  readonly userPrompts: readonly string[];
}

/** The moments of a session, for accounting time. Kept beside the row, not in it: most screens never need them. */
export interface SessionTimes {
  readonly sessionId: string;
  readonly userMessages: readonly number[];
  readonly toolCalls: readonly number[];
  /** An index a copy, in the order of the row's: what each adds. Missing where there were too many messages to remember. */
  readonly said?: readonly SaidIndex[] | undefined;
}

/** How much of a session one agent spoke: what personas are counted from. */
export interface AgentShare {
  /** Lower-cased agent id, `build`. */
  readonly agent: string;
  /** Messages with text, user and assistant. */
  readonly messages: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** A session that may be written to without its own time moving: messages were unfinished, or it was active just now. */
export interface Watch {
  /** Messages that were still being written when they were read. */
  readonly messageIds: readonly string[];
  /** What the source said of the session and these messages then. */
  readonly mark: string;
}

/** A catalog row: the session, and what the next import must know of the last reading. */
export interface CatalogRow extends AgentSession {
  /** Which store the row was last read from: the key of its source record. */
  readonly store: string;
  /** `time.updated` as the source said it when the row was read. */
  readonly sourceUpdated: number;
  /** The head's `version` when the row was read, for formats that have one. */
  readonly sourceVersion: string | null;
  /** The newest `updated` of any message that was read. */
  readonly readThrough: number;
  readonly archived: boolean;
  /** Title says the session was forked from another one: its first messages are copies. */
  readonly fork: boolean;
  readonly agents: readonly AgentShare[];
  readonly watch: Watch | null;
  /** Whether an import has offered these messages to personas. A scan for the catalog alone leaves that to the next import. */
  readonly offered: boolean;
  /** The format of the store. */
  readonly kind?: string | undefined;
  /** The stores that hold the session, where more than one does. What the row says comes from the first, what it counts from all. */
  readonly copies?: readonly SessionCopy[] | undefined;
  /** Which version of reading made the row; a row of an earlier one is read again where its source is. See READING. */
  readonly reading?: number | undefined;
  /** When its source was read and did not have it any more, ms. Null or missing while it is there. */
  readonly vanished?: number | null | undefined;
}

/** What a person should know of a session beside what happened in it. Times are ms since 1970. */
export interface SessionMarks {
  /** When it was noticed that the source does not have the session any more; null while it has. The row is kept. */
  readonly vanished: number | null;
  /** When its tool will delete the transcript, if that is soon. */
  readonly sweepAt: number | null;
}

export interface MarkedSession extends AgentSession, SessionMarks {}
