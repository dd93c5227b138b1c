import type { TokenUse } from '../../model/activity.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import type { WantedKeys } from '../sparse-json.ts';

/** All that {@link tokenUse} looks at. */
export const TOKEN_KEYS: WantedKeys = {
  modelID: 'value',
  providerID: 'value',
  model: { id: 'value', modelID: 'value', providerID: 'value' },
  cost: 'value',
  tokens: { input: 'value', output: 'value', reasoning: 'value', cache: { read: 'value', write: 'value' } },
};

/**
 * What an answer took, of any generation: `modelID` and `providerID` beside the tokens, or a `model` of `id` and `providerID`. Null
 * when no tokens were recorded.
 */
export function tokenUse(data: JsonObject): TokenUse | null {
  const tokens = data['tokens'];
  if (!isObject(tokens)) return null;
  const cache = isObject(tokens['cache']) ? tokens['cache'] : {};
  const input = count(tokens['input']);
  const output = count(tokens['output']);
  const reasoning = count(tokens['reasoning']);
  const cacheRead = count(cache['read']);
  const cacheWrite = count(cache['write']);
  const cost = amount(data['cost']);
  const isNothing = input + output + reasoning + cacheRead + cacheWrite + (cost ?? 0) === 0;
  return isNothing ? null : { model: modelOf(data), input, output, reasoning, cacheRead, cacheWrite, cost };
}

function modelOf(data: JsonObject): string {
  const nested = isObject(data['model']) ? data['model'] : {};
  const model = stringOf(data['modelID']) ?? stringOf(nested['id']) ?? stringOf(nested['modelID']) ?? 'unknown';
  const provider = stringOf(data['providerID']) ?? stringOf(nested['providerID']);
  return provider === null || provider === '' ? model : `${provider}/${model}`;
}

function count(value: unknown): number {
  return Math.round(amount(value) ?? 0);
}

/** A number that is not below zero, or null. */
function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
