import type { Tool } from './agent-session.ts';

export type Role = 'user' | 'assistant';

/** Which extractions have finished for a message: `f` fact, `r` trait, `p` person, `o` topic. */
export interface Flags {
  readonly p: boolean;
  readonly r: boolean;
  readonly o: boolean;
  readonly f: boolean;
}

export const NO_FLAGS: Flags = { p: false, r: false, o: false, f: false };

export function isFullyExtracted(flags: Flags): boolean {
  return flags.p && flags.r && flags.o && flags.f;
}

/** A message a persona keeps, with its provenance. */
export interface Message {
  readonly id: string;
  readonly source: Tool;
  readonly sessionId: string;
  /** Lower-cased agent id inside the tool's namespace. */
  readonly agent: string;
  readonly role: Role;
  /** ms since 1970 */
  readonly time: number;
  readonly text: string;
  /** Length of the whole text in UTF-16 units, when only its head is kept here. */
  readonly clippedFrom?: number;
  readonly flags: Flags;
  /** Brought back for extraction only; the next ceremony lets it go. Never synced. */
  readonly injected: boolean;
}

/** Agents that summarise and name things for the tool: no one to remember. */
const UTILITY_AGENTS: ReadonlySet<string> = new Set(['compaction', 'title', 'summary']);

/** True for `compaction`, `title` and `summary`, the tool's own helpers, which make no persona. */
export function isUtilityAgent(agent: string): boolean {
  return UTILITY_AGENTS.has(agent);
}
