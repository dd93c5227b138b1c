/**
 * What pruning leaves behind in a persona's record, so that it holds on every device. A floor only rises. It lets go of
 * messages whose four flags are set; what waits stays, until it is done. `left` lets go of all: that is for want of room alone.
 */
import type { MessagePlace } from '../model/ledger.ts';
import { isFullyExtracted } from '../model/message.ts';
import { clip } from './clip.ts';
import { laterOf } from './join.ts';
import type { ClipRule, MessageRecord, PersonaRecord } from './records.ts';
import { byTimeThenId } from './records.ts';

export type Floors = Pick<PersonaRecord, 'floor' | 'left' | 'clips'>;

/** Whether a persona does not keep the message any more. @param isDone all four extractions have finished for it */
export function isLetGo({ floor, left }: Floors, message: MessagePlace, isDone: boolean): boolean {
  return isUpTo(message, left) || (isDone && isUpTo(message, floor));
}

/** The message with as much of its text as the rules let it keep. */
export function clippedBy({ clips }: Floors, message: MessageRecord): MessageRecord {
  const rule = clips.find(({ through }) => byTimeThenId(message, through) <= 0);
  return rule === undefined ? message : clip(message, rule.units);
}

export function higherPlace(a: MessagePlace | null, b: MessagePlace | null): MessagePlace | null {
  return laterOf(a, b, byTimeThenId);
}

/** Both sets of rules; one that a stricter one covers is none. The strictest first. */
export function joinClips(a: readonly ClipRule[], b: readonly ClipRule[]): readonly ClipRule[] {
  if (b.length === 0) return a;
  const rules = [...a, ...b].sort((x, y) => x.units - y.units || byTimeThenId(y.through, x.through));
  const joined: ClipRule[] = [];
  for (const rule of rules) {
    const last = joined.at(-1);
    if (last === undefined || byTimeThenId(last.through, rule.through) < 0) joined.push(rule);
  }
  return joined.length === a.length && joined.every((rule, at) => rule === a[at]) ? a : joined;
}

/** Messages that keep `units` of their text from now on. */
export interface Clipped {
  readonly units: number;
  readonly messages: readonly MessageRecord[];
}

/**
 * The record of a persona after messages that it kept were let go, and others clipped; the very same one when none was.
 */
export function withFloors(record: PersonaRecord, gone: readonly MessageRecord[], clipped?: Clipped): PersonaRecord {
  let { floor, left, clips } = record;
  for (const message of gone) {
    const { time, id, flags } = message;
    if (isFullyExtracted(flags)) floor = higherPlace(floor, { time, id });
    else left = higherPlace(left, { time, id });
  }
  const last = clipped?.messages.toSorted(byTimeThenId).at(-1);
  if (clipped !== undefined && last !== undefined) {
    const through = { time: last.time, id: last.id };
    clips = joinClips(clips, [{ units: clipped.units, through }]);
  }
  const isSame = floor === record.floor && left === record.left && clips === record.clips;
  return isSame ? record : { ...record, floor, left, clips };
}

function isUpTo(message: MessagePlace, place: MessagePlace | null): boolean {
  return place !== null && byTimeThenId(message, place) <= 0;
}
