import { createHash } from 'node:crypto';
import type { Half } from './load.ts';
import type { LabelledMessage } from './message.ts';

const SEED = 'dramatis 1';
const UNSEEN_SHARE = 0.36;

type Placed = Pick<LabelledMessage, 'id' | 'group' | 'language'>;

/**
 * Which half each message belongs to, by id. Each group (and each language of the group `language`) gives the same share
 * to the unseen half; within it a hash of seed and id decides, so neither text nor labels have a say, and a label that
 * is corrected later moves nothing.
 */
export function halvesOf(messages: readonly Placed[]): Map<string, Half> {
  const halves = new Map<string, Half>();
  for (const stratum of strataOf(messages)) {
    const ids = stratum.toSorted((a, b) => compare(rank(a), rank(b)));
    const unseen = Math.round(ids.length * UNSEEN_SHARE);
    for (const [index, id] of ids.entries()) halves.set(id, index < unseen ? 'unseen' : 'work');
  }
  return halves;
}

function strataOf(messages: readonly Placed[]): string[][] {
  const strata = new Map<string, string[]>();
  for (const { id, group, language } of messages) {
    const key = `${group} ${language ?? ''}`;
    strata.set(key, [...(strata.get(key) ?? []), id]);
  }
  return [...strata.values()];
}

function rank(id: string): string {
  return createHash('sha256').update(`${SEED} ${id}`).digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
