/** The byte rule outside of an import: what leaves persona state when something else in it grew. Pure. */
import type { Limits } from '../model/constants.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { ByteDecision } from '../model/receipt.ts';
import type { MessageRecord, PersonaGroup, PersonaState } from '../state/records.ts';
import { byTimeThenId } from '../state/records.ts';
import type { PreparedState, StateKeeper } from '../state/state-keeper.ts';
import { groupBy } from '../model/group-by.ts';
import type { Candidate } from './fit.ts';
import { bytesOf, fittedRecord, fitToLimit } from './fit.ts';

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
  const before = groupBy(candidates, ({ persona }) => persona);
  const left = groupBy(fitted.candidates, ({ persona }) => persona);
  const personas = new Map(
    [...state.personas].map(([id, group]): [string, PersonaGroup] => {
      const after = left.get(id) ?? [];
      const record = fittedRecord(group.record, before.get(id) ?? [], after, fitted.units);
      const fit = withMessages(
        group,
        after.map((candidate) => candidate.record),
      );
      return [id, record === group.record ? fit : { ...fit, record }];
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

/** When something has to leave, so much room is made, that it does not have to at every commit. */
const ROOM = 0.03;
const ATTEMPTS = 8;

/**
 * The state ready to be written, with what must leave for it to stay within its limit.
 *
 * @throws ProblemError when it can't
 */
export function preparedWithin(
  keeper: StateKeeper,
  state: PersonaState,
  limits: Pick<Limits, 'minMessages' | 'stateLimitBytes'>,
): { readonly prepared: PreparedState; readonly decisions: readonly ByteDecision[] } {
  const { stateLimitBytes } = limits;
  const decisions: ByteDecision[] = [];
  let prepared = keeper.prepare(state);
  let left = state;
  for (let attempt = 0; prepared.bytes > stateLimitBytes && attempt < ATTEMPTS; attempt += 1) {
    const step = shrunk(left, prepared.bytes - stateLimitBytes * (1 - ROOM), limits);
    decisions.push(...step.decisions);
    left = step.state;
    prepared = keeper.prepare(left);
  }
  if (prepared.bytes <= stateLimitBytes) return { prepared, decisions };
  const message = `What is remembered does not fit ${stateLimitBytes} bytes even with every message left out. Nothing was changed.`;
  throw new ProblemError(problem('internal', 'error', 'persona state', message));
}
