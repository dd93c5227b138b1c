import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOf } from '../fixture-call.ts';
import type { PromptApi } from './browser.ts';
import { browserProvider } from './browser.ts';
import { costOf, foresee } from './cost.ts';
import { eventReader } from '../../net/event-stream.ts';
import { baseAddress } from './openai-address.ts';

const never = new AbortController().signal;

describe('the address of a server', () => {
  it.each<[string, string | null]>([
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['localhost:1234', 'http://localhost:1234/v1'],
    ['127.0.0.1:8080/', 'http://127.0.0.1:8080/v1'],
    ['192.168.1.20:11434', 'http://192.168.1.20:11434/v1'],
    ['http://localhost:11434/api', 'http://localhost:11434/v1'],
    [' http://localhost:1234/v1/chat/completions ', 'http://localhost:1234/v1'],
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
    ['api.openai.com', 'https://api.openai.com/v1'],
    ['https://openrouter.ai/api/v1/models', 'https://openrouter.ai/api/v1'],
    ['https://gateway.example/openai/v1beta?x=1#y', 'https://gateway.example/openai/v1beta'],
    ['https://me:secret@gateway.example/v1', null],
    ['ftp://localhost', null],
    ['', null],
    ['http://', null],
  ])('%j is %j', (typed, base) => {
    expect(baseAddress(typed)).toBe(base);
  });
});

describe('events of a stream', () => {
  it('are the same, in whatever pieces they come', () => {
    const text = 'event: a\ndata: {"x": 1}\n\n: note\r\ndata: two\r\ndata: lines\r\n\r\ndata:[DONE]\n\ndata: last';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const all: string[] = [];
        const events = eventReader((data) => all.push(data));
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        for (const [at, place] of places.slice(1).entries()) events.take(text.slice(places[at], place));
        events.end();
        expect(all).toEqual(['{"x": 1}', 'two\nlines', '[DONE]', 'last']);
      }),
    );
  });
});

describe('cost', () => {
  it('is not known where tokens or prices are not', () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };
    expect(costOf(null, { inputPerMillion: 1, outputPerMillion: 2 })).toBe(null);
    expect(costOf(usage, null)).toBe(null);
    expect(costOf(usage, { inputPerMillion: 1, outputPerMillion: 2 })).toBe(2);
  });

  it('is foreseen from the chunks of a run', () => {
    const chunks = Array.from({ length: 460 }, () => ({ tokens: 10_000 }));
    expect(foresee(chunks, null)).toEqual({ calls: 460, inputTokens: 5_152_000, inputCost: null });
    expect(foresee(chunks, { inputPerMillion: 1, outputPerMillion: 9 }).inputCost).toBe(5.152);
  });
});

describe("the browser's own model", () => {
  const call = callOf([{ text: 'I always want tabs.' }]);
  const good = JSON.stringify({
    findings: [
      {
        kind: 'trait',
        known: null,
        name: 'Wants tabs',
        description: '',
        subject: null,
        aliases: [],
        evidence: [{ message: 'm1', quote: 'tabs' }],
      },
    ],
    quotes: [],
  });
  let destroyed = 0;
  const api = (availability: string, prompt: () => Promise<string>): PromptApi => ({
    availability: () => Promise.resolve(availability),
    create: () => Promise.resolve({ prompt, destroy: () => void (destroyed += 1) }),
  });

  it('answers where there is one, and its session is let go', async () => {
    destroyed = 0;
    const one = browserProvider(api('available', () => Promise.resolve(good)));
    expect(one.needsNetwork).toBe(false);
    expect(await one.extract(call, never)).toMatchObject({
      ok: true,
      value: { found: { findings: [{}] }, usage: null },
    });
    expect(await one.models(never)).toMatchObject({ ok: true, value: [{ id: 'browser' }] });
    expect(destroyed).toBe(1);
  });

  it.each(['unavailable', 'downloadable', 'downloading'])(
    'is said to be missing when it is %s',
    async (availability) => {
      const one = browserProvider(api(availability, () => Promise.resolve(good)));
      expect(await one.extract(call, never)).toMatchObject({
        ok: false,
        failure: { code: 'unavailable', blame: 'provider' },
      });
      expect(await one.models(never)).toMatchObject({ ok: false });
    },
  );

  it('is said to be missing where the browser has none', async () => {
    expect(await browserProvider(null).test(never)).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  });

  it('may fail, and may find a chunk too long', async () => {
    const quota = Object.assign(new Error('too much'), { name: 'QuotaExceededError' });
    const failing = (error: Error) =>
      browserProvider(api('available', () => Promise.reject(error))).extract(call, never);
    expect(await failing(quota)).toMatchObject({
      failure: { code: 'refused-request', blame: 'call' },
    });
    expect(await failing(new Error('x'))).toMatchObject({ failure: { code: 'server-error' } });
  });
});
