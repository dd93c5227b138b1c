/**
 * The daily tidy-up: prunes every persona by the rule of the import, lets injected messages go, makes one of duplicate items,
 * and keeps the ledger small. Pure. What the person confirmed, corrected or rejected it leaves as it is.
 */
import { boundLedger } from '../extraction/bounds.ts';
import { pruneImportMessages } from '../import/prune.ts';
import { withMessages } from '../import/shrink.ts';
import type { Limits } from '../model/constants.ts';
import { isFullyExtracted } from '../model/message.ts';
import type { CeremonyReport } from '../model/memory-views.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import type { PersonaGroup, PersonaState } from '../state/records.ts';
import { planDuplicates } from './duplicates.ts';

export interface CeremonyInput {
  readonly state: PersonaState;
  /** Sessions that still wait: what was injected of them stays. */
  readonly isOpen: (sessionId: string) => boolean;
  /** ms */
  readonly now: number;
  readonly limits: Limits;
  readonly stamp: Stamp;
}

export interface Ceremony {
  readonly state: PersonaState;
  readonly report: Omit<CeremonyReport, 'bytesBefore' | 'bytes'>;
}

export function planCeremony(input: CeremonyInput): Ceremony {
  const { state, now, limits, stamp } = input;
  const { items, merged } = planDuplicates(state.items, now, stamp);
  const ledger = boundLedger(state.ledger, limits.stateLimitBytes);
  const tidied = [...state.personas.values()].map((group) => tidy(group, input));
  const personas = new Map(tidied.map(({ group }) => [group.record.id, group]));
  const sealed = [...ledger].filter(([id, entry]) => entry !== state.ledger.get(id)).length;
  return {
    state: { ...state, meta: { ...state.meta, clock: stamp, lastCeremony: now }, items, ledger, personas },
    report: {
      personas: tidied.map(({ group, pruned, released }) => ({ id: group.record.id, pruned, released })),
      merged,
      sealed,
    },
  };
}

interface Tidied {
  readonly group: PersonaGroup;
  readonly pruned: number;
  readonly released: number;
}

function tidy(group: PersonaGroup, { isOpen, now, limits, stamp }: CeremonyInput): Tidied {
  const kept = group.messages.filter(({ injected }) => !injected);
  const stays = group.messages.filter(
    ({ injected, flags, sessionId }) => injected && !isFullyExtracted(flags) && isOpen(sessionId),
  );
  const line = kept.map(({ id, time, flags }) => ({ id, timestamp: time, extracted: isFullyExtracted(flags) }));
  const dropped = pruneImportMessages(line, now, limits);
  const left = kept.filter(({ id }) => !dropped.has(id));
  const floored = dropped.size === 0 ? group : withFloor(group, kept, dropped, stamp);
  return {
    group: withMessages(floored, [...left, ...stays]),
    pruned: dropped.size,
    released: group.messages.length - kept.length - stays.length,
  };
}

/** Pruning is not a deletion: the floor tells other devices below which time nothing need come back. */
function withFloor(
  group: PersonaGroup,
  kept: PersonaGroup['messages'],
  dropped: ReadonlySet<string>,
  version: Stamp,
): PersonaGroup {
  const left = kept.find(({ id }) => !dropped.has(id));
  const floor = left === undefined ? group.record.floor : Math.max(left.time, group.record.floor ?? left.time);
  return floor === group.record.floor ? group : { ...group, record: { ...group.record, floor, version } };
}
