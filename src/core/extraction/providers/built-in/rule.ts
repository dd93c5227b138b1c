/** What every rule family gives. */
import type { Span } from '../../../model/span.ts';
import type { Clause } from './clauses.ts';
import type { Statement } from './statement.ts';

/** A fact or a trait that a clause states. */
export interface Stated extends Span {
  readonly kind: 'fact' | 'trait';
  readonly name: string;
  /** Of a fact. */
  readonly subject: string | null;
  /** Its words are worth keeping as a quote. */
  readonly isQuote: boolean;
  /** Said of a person by name: another thing than what stands around it. */
  readonly isPerson?: boolean;
}

/** What a clause states, or null. Conditions, questions and what else is not meant are not asked about. */
export type Rule = (clause: Clause, statement: Statement) => Stated | null;

/** One way to say a thing, and the reason it is one where that is not plain to see. */
export interface Cue {
  readonly pattern: RegExp;
  /** Words of the same statement with which it does not hold. */
  readonly unless?: RegExp;
  readonly subject?: string;
}

/** The first cue that fits. */
export function cueOf(cues: readonly Cue[], words: string): Cue | null {
  return cues.find(({ pattern, unless }) => pattern.test(words) && !unless?.test(words)) ?? null;
}
