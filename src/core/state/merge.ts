/**
 * Two states become one, record by record. Pure; the order in which states are merged, and how often, does not matter.
 *
 * What is a device's own (its meta, messages brought back for extraction) stays as it is.
 */
import type { Limits } from '../model/constants.ts';
import { uniteEvidence } from '../model/evidence.ts';
import type { Flags } from '../model/message.ts';
import { compareTexts, joinMaps, laterOf } from './join.ts';
import type { ItemRecord, LedgerRecord, MessageRecord, PersonaGroup, PersonaState, Versioned } from './records.ts';
import { byTimeThenId } from './records.ts';
import type { SharedState } from './shared.ts';

export interface MergeOptions {
  /** ms */
  readonly now: number;
  readonly limits: Limits;
}

export interface Merged {
  /** To be committed through `StateAccess.commit({ state })`, which keeps it within its limit; then `shardsOf` what is kept. */
  readonly state: PersonaState;
  /** Whether it is another one than `local`. */
  readonly changed: boolean;
}

/** @param remote what other devices have, as `readShards` gives it: all of it or what changed */
export function mergeStates(local: PersonaState, remote: SharedState, _options: MergeOptions): Merged {
  const state: PersonaState = {
    ...local,
    personas: joinMaps(local.personas, remote.personas, joinPersonas),
    topics: joinMaps(local.topics, remote.topics, laterRecord),
    items: joinMaps(local.items, remote.items, joinItems),
    ledger: joinMaps(local.ledger, remote.ledger, joinEntries),
    settings: laterOf(local.settings, remote.settings, compareRecords),
  };
  const changed = (['personas', 'topics', 'items', 'ledger', 'settings'] as const).some(
    (part) => state[part] !== local[part],
  );
  return { state: changed ? state : local, changed };
}

function compareRecords<T extends Versioned>(a: T, b: T): number {
  return compareTexts(a.version, b.version) || compareTexts(JSON.stringify(a), JSON.stringify(b));
}

function laterRecord<T extends Versioned>(a: T, b: T): T {
  return compareRecords(a, b) >= 0 ? a : b;
}

function joinPersonas(a: PersonaGroup, b: PersonaGroup): PersonaGroup {
  const messages = joinMaps(byId(a), byId(b), joinMessages);
  const record = laterRecord(a.record, b.record);
  return { record, messages: [...messages.values()].sort(byTimeThenId) };
}

function byId({ messages }: PersonaGroup): Map<string, MessageRecord> {
  return new Map(messages.map((message) => [message.id, message]));
}

function joinMessages(a: MessageRecord, b: MessageRecord): MessageRecord {
  return { ...laterRecord(a, b), flags: union(a.flags, b.flags), injected: a.injected && b.injected };
}

function union(a: Flags, b: Flags): Flags {
  return { p: a.p || b.p, r: a.r || b.r, o: a.o || b.o, f: a.f || b.f };
}

function joinItems(a: ItemRecord, b: ItemRecord): ItemRecord {
  return { ...laterRecord(a, b), evidence: uniteEvidence(a.evidence, b.evidence) };
}

function joinEntries(a: LedgerRecord, b: LedgerRecord): LedgerRecord {
  return laterRecord(a, b);
}
