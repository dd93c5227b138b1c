import type { SessionType, Tool } from '../model/agent-session.ts';
import type { Stretch, TokenUse } from '../model/activity.ts';
import type { Role } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { SessionReader } from './session-reader.ts';

/** What the session list says of a session, before any message was read. */
export interface SessionHead {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly timeCreated: number;
  readonly timeUpdated: number;
  readonly archived: boolean;
  /** Messages from this one on are hidden by a revert the person left open. */
  readonly revertedFrom: string | null;
  /** Where the list alone can't tell whether a session changed: changes whenever its files do. */
  readonly version?: string;
  /** Said only where the store itself tells: it began as a copy of another session. */
  readonly fork?: boolean;
  /** When it is neither a `user` session without parent nor a `subagent` with one. */
  readonly type?: SessionType;
}

/** A user or assistant message without its body. */
export interface MessageHead {
  readonly id: string;
  readonly sessionId: string;
  readonly role: Role;
  /** Lower-cased: agent, else mode, else `build`. */
  readonly agent: string;
  readonly time: number;
  readonly updated: number;
  /** A compaction summary the tool wrote for itself. */
  readonly summary: boolean;
  /** False for an assistant turn without completion time. */
  readonly finished: boolean;
  /** Its place in the conversation where the store numbers them, with gaps; those without one come before, by time and id. */
  readonly seq?: number;
  /** When the work on it ended, ms; missing where that is not known. */
  readonly end?: number | undefined;
  /** What an answer took, where that was recorded. */
  readonly use?: TokenUse | undefined;
  /** True: a person wrote it, though it may have no words. Else what has words counts as a prompt. */
  readonly byPerson?: boolean;
}

/** One non-empty text part of a message. Parts of a message are joined in part order by a blank line. */
export interface TextPiece {
  readonly messageId: string;
  readonly sessionId: string;
  readonly partId: string;
  readonly text: string;
}

export interface ToolCall {
  readonly messageId: string;
  readonly sessionId: string;
  readonly time: number;
  /** From when to when it ran, where both were recorded. */
  readonly run?: Stretch | undefined;
}

export interface PassProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Who listens to a bulk pass. Rows come in the order of the file, not of the conversation: a text may come before its
 * message. Each message, text and tool call comes once.
 */
export interface Reading {
  /** A format that knows title, folder and times of a session only when it has read it says them here, before its messages. */
  session?(head: SessionHead): void;
  /** Of this session only what came after an earlier reading is told; a message that was told then may be told again. */
  continued?(sessionId: string): void;
  message(head: MessageHead): void;
  text(piece: TextPiece): void;
  /** False: of this message it is enough to hear that something was said. A format may ask, and save itself the decoding. */
  wantsText?(messageId: string): boolean;
  /**
   * False: nothing that is looked for stands in this text. A format may ask with the text as it lies in the file, and save itself the
   * decoding; then nothing is told of it.
   */
  mayHold?(bytes: Uint8Array): boolean;
  /** A text came of a message of which none is wanted. */
  said?(messageId: string): void;
  toolCall(call: ToolCall): void;
  /** True: of this message it is not known when it ended, so that it matters when its tools did. A format may ask where telling is dear. */
  wantsRun?(messageId: string): boolean;
  problem(problem: Problem): void;
  progress(progress: PassProgress): void;
  /** The file changed under the reader: forget everything of this pass, it begins again. */
  restart(): void;
}

/** One message with its text, as a transcript shows it. */
export interface SourceMessage extends MessageHead {
  /** The message text rule of docs/formats.md; empty where there is none. */
  readonly text: string;
  readonly reverted: boolean;
}

/** The port every format implements: what a tool wrote, in the words of the domain. */
export interface Source {
  readonly kind: string;
  readonly tool: Tool;
  /** Stable name of the store on this device, the same for the same file. */
  readonly store: string;
  /** The file or folder as the person knows it. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly bytesRead: number;
  /** Equal fingerprints mean: nothing was written in between. */
  readonly fingerprint: string;
  /** Warnings from opening it: a missing `-wal`, a page that could not be read. */
  readonly problems: readonly Problem[];
  sessions(signal: AbortSignal): Promise<{ heads: SessionHead[]; problems: Problem[] }>;
  /**
   * Reads all rows of these sessions, or of every session.
   *
   * @param kept sessions of which all that was told is kept, with their version then: what came since is enough
   */
  read(
    wanted: ReadonlySet<string> | 'all',
    reading: Reading,
    signal: AbortSignal,
    kept?: ReadonlyMap<string, string>,
  ): Promise<void>;
  /**
   * A short text that changes whenever a message is added to the session, or one of the named messages or its parts is
   * written. By index only, so that asking costs a few pages.
   */
  mark(sessionId: string, messageIds: readonly string[]): Promise<string>;
  /** The same of several sessions, where asking for all at once costs less. */
  marks?(watched: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, string>>;
  /** Every user and assistant message of one session, in order. */
  messages(sessionId: string, signal: AbortSignal): Promise<{ messages: SourceMessage[]; problems: Problem[] }>;
  /** Opens one session to be looked at, part by part. Null when it is not here. Good until the source is closed. */
  transcript(sessionId: string, signal: AbortSignal): Promise<SessionReader | null>;
  /** What to remember until it is opened again, so that less need be read then. Bounded in size. */
  memory?(): string;
  close(): void;
}

export type Remembered = (store: string) => Promise<string | undefined>;

/** What is known of a source before it is opened. */
export interface SourcePeek {
  /** Equal to the opened source's when nothing was written in between. */
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly bytesRead: number;
}

/** A source among the files a person chose, not opened yet. */
export interface FoundSource {
  readonly store: string;
  readonly path: string;
  /** Where looking costs far less than opening: so that what did not change need not be opened. */
  peek?(): Promise<SourcePeek>;
  /**
   * @param remembered what {@link Source.memory} gave at the last import, by the name of the store
   * @throws ProblemError saying what the file is and what to do, when it can't be read
   */
  open(remembered?: Remembered): Promise<Source>;
}
