import type { Tool } from '../model/agent-session.ts';
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import type { Item } from '../model/item.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Message } from '../model/message.ts';
import type { Stamp } from './hybrid-clock.ts';

/** A record of persona state: merging two states takes, record by record, the one with the later version. */
export interface Versioned {
  readonly version: Stamp;
}

export interface PersonaRecord extends Versioned {
  /** `opencode:build`: the tool's namespace and the exact agent id, lower-cased. */
  readonly id: string;
  readonly source: Tool;
  readonly agent: string;
  /** What the person called it; null until they do. Import never touches it. */
  readonly name: string | null;
  /** Pruning is not a deletion: below this time (ms) nothing beyond the minimum is kept, on any device. */
  readonly floor: number | null;
}

export interface MessageRecord extends Message, Versioned {}

/** The topic of one top-level session: its id is the session's, its name the title. */
export interface TopicRecord extends Versioned {
  readonly id: string;
  readonly name: string;
}

export interface ItemRecord extends Item, Versioned {}

export interface LedgerRecord extends LedgerEntry, Versioned {}

export interface SettingsRecord extends ExtractionSettings, Versioned {}

/** A persona and what it keeps, oldest first. */
export interface PersonaGroup {
  readonly record: PersonaRecord;
  readonly messages: readonly MessageRecord[];
}

/** Where this device stands. Written with every commit, never merged. */
export interface Meta {
  readonly device: string;
  readonly clock: Stamp | null;
  /** When the previous import began, ms. Null before the first. */
  readonly lastSync: number | null;
  /** Archive sessions up to here have been extracted, ms. */
  readonly extractionPoint: number | null;
  /** When the last ceremony was, ms. Null before the first. */
  readonly lastCeremony: number | null;
}

/** The bounded part: this alone is stored as state and synced. Values are replaced, never changed in place. */
export interface PersonaState {
  readonly meta: Meta;
  readonly personas: ReadonlyMap<string, PersonaGroup>;
  readonly topics: ReadonlyMap<string, TopicRecord>;
  readonly items: ReadonlyMap<string, ItemRecord>;
  /** By session id. */
  readonly ledger: ReadonlyMap<string, LedgerRecord>;
  /** Null while nothing was chosen. */
  readonly settings: SettingsRecord | null;
}

export function emptyState(device: string): PersonaState {
  return {
    meta: { device, clock: null, lastSync: null, extractionPoint: null, lastCeremony: null },
    personas: new Map(),
    topics: new Map(),
    items: new Map(),
    ledger: new Map(),
    settings: null,
  };
}

export function personaId(source: Tool, agent: string): string {
  return `${source}:${agent}`;
}

/** The order of a conversation across time: never by id alone, ids wrapped once. */
export function byTimeThenId(a: { time: number; id: string }, b: { time: number; id: string }): number {
  if (a.time !== b.time) return a.time - b.time;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
