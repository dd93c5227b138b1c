import { expect, it } from 'vitest';
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import { DEFAULT_SETTINGS } from '../model/extraction-settings.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { encodeKeys, keysFor, KEYS_KEY, loadKeys, withChange, withKey } from './settings.ts';

function at(baseUrl: string): ExtractionSettings {
  return { ...DEFAULT_SETTINGS, provider: 'openai', openai: { baseUrl, model: 'm' } };
}

it('a key goes to the server it was given for and to no other, whoever changes the address', async () => {
  const keys = withKey({}, 'openai', 'sk-1', at('https://one.example/v1'));
  expect(keysFor(keys, at('https://one.example/v2'))).toEqual({ openai: 'sk-1' });
  expect(keysFor(keys, at('https://two.example/v1'))).toEqual({});
  expect(keysFor(keys, at('http://one.example/v1'))).toEqual({});
  const store = new MemoryStore(new Map([[KEYS_KEY, encodeKeys(keys) ?? '']]));
  expect(keysFor(await loadKeys(store), at('https://one.example/v1'))).toEqual({ openai: 'sk-1' });
});

it('a key kept without its server is not used, and one of the other provider stays', async () => {
  const store = new MemoryStore(new Map([[KEYS_KEY, '{"openai":"sk-1","anthropic":"sk-2"}']]));
  expect(await loadKeys(store)).toEqual({ anthropic: 'sk-2' });
  const both = withKey(await loadKeys(store), 'openai', 'sk-3', at('https://one.example/v1'));
  expect(withKey(both, 'openai', null, at('https://one.example/v1'))).toMatchObject({ anthropic: 'sk-2' });
  expect(keysFor(withKey(both, 'openai', '', at('https://one.example')), at('https://one.example'))).toEqual({
    anthropic: 'sk-2',
  });
});

it('of prices the one that changes is said; all at 0 are none', () => {
  const input = withChange(DEFAULT_SETTINGS, { prices: { inputPerMillion: 3 } });
  const both = withChange(input, { prices: { outputPerMillion: 15 } });
  expect(both.prices).toEqual({ inputPerMillion: 3, outputPerMillion: 15 });
  expect(withChange(both, { concurrency: 4 }).prices).toEqual(both.prices);
  expect(withChange(input, { prices: { inputPerMillion: 0 } }).prices).toBeNull();
});
