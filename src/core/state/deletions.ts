/**
 * What a person deletes leaves a mark for a while, so that no other device brings it back: a tombstone. Marks are dropped after
 * `REMEMBERED_DAYS`; a device that was away for longer may still have what was deleted, and has to start from the vault.
 */
import { DAY_MS } from '../model/constants.ts';
import type { Stamp } from './hybrid-clock.ts';
import { stampTime } from './hybrid-clock.ts';
import { joinGone } from './join-gone.ts';
import type { Gone, InStep, PersonaState } from './records.ts';
import { NOTHING_GONE } from './records.ts';

export const REMEMBERED_DAYS = 90;

/** Without these items, for good. @param stamp later than any version of them */
export function withoutItems(
  { items, gone }: Pick<PersonaState, 'items' | 'gone'>,
  ids: readonly string[],
  stamp: Stamp,
): Pick<PersonaState, 'items' | 'gone'> {
  if (ids.length === 0) return { items, gone };
  const kept = new Map(items);
  for (const id of ids) kept.delete(id);
  const deleted = new Map(ids.map((id) => [id, stamp]));
  return { items: kept, gone: joinGone(gone, { ...NOTHING_GONE, deleted }) };
}

/** Without marks that are older than `REMEMBERED_DAYS`. @param now ms */
export function withoutOldDeletions(gone: Gone, now: number): Gone {
  const old = [...gone.deleted.values()].filter((when) => stampTime(when) < now - REMEMBERED_DAYS * DAY_MS).sort();
  const last = old.at(-1);
  return last === undefined ? gone : joinGone(gone, { ...NOTHING_GONE, horizon: last });
}

/** Whether a state and the vault were last in step so long ago that marks made meanwhile may be dropped. @param now ms */
export function wasAway(inStep: InStep | null, now: number): boolean {
  return inStep !== null && now - inStep.time > REMEMBERED_DAYS * DAY_MS;
}

/**
 * Whether a device must not merge what it has, but start from the vault: it was away for longer than marks last, and marks it has not
 * seen were dropped meanwhile. A clock that has jumped alone is no reason.
 *
 * @param vault null: which marks the vault has dropped can't be read
 */
export function wasAwayTooLong(inStep: InStep | null, vault: Gone | null, now: number): boolean {
  return inStep !== null && wasAway(inStep, now) && (vault === null || vault.horizon > inStep.horizon);
}
