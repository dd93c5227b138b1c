/**
 * The daily tidy-up: prunes every persona by the rule of the import, lets injected messages go, makes one of duplicate items,
 * and keeps the ledger small. Pure. What the person confirmed, corrected or rejected it leaves as it is.
 */
import { boundLedger } from '../state/bounds.ts';
import { pruneKeepingNewest } from '../import/prune.ts';
import { withMessages } from '../import/shrink.ts';
import type { Limits } from '../model/constants.ts';
import { isFullyExtracted } from '../model/message.ts';
import type { CeremonyReport } from '../model/memory-views.ts';
import { withoutOldDeletions } from '../state/deletions.ts';
import { withFloors } from '../state/floors.ts';
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
  const gone = withoutOldDeletions(state.gone, now);
  const ledger = boundLedger(state.ledger, limits.stateLimitBytes);
  const tidied = [...state.personas.values()].map((group) => tidy(group, input));
  const personas = new Map(tidied.map(({ group }) => [group.record.id, group]));
  const sealed = [...ledger].filter(([id, entry]) => entry !== state.ledger.get(id)).length;
  return {
    state: { ...state, meta: { ...state.meta, clock: stamp, lastCeremony: now }, items, ledger, personas, gone },
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

function tidy(group: PersonaGroup, { isOpen, now, limits }: CeremonyInput): Tidied {
  const kept = group.messages.filter(({ injected }) => !injected);
  const stays = group.messages.filter(
    ({ injected, flags, sessionId }) => injected && !isFullyExtracted(flags) && isOpen(sessionId),
  );
  const line = kept.map(({ id, time, flags }) => ({ id, timestamp: time, extracted: isFullyExtracted(flags) }));
  const dropped = pruneKeepingNewest(line, now, limits);
  const left = kept.filter(({ id }) => !dropped.has(id));
  const gone = kept.filter(({ id }) => dropped.has(id));
  const record = withFloors(group.record, gone);
  const floored = record === group.record ? group : { ...group, record };
  return {
    group: withMessages(floored, [...left, ...stays]),
    pruned: dropped.size,
    released: group.messages.length - kept.length - stays.length,
  };
}
