/**
 * Two states become one, record by record. Pure; the order in which states are merged, and how often, does not matter.
 *
 * What is a device's own (its meta, messages brought back for extraction, what its catalog has seen) stays as it is.
 */
import type { Limits } from '../model/constants.ts';
import { boundItems, boundLedger, boundTopics } from './bounds.ts';
import type { Stamp } from './hybrid-clock.ts';
import { MOST_AHEAD_MS, stampTime } from './hybrid-clock.ts';
import { joinGone } from './join-gone.ts';
import { joinItems } from './join-items.ts';
import { joinEntries } from './join-ledger.ts';
import { joinPersonas } from './join-personas.ts';
import { joinSettings } from './join-settings.ts';
import { compareTexts, joinMaps, laterOf, laterRecord } from './join.ts';
import type { PersonaState, Versioned } from './records.ts';
import { settled } from './settle.ts';
import type { SharedState } from './shared.ts';
import { untangled } from './untangle.ts';

export interface MergeOptions {
  /** ms */
  readonly now: number;
  readonly limits: Pick<Limits, 'stateLimitBytes'>;
}

export interface Merged {
  /** To be committed through `StateAccess.commit({ state })`, which keeps it within its limit; then `shardsOf` what is kept. */
  readonly state: PersonaState;
  /** Whether it is another one than `local`. */
  readonly changed: boolean;
}

/** @param remote what other devices have, as `readShards` gives it: all of it or what changed */
export function mergeStates(local: PersonaState, remote: SharedState, { now, limits }: MergeOptions): Merged {
  const joined = bounded(settled(joinShared(local, remote), local), limits.stateLimitBytes);
  const shared = { ...joined, items: untangled(joined.items) };
  const changed = PARTS.some((part) => shared[part] !== local[part]);
  if (!changed) return { state: local, changed };
  const clock = laterOf(local.meta.clock, newestOf(remote, now), compareTexts);
  return { state: { ...shared, meta: { ...local.meta, clock } }, changed };
}

const PARTS = ['personas', 'topics', 'items', 'ledger', 'settings', 'gone'] as const;

/** All that either has. @param a a part of it that `b` adds nothing to is given back as it is */
export function joinShared<T extends SharedState>(a: T, b: SharedState): T {
  return {
    ...a,
    personas: joinMaps(a.personas, b.personas, joinPersonas),
    topics: joinMaps(a.topics, b.topics, laterRecord),
    items: joinMaps(a.items, b.items, joinItems),
    ledger: joinMaps(a.ledger, b.ledger, joinEntries),
    settings: joinSettings(a.settings, b.settings),
    gone: joinGone(a.gone, b.gone),
  };
}

/** Two that each kept to their shares may have more than these together. */
function bounded(state: PersonaState, limitBytes: number): PersonaState {
  const { items, gone } = boundItems(state.items, state.gone, limitBytes);
  const ledger = boundLedger(state.ledger, limitBytes);
  return { ...state, items, ledger, ...boundTopics(state.topics, gone, limitBytes) };
}

/** Of stamps that are not from a clock that is far ahead. */
function newestOf({ personas, topics, items, ledger, settings }: SharedState, now: number): Stamp | null {
  let newest: Stamp | null = null;
  const look = ({ version }: Versioned): void => {
    if ((newest === null || version > newest) && stampTime(version) <= now + MOST_AHEAD_MS) newest = version;
  };
  for (const { record, messages } of personas.values()) {
    look(record);
    messages.forEach(look);
  }
  for (const records of [topics, items, ledger]) for (const record of records.values()) look(record);
  if (settings !== null) look(settings);
  return newest;
}
