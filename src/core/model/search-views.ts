/** What search asks and gives back. All of it can cross to a screen. Times are ms since 1970. */
import type { Tool } from './agent-session.ts';
import type { ItemKind } from './item.ts';
import type { Role } from './message.ts';
import type { Problem } from './problem.ts';
import type { Span } from './span.ts';

/** What else must be so. Null: anything. */
export interface SearchFilters {
  readonly tool: Tool | null;
  /** In the path or the name of the folder. */
  readonly project: string | null;
  /** In the id or the name. */
  readonly persona: string | null;
  readonly role: Role | null;
  readonly since: number | null;
  readonly until: number | null;
}

export interface SearchRequest {
  /** As it was typed: words, quoted phrases, and filters as words (`project:shop`). */
  readonly text: string;
  /** Beside those of the text, and before them. */
  readonly filters?: Partial<SearchFilters>;
  /** Hits of each kind, at most. Default 8. */
  readonly limit?: number;
}

/** A text with stretches to be shown as found. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly Span[];
}

export interface PersonaHit {
  readonly id: string;
  readonly name: Marked;
  readonly source: Tool;
  readonly lastTime: number | null;
}

export interface SessionHit {
  readonly id: string;
  readonly title: Marked;
  /** Where else it stands, when the title alone does not say it. */
  readonly excerpt: Marked | null;
  readonly source: Tool;
  readonly projectName: string;
  readonly time: number;
}

export interface ItemHit {
  readonly id: string;
  readonly kind: ItemKind;
  readonly name: Marked;
  readonly excerpt: Marked | null;
  readonly time: number;
}

export interface MessageHit {
  readonly id: string;
  readonly sessionId: string;
  readonly sessionTitle: string;
  readonly projectPath: string;
  readonly projectName: string;
  readonly source: Tool;
  readonly agent: string;
  readonly role: Role;
  /** False for what another agent told a sub-agent. */
  readonly byPerson: boolean;
  readonly time: number;
  readonly excerpt: Marked;
  /** The persona that keeps it; null: it was found in its source alone. */
  readonly personaId: string | null;
  /** It was found in what a tool was given, or gave back. */
  readonly inTool: boolean;
}

/** The first hits, and how many there are. */
export interface Hits<T> {
  readonly total: number;
  readonly hits: readonly T[];
}

/** What is kept on this device and fits, newest first. */
export interface KeptResults {
  readonly personas: Hits<PersonaHit>;
  readonly sessions: Hits<SessionHit>;
  readonly items: Hits<ItemHit>;
  readonly messages: Hits<MessageHit>;
  /** What of the request was not understood and left out, a sentence each. */
  readonly notes: readonly string[];
  /** Nothing is asked for: neither words nor filters. */
  readonly isEmpty: boolean;
}

/** How far the search through the sources is. */
export interface HistoryProgress {
  /** Messages that were looked at, of all that the catalog counts (0: not known). */
  readonly searched: number;
  readonly total: number;
  readonly found: number;
  /** Sessions whose tool calls were looked through, of all; null where tools are not asked for. */
  readonly toolSessions: { readonly done: number; readonly total: number } | null;
  /** The newest of what was found, newest first. */
  readonly hits: readonly MessageHit[];
  readonly problems: readonly Problem[];
}

export interface HistoryOutcome extends HistoryProgress {
  /** `done`: all of it was searched. `cancelled`: the signal came. */
  readonly ended: 'done' | 'cancelled';
}
