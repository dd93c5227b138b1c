/** The byte rule outside of an import: what leaves persona state when something else in it grew. Pure. */
import type { Limits } from '../model/constants.ts';
import type { ByteDecision } from '../model/receipt.ts';
import type { MessageRecord, PersonaGroup, PersonaState } from '../state/records.ts';
import { byTimeThenId } from '../state/records.ts';
import { groupBy } from '../model/group-by.ts';
import type { Candidate } from './fit.ts';
import { bytesOf, fitToLimit } from './fit.ts';

export interface Shrunk {
  readonly state: PersonaState;
  readonly decisions: readonly ByteDecision[];
}

/**
 * The state with at least `excess` bytes less of messages, by the order of the byte rule.
 *
 * @param stateLimitBytes for the words of the decisions
 */
export function shrunk(
  state: PersonaState,
  excess: number,
  { minMessages, stateLimitBytes }: Pick<Limits, 'minMessages' | 'stateLimitBytes'>,
): Shrunk {
  const candidates = [...state.personas].flatMap(([persona, { messages }]) =>
    messages.map((record): Candidate => ({ persona, record, kept: true })),
  );
  const otherBytes = stateLimitBytes - (bytesOf(candidates) - excess);
  const fitted = fitToLimit(candidates, otherBytes, { minMessages, stateLimitBytes });
  const left = groupBy(fitted.candidates, ({ persona }) => persona);
  const personas = new Map(
    [...state.personas].map(([id, group]): [string, PersonaGroup] => {
      const records = (left.get(id) ?? []).map(({ record }) => record);
      return [id, withMessages(group, records)];
    }),
  );
  return { state: { ...state, personas }, decisions: fitted.decisions };
}

/** The group with these messages, in order; the very same one when nothing changed. */
export function withMessages(group: PersonaGroup, records: readonly MessageRecord[]): PersonaGroup {
  const sorted = records.toSorted(byTimeThenId);
  const { messages } = group;
  const isSame = sorted.length === messages.length && sorted.every((record, at) => record === messages[at]);
  return isSame ? group : { ...group, messages: sorted };
}
