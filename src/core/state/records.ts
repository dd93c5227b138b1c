import type { Tool } from '../model/agent-session.ts';
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import type { Item } from '../model/item.ts';
import type { LedgerEntry, MessagePlace } from '../model/ledger.ts';
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
  /** Pruning is not a deletion: what is fully extracted up to here was let go, on all devices. What waits stays. */
  readonly floor: MessagePlace | null;
  /** Up to here all was left to the sources, for want of room. */
  readonly left: MessagePlace | null;
  /** How much is kept of long messages, for want of room: the shortest first. */
  readonly clips: readonly ClipRule[];
}

/** Messages up to `through` keep at most `units` of their text. */
export interface ClipRule {
  readonly units: number;
  readonly through: MessagePlace;
}

/** Its version is that of its text: flags are only ever added. */
export interface MessageRecord extends Message, Versioned {}

/** The topic of one top-level session: its id is the session's, its name the title. */
export interface TopicRecord extends Versioned {
  readonly id: string;
  readonly name: string;
}

export interface ItemRecord extends Item, Versioned {
  /** When a person last decided about it. What they decided wins over all that was only found. */
  readonly decided: Stamp | null;
  /** When words were last taken from it, not only added: its words from before are no longer united with these. */
  readonly wordsSince: Stamp | null;
}

export interface LedgerRecord extends LedgerEntry, Versioned {}

export interface SettingsRecord extends ExtractionSettings, Versioned {
  /** When each of them was last chosen; empty: never. */
  readonly chosen: Readonly<Record<keyof ExtractionSettings, Stamp>>;
}

/** What is gone for good, and does not come back from another device. */
export interface Gone {
  /** Items a person deleted, by id, and when. */
  readonly deleted: ReadonlyMap<string, Stamp>;
  /** Deletions up to here are no longer remembered. Empty: all are. */
  readonly horizon: Stamp;
  /** Proposed items that were let go for want of room: of those with so many words, all last said up to here. */
  readonly items: ReadonlyMap<number, MessagePlace>;
  /** Topics that were let go for want of room: all up to this version, and of it up to this id. */
  readonly topics: TopicPlace | null;
}

export interface TopicPlace {
  readonly version: Stamp;
  readonly id: string;
}

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
  /** When all that a vault had was last in this state. Null: never. */
  readonly inStep: InStep | null;
}

/** Deletions that a vault forgot after this may be unknown to the state. */
export interface InStep {
  /** To the day, ms. */
  readonly time: number;
  /** Of `Gone`, as it was then. */
  readonly horizon: Stamp;
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
  readonly gone: Gone;
}

export const NOTHING_GONE: Gone = { deleted: new Map(), horizon: '', items: new Map(), topics: null };

export function emptyState(device: string): PersonaState {
  return {
    meta: { device, clock: null, lastSync: null, extractionPoint: null, lastCeremony: null, inStep: null },
    personas: new Map(),
    topics: new Map(),
    items: new Map(),
    ledger: new Map(),
    settings: null,
    gone: NOTHING_GONE,
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
