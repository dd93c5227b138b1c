/** A session as its tool recorded it, whole: what a transcript shows, searches and exports. */

/** `system`: what the tool itself wrote between the messages. */
export type TranscriptRole = 'user' | 'assistant' | 'system';

/** As the tool recorded them; null for what it did not say. */
export interface TokenCount {
  readonly input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
}

export interface TranscriptMessage {
  readonly id: string;
  readonly role: TranscriptRole;
  /** Lower-cased name of the agent. */
  readonly agent: string;
  /** ms */
  readonly time: number;
  /** ms; when it was finished. */
  readonly end: number | null;
  /** `provider/model` */
  readonly model: string | null;
  readonly tokens: TokenCount | null;
  /** US dollars, as recorded. */
  readonly cost: number | null;
  /** The person took the conversation back to before it. */
  readonly reverted: boolean;
  readonly parts: readonly TranscriptPart[];
}

interface PartBase {
  /** Unique within its message. */
  readonly id: string;
  /** Characters that were left out of it, to be had with the whole message. */
  readonly cut?: number;
}

/** `spoken` is false for what the tool put into the message by itself. */
export interface TextPart extends PartBase {
  readonly kind: 'text';
  readonly text: string;
  readonly spoken: boolean;
}

export interface ThinkingPart extends PartBase {
  readonly kind: 'thinking';
  readonly text: string;
  readonly start: number | null;
  readonly end: number | null;
}

export type ToolStatus = 'pending' | 'running' | 'completed' | 'error';

/** A stretch of a file before and after. Lines are counted from 1; null where the tool did not say. */
export interface Hunk {
  readonly oldStart: number | null;
  readonly newStart: number | null;
  readonly old: string;
  readonly new: string;
}

export interface EditDetail {
  readonly kind: 'edit';
  readonly path: string;
  readonly hunks: readonly Hunk[];
}

export interface ShellDetail {
  readonly kind: 'shell';
  readonly command: string;
  readonly exitCode: number | null;
}

/** A sub-agent that was sent off. */
export interface AgentDetail {
  readonly kind: 'agent';
  readonly agent: string;
  readonly task: string;
  /** Its own session, where the tool says which. */
  readonly sessionId: string | null;
}

export type ToolDetail = EditDetail | ShellDetail | AgentDetail;

export interface ToolPart extends PartBase {
  readonly kind: 'tool';
  readonly name: string;
  readonly title: string;
  readonly status: ToolStatus;
  /** What it was called with, as JSON, but for what `detail` says. Empty when nothing is left. */
  readonly input: string;
  readonly output: string;
  readonly error: string;
  /** ms */
  readonly start: number | null;
  readonly end: number | null;
  readonly detail: ToolDetail | null;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly mime: string;
  readonly name: string;
  /** A `data:` address; null when it is not in the transcript, or too large to be shown. */
  readonly data: string | null;
  /** Where it is said to be: a path or an address. Never asked for. */
  readonly place: string;
  /** bytes, when known */
  readonly size: number | null;
}

export interface AttachmentPart extends PartBase, Attachment {
  readonly kind: 'attachment';
}

/** A sub-agent that a person asked for by a command. */
export interface SubtaskPart extends PartBase {
  readonly kind: 'subtask';
  readonly agent: string;
  readonly title: string;
  readonly text: string;
}

export interface CompactionPart extends PartBase {
  readonly kind: 'compaction';
  /** Null where it is not said. */
  readonly auto: boolean | null;
  /** What the tool wrote down of what was before; may be empty. */
  readonly text: string;
}

export interface RetryPart extends PartBase {
  readonly kind: 'retry';
  readonly attempt: number | null;
  readonly text: string;
}

export interface ErrorPart extends PartBase {
  readonly kind: 'error';
  readonly name: string;
  readonly text: string;
}

/** One line of what went on: another agent took over, files changed. */
export interface NotePart extends PartBase {
  readonly kind: 'note';
  readonly text: string;
}

/** Bookkeeping of the tool, as JSON: shown only in the raw view. */
export interface HiddenPart extends PartBase {
  readonly kind: 'hidden';
  readonly type: string;
  readonly raw: string;
}

/** Of a kind nobody knew when this was written, or damaged: shown as it stands. */
export interface UnknownPart extends PartBase {
  readonly kind: 'unknown';
  readonly type: string;
  readonly raw: string;
}

export type TranscriptPart =
  | TextPart
  | ThinkingPart
  | ToolPart
  | AttachmentPart
  | SubtaskPart
  | CompactionPart
  | RetryPart
  | ErrorPart
  | NotePart
  | HiddenPart
  | UnknownPart;
