/** What a run costs, foreseen and as it was. Prices are the person's to say: none is known here. */
import type { Prices } from '../../model/extraction-settings.ts';
import type { Usage } from './provider.ts';

/** Null when the tokens or the prices are not known. */
export function costOf(usage: Usage | null, prices: Prices | null): number | null {
  if (usage === null || prices === null) return null;
  return (usage.inputTokens * prices.inputPerMillion + usage.outputTokens * prices.outputPerMillion) / 1_000_000;
}

/** Calls and tokens of a run before it begins: "about 460 calls, 4.6 M tokens". */
export interface Foreseen {
  readonly calls: number;
  /** Sent, as near as one can say before. */
  readonly inputTokens: number;
  /** Of the input alone, since nobody knows how long the replies will be. Null without prices. */
  readonly inputCost: number | null;
}

/** What instructions and known items add to a call, about. */
const TOKENS_AROUND_A_CHUNK = 1_200;

/** @param chunks the tokens of each chunk of the run */
export function foresee(chunks: Iterable<{ readonly tokens: number }>, prices: Prices | null): Foreseen {
  let calls = 0;
  let inputTokens = 0;
  for (const { tokens } of chunks) {
    calls += 1;
    inputTokens += tokens + TOKENS_AROUND_A_CHUNK;
  }
  return { calls, inputTokens, inputCost: costOf({ inputTokens, outputTokens: 0 }, prices) };
}
