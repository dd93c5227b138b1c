import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, itemOf } from '../fixture-call.ts';
import { anthropicProvider } from './anthropic.ts';
import type { Behaviour, ModelServer } from './fixture-model-server.ts';
import { anthropicEvents, browserFetch, events, json, openAiEvents, startModelServer } from './fixture-model-server.ts';
import { openAiProvider } from './openai.ts';
import type { Extracted, Failure, Outcome, Provider, ProviderPorts } from './provider.ts';

/** Of no form that a redactor knows. */
const KEY = 'local-key-opensesame-mnop';
const NOW = Date.parse('2026-11-20T12:00:00Z');
/** Long enough for a busy machine; tests of silence take a shorter one. */
const SILENCE_MS = 5_000;
const SHORT_SILENCE_MS = 150;
const never = new AbortController().signal;

const call = callOf(
  [{ text: 'I always want tabs. The password is hunter2x.' }, { text: 'Tabs it is, naïve — 好的.', role: 'assistant' }],
  [itemOf('Uses tabs')],
);
const finding = { kind: 'trait', known: 'k1', name: 'Wants tabs', description: '', subject: null, aliases: [] };
const evidence = [{ message: 'm1', quote: 'I always want tabs.' }];
const GOOD = JSON.stringify({ findings: [{ ...finding, evidence }], quotes: [] });

const ports: ProviderPorts = {
  fetch,
  now: () => NOW,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  origin: null,
};

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

const openai = (more: Partial<ProviderPorts> = {}, silenceMs = SILENCE_MS, baseUrl = server.url): Provider =>
  openAiProvider({ baseUrl, model: 'tiny-1', key: KEY, silenceMs }, { ...ports, ...more });
const anthropic = (more: Partial<ProviderPorts> = {}, silenceMs = SILENCE_MS): Provider =>
  anthropicProvider({ baseUrl: server.url, model: 'tiny-2', key: KEY, silenceMs }, { ...ports, ...more });

const protocols = [
  { name: 'openai', provider: openai, reply: openAiEvents },
  { name: 'anthropic', provider: anthropic, reply: anthropicEvents },
] as const;

function found(outcome: Outcome<Extracted>): Extracted {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.value;
}

function failure<T>(outcome: Outcome<T>): Failure {
  if (outcome.ok) throw new Error('it did not fail');
  expect(JSON.stringify(outcome)).not.toContain(KEY.slice(0, 14));
  return outcome.failure;
}

describe.each(protocols)('$name over HTTP', ({ provider, reply }) => {
  it('asks and gives findings that were held against the messages, and the tokens the server counted', async () => {
    server.behave(events(reply(GOOD)));
    const { found: checked, usage } = found(await provider().extract(call, never));
    expect(checked.findings).toMatchObject([
      { name: 'Wants tabs', known: itemOf('Uses tabs').id, evidence: [{ start: 0, end: 19 }] },
    ]);
    expect(usage).toEqual({ inputTokens: 120, outputTokens: 30 });
  });

  it('sends the conversation without its secrets, and asks for a stream', async () => {
    server.behave(events(reply(GOOD)));
    await provider().extract(call, never);
    const [asked, ...more] = server.asked;
    expect(more).toEqual([]);
    const sent = JSON.stringify(asked?.body);
    expect(sent).toContain('[m1] human: I always want tabs.');
    expect(sent).toContain('[k1] trait: Uses tabs');
    expect(sent).not.toContain('hunter2x');
    expect(asked?.body.stream).toBe(true);
  });

  it('reads a reply with thinking and fences', async () => {
    const said = `<think>Hm {</think>\n\`\`\`json\n${GOOD}\n\`\`\``;
    server.behave(events(reply(said)));
    expect(found(await provider().extract(call, never)).found.findings.length).toBe(1);
  });

  it('drops and counts invented quotes', async () => {
    const invented = { ...finding, evidence: [{ message: 'm1', quote: 'I always want spaces.' }] };
    server.behave(events(reply(JSON.stringify({ findings: [invented], quotes: [] }))));
    const { found: checked } = found(await provider().extract(call, never));
    expect(checked.findings).toEqual([]);
    expect(checked.dropped).toMatchObject({ notInMessage: 1, withoutEvidence: 1 });
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', 'I found a trait.', /no JSON/],
    ['JSON that is cut', GOOD.slice(0, -9), /no JSON/],
    ['another shape', '{"facts": []}', /findings/],
    ['a wrong reference', GOOD.replace('m1', 'm7'), /"m7"/],
    ['an unknown item', GOOD.replace('k1', 'k4'), /"k4"/],
    ['thinking without an end', `<think>${GOOD}`, /no JSON/],
    ['nothing', '', /no JSON/],
  ])('calls a reply invalid: %s', async (_, text, reason) => {
    server.behave(events(reply(text)));
    const { code, blame, message } = failure(await provider().extract(call, never));
    expect([code, blame]).toEqual(['invalid-reply', 'call']);
    expect(message).toMatch(reason);
  });

  it('calls a reply invalid that was cut at the limit of the model', async () => {
    const reason = reply === openAiEvents ? 'length' : 'max_tokens';
    server.behave(events(reply(GOOD, { reason })));
    expect(failure(await provider().extract(call, never))).toMatchObject({ code: 'invalid-reply', blame: 'call' });
  });

  it('waits as long as it is told when there were too many requests', async () => {
    server.behave(json(429, { error: { message: 'Slow down.' } }, { 'retry-after': '7' }));
    expect(failure(await provider().extract(call, never))).toEqual({
      code: 'rate-limited',
      blame: 'provider',
      message: 'Too many requests. The server says: Slow down.',
      status: 429,
      retryAfterMs: 7_000,
    });
    server.behave(json(429, {}, { 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }));
    expect(failure(await provider().extract(call, never)).retryAfterMs).toBe(30_000);
    server.behave(json(429, {}));
    expect(failure(await provider().extract(call, never)).retryAfterMs).toBe(null);
  });

  it.each<[number, string, string]>([
    [401, 'key-refused', 'provider'],
    [403, 'key-refused', 'provider'],
    [402, 'no-credit', 'provider'],
    [404, 'model-missing', 'provider'],
    [408, 'server-error', 'call'],
    [413, 'refused-request', 'call'],
    [500, 'server-error', 'call'],
    [502, 'server-error', 'call'],
    [529, 'server-error', 'call'],
    [308, 'bad-settings', 'provider'],
  ])('says what %i means: %s', async (status, code, blame) => {
    server.behave(
      json(status, { error: { message: 'No.' } }, status === 308 ? { location: 'http://elsewhere.invalid/' } : {}),
    );
    expect(failure(await provider().extract(call, never))).toMatchObject({ code, blame });
    expect(server.asked.length).toBe(1);
  });

  it('never shows the key, whatever a server repeats of it', async () => {
    const words = `Incorrect key ${KEY}, local-k*******mnop, "Authorization: Bearer ${KEY}"\u001b[31m`;
    const badly: Behaviour[] = [
      json(401, { error: { message: words } }),
      json(500, { error: words }),
      (_, response) => response.writeHead(400).end(words),
      events([{ error: { type: 'api_error', message: words }, type: 'error' }]),
      events(reply(words)),
    ];
    const one = provider();
    for (const behaviour of badly) {
      server.behave(behaviour);
      const { message } = failure(await one.extract(call, never));
      expect(message).not.toContain('mnop');
      expect(message).not.toContain('\u001b');
    }
    expect(JSON.stringify(one)).not.toContain(KEY);
    expect(Object.values(one).map(String).join()).not.toContain(KEY);
  });

  it('notices a stream that was cut', async () => {
    const half = reply(GOOD).slice(0, 6);
    server.behave(events(half, 'cut'));
    expect(failure(await provider().extract(call, never))).toMatchObject({ code: 'cut-stream', blame: 'call' });
    server.behave(events(reply(GOOD, { reason: null }), 'whole'));
    expect(failure(await provider().extract(call, never))).toMatchObject({ code: 'cut-stream', blame: 'call' });
  });

  it('gives up on a server that says nothing, before its answer and in the middle of it', async () => {
    let closed = 0;
    server.behave((_, response) => void response.on('close', () => (closed += 1)));
    expect(failure(await provider({}, SHORT_SILENCE_MS).extract(call, never))).toMatchObject({
      code: 'timeout',
      blame: 'call',
    });
    server.behave((asked, response) => {
      response.on('close', () => (closed += 1));
      events(reply(GOOD).slice(0, 4), 'silent')(asked, response);
    });
    expect(failure(await provider({}, SHORT_SILENCE_MS).extract(call, never)).message).toMatch(
      /said nothing for 0\.\d seconds/,
    );
    await expect.poll(() => closed).toBe(2);
  });

  it('does not give up on a server that is slow but speaks', async () => {
    server.behave((_, response) => {
      const all = reply(GOOD).map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const beat = 250;
      const size = Math.ceil(all.length / 6);
      const next = (): void => {
        const some = all.splice(0, size).join('');
        if (some === '') response.end();
        else response.write(some, () => setTimeout(next, beat));
      };
      next();
    });
    expect(found(await provider({}, 1_200).extract(call, never)).found.findings.length).toBe(1);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    server.behave((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      controller.abort();
    });
    expect(failure(await provider().extract(call, controller.signal)).code).toBe('cancelled');
  });

  it('says when a browser was not allowed to ask, and what to set', async () => {
    const origin = 'https://dramatis.example';
    const ask = () => provider({ fetch: browserFetch(origin), origin }).extract(call, never);
    server.behave((_, response) => response.writeHead(403).end());
    const { code, blame, message } = failure(await ask());
    expect([code, blame]).toEqual(['cors-refused', 'provider']);
    expect(message).toContain('OLLAMA_ORIGINS=https://dramatis.example');
    expect(message).toContain('LM Studio');
    server.behave((asked, response) => {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', asked.headers['access-control-request-headers'] ?? '');
      if (asked.method === 'OPTIONS') response.writeHead(204).end();
      else events(reply(GOOD))(asked, response);
    });
    expect(found(await ask()).found.findings.length).toBe(1);
  });

  it('lists models, and says what is wrong with a server that has none', async () => {
    server.behave(
      json(200, {
        data: [
          { id: 'tiny-1', object: 'model' },
          { id: 'large-1', display_name: 'Large' },
        ],
      }),
    );
    const models = await provider().models(never);
    expect(models.ok && models.value.map(({ id }) => id).sort()).toEqual(['large-1', 'tiny-1']);
    expect(server.asked[0]).toMatchObject({ method: 'GET' });
    expect(server.asked[0]?.path).toMatch(/^\/v1\/models/);
    server.behave(json(200, { hello: 'world' }));
    expect(failure(await provider().models(never)).code).toBe('invalid-reply');
    server.behave(json(401, {}));
    expect(failure(await provider().models(never)).code).toBe('key-refused');
  });

  it('can be tried with a small call', async () => {
    server.behave(events(reply('{"findings": [], "quotes": []}')));
    const tested = await provider().test(never);
    expect(tested).toMatchObject({ ok: true, value: { usage: { inputTokens: 120, outputTokens: 30 } } });
    server.behave(json(401, {}));
    expect(failure(await provider().test(never)).code).toBe('key-refused');
  });
});

describe('a server that is not there', () => {
  it('is said to be none, with its address and without the key', async () => {
    const gone = await startModelServer();
    await gone.stop();
    const alone = failure(await openai({}, SILENCE_MS, gone.url).extract(call, never));
    expect(alone).toMatchObject({ code: 'unreachable', blame: 'provider' });
    expect(alone.message).toContain(gone.url);
    const page = { origin: 'https://dramatis.example', fetch: browserFetch('https://dramatis.example') };
    const fromPage = failure(await openai(page, SILENCE_MS, gone.url).extract(call, never));
    expect(fromPage.code).toBe('unreachable');
    expect(fromPage.message).toContain('OLLAMA_ORIGINS');
  });
});

describe('an OpenAI-compatible server', () => {
  const taking =
    (format: string | undefined, counts = true): Behaviour =>
    (asked, response) => {
      const { response_format: wanted, stream_options: counted } = asked.body;
      if (wanted?.type !== format)
        return json(400, { error: { message: 'response_format is not supported' } })(asked, response);
      if (counted !== undefined && !counts) return json(400, { error: { message: 'Unknown field.' } })(asked, response);
      events(openAiEvents(GOOD))(asked, response);
    };
  const formats = () => server.asked.map(({ body }) => body.response_format?.type);

  it.each<[string | undefined, (string | undefined)[]]>([
    ['json_schema', ['json_schema']],
    ['json_object', ['json_schema', 'json_object']],
    [undefined, ['json_schema', 'json_object', undefined]],
  ])('that takes only %s is asked for that from the second call on', async (format, tried) => {
    const one = openai();
    server.behave(taking(format));
    found(await one.extract(call, never));
    expect(formats()).toEqual(tried);
    server.behave(taking(format));
    found(await one.extract(call, never));
    expect(formats()).toEqual([format]);
  });

  it('that does not count streams is not asked to, and one that refuses everything is told of once for each form', async () => {
    server.behave(taking(undefined, false));
    expect(found(await openai().extract(call, never)).found.findings.length).toBe(1);
    server.behave(json(400, { error: { message: 'No.' } }));
    expect(failure(await openai().extract(call, never))).toMatchObject({ code: 'refused-request', status: 400 });
    expect(server.asked.length).toBe(4);
  });

  it('that finds a call too long is not asked again in another form', async () => {
    server.behave(json(400, { error: { message: "This model's maximum context length is 4096 tokens." } }));
    expect(failure(await openai().extract(call, never)).message).toContain('maximum context length');
    expect(server.asked.length).toBe(1);
  });

  it('is asked by several calls at a time, and steps down once for all', async () => {
    const one = openai();
    server.behave(taking(undefined));
    const all = await Promise.all([1, 2, 3, 4].map(() => one.extract(call, never)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    server.behave(taking(undefined));
    await one.extract(call, never);
    expect(formats()).toEqual([undefined]);
  });

  it('may answer whole, without a stream and without counting', async () => {
    server.behave(json(200, { model: 'tiny-1', choices: [{ message: { content: GOOD }, finish_reason: 'stop' }] }));
    expect(found(await openai().extract(call, never))).toMatchObject({ usage: null, found: { findings: [{}] } });
  });

  it('that is none is said to be none', async () => {
    server.behave((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    expect(failure(await openai().extract(call, never))).toMatchObject({ code: 'invalid-reply' });
    expect(failure(await openai().extract(call, never)).message).toMatch(/address/);
  });

  it('gets the key in its header, and no header without a key', async () => {
    server.behave(events(openAiEvents(GOOD)));
    await openai().extract(call, never);
    await openAiProvider({ baseUrl: server.url, model: 'tiny-1', key: null }, ports).extract(call, never);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`, undefined]);
  });
});

describe("Anthropic's server", () => {
  it('is asked as a page must ask it: with the key, the version, and that the page knows what it does', async () => {
    server.behave(events(anthropicEvents(GOOD)));
    await anthropic().extract(call, never);
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        path: '/v1/messages',
        headers: {
          'x-api-key': KEY,
          'anthropic-version': '2023-06-01',
          'anthropic-dangerous-direct-browser-access': 'true',
        },
        body: { model: 'tiny-2', tool_choice: { type: 'tool' } },
      },
    ]);
  });

  it('may speak instead of calling the tool', async () => {
    server.behave(events(anthropicEvents(GOOD, { spoken: true, reason: 'end_turn' })));
    expect(found(await anthropic().extract(call, never)).found.findings.length).toBe(1);
  });

  it('may fail after it began', async () => {
    const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    server.behave(events([...anthropicEvents(GOOD).slice(0, 3), overloaded]));
    expect(failure(await anthropic().extract(call, never))).toMatchObject({ code: 'server-error', blame: 'call' });
  });
});
