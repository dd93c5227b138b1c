/**
 * Any server that speaks OpenAI's chat completions: Ollama, LM Studio, llama.cpp, vLLM, OpenAI, OpenRouter.
 *
 * What such a server can do is found out by asking: the first request holds the model to a JSON schema, and when the server
 * refuses that, the next asks for a JSON object, then for text. What worked is remembered for as long as the provider lives.
 */
import type { ExtractionCall } from '../call.ts';
import type { Prompt } from '../prompt.ts';
import { promptOf } from '../prompt.ts';
import { REPLY_JSON_SCHEMA } from '../reply-shape.ts';
import { eventReader } from '../../net/event-stream.ts';
import { done, failed, serverWords } from './failures.ts';
import { send } from './http.ts';
import type { Written } from './model-reply.ts';
import { ending, extractedFrom } from './model-reply.ts';
import { baseAddress } from './openai-address.ts';
import { modelsOf, OpenAiReply } from './openai-events.ts';
import type { Model, Outcome, Provider, ProviderPorts } from './provider.ts';

export interface OpenAiSettings {
  /** As the person typed it. */
  readonly baseUrl: string;
  readonly model: string;
  /** Null where none is needed. */
  readonly key: string | null;
  readonly silenceMs?: number;
}

/** Least wanted last. */
const FORMATS = ['json-schema', 'json-object', 'text'] as const;

/** What the server is known to take. */
interface Abilities {
  format: (typeof FORMATS)[number];
  countsStream: boolean;
}

export function openAiProvider(settings: OpenAiSettings, ports: ProviderPorts): Provider {
  const abilities: Abilities = { format: 'json-schema', countsStream: true };
  const ask = (prompt: Pick<Prompt, 'system' | 'user'>, signal: AbortSignal) =>
    complete(settings, abilities, prompt, ports, signal);
  return {
    name: 'openai',
    needsNetwork: true,
    async extract(call: ExtractionCall, signal) {
      const prompt = promptOf(call);
      const answer = await ask(prompt, signal);
      return answer.ok ? extractedFrom(answer.value, call, prompt) : answer;
    },
    models: (signal) => listModels(settings, ports, signal),
    async test(signal) {
      const prompt = {
        system: 'Answer with one JSON object and nothing else.',
        user: '{"findings": [], "quotes": []}',
      };
      const answer = await ask(prompt, signal);
      if (!answer.ok) return answer;
      const ended = ending(answer.value);
      if (!ended.ok) return ended;
      const { usage, model } = answer.value;
      const name = model === '' ? settings.model : model;
      return done({ model: name, usage, message: `${name} answers (${abilities.format.replace('-', ' ')}).` });
    },
  };
}

/** Asks, with less each time the server refuses what was asked for. */
async function complete(
  settings: OpenAiSettings,
  abilities: Abilities,
  prompt: Pick<Prompt, 'system' | 'user'>,
  ports: ProviderPorts,
  signal: AbortSignal,
): Promise<Outcome<Written>> {
  for (;;) {
    const tried = { ...abilities };
    // eslint-disable-next-line no-await-in-loop -- what is asked next follows from what was refused
    const answer = await completeOnce(settings, tried, prompt, ports, signal);
    if (answer.ok || !asksTooMuch(answer.failure.status, answer.failure.message)) return answer;
    if (!stepDown(abilities, tried, answer.failure.message)) return answer;
  }
}

/** A request was refused for its form: not for its length, which no other form mends. */
function asksTooMuch(status: number | null, message: string): boolean {
  if (status !== 400 && status !== 415 && status !== 422 && status !== 501) return false;
  return !/context[ _](?:length|window|size)|too (?:long|many tokens|large)|maximum.{0,20}tokens|exceed/i.test(message);
}

/** False when nothing is left to leave out. Other calls may have stepped down meanwhile: then theirs is tried. */
function stepDown(abilities: Abilities, tried: Abilities, message: string): boolean {
  if (abilities.format !== tried.format || abilities.countsStream !== tried.countsStream) return true;
  const next = FORMATS[FORMATS.indexOf(tried.format) + 1];
  if (tried.countsStream && (/stream_options|include_usage/i.test(message) || next === undefined)) {
    abilities.countsStream = false;
    return true;
  }
  if (next === undefined) return false;
  abilities.format = next;
  return true;
}

async function completeOnce(
  { baseUrl, model, key, silenceMs }: OpenAiSettings,
  { format, countsStream }: Abilities,
  { system, user }: Pick<Prompt, 'system' | 'user'>,
  ports: ProviderPorts,
  signal: AbortSignal,
): Promise<Outcome<Written>> {
  const base = baseAddress(baseUrl);
  if (base === null) return badAddress();
  const body = {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    stream: true,
    ...(countsStream ? { stream_options: { include_usage: true } } : {}),
    ...responseFormat(format),
  };
  const reply = new OpenAiReply();
  const events = eventReader((data) => reply.take(data));
  const request = {
    url: `${base}/chat/completions`,
    headers: headersOf(key),
    body,
    key,
    ...(silenceMs === undefined ? {} : { silenceMs }),
  };
  const answer = await send(request, ports, signal, (piece) => {
    events.take(piece);
    return true;
  });
  if (!answer.ok) return answer;
  if (answer.value.isStream) events.end();
  else if (!reply.take(answer.value.text))
    return failed(
      'invalid-reply',
      `${base} does not answer as an OpenAI-compatible server does. Is the address right?`,
    );
  if (reply.error !== null)
    return failed('server-error', `The server failed while it answered. It says: ${serverWords(reply.error, key)}`);
  return done(reply.written());
}

function responseFormat(format: Abilities['format']): object {
  if (format === 'text') return {};
  if (format === 'json-object') return { response_format: { type: 'json_object' } };
  return {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'findings', strict: true, schema: REPLY_JSON_SCHEMA },
    },
  };
}

async function listModels(
  { baseUrl, key, silenceMs }: OpenAiSettings,
  ports: ProviderPorts,
  signal: AbortSignal,
): Promise<Outcome<readonly Model[]>> {
  const base = baseAddress(baseUrl);
  if (base === null) return badAddress();
  const request = {
    url: `${base}/models`,
    headers: headersOf(key),
    body: null,
    key,
    ...(silenceMs === undefined ? {} : { silenceMs }),
  };
  const answer = await send(request, ports, signal, () => true);
  if (!answer.ok) return answer;
  const models = modelsOf(answer.value.text);
  return models === null
    ? failed('invalid-reply', `${base} has no list of models. Is the address right?`)
    : done(models);
}

function headersOf(key: string | null): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(key === null || key === '' ? {} : { authorization: `Bearer ${key}` }),
  };
}

function badAddress(): ReturnType<typeof failed> {
  return failed(
    'bad-settings',
    'The address of the server is not one. It looks like http://localhost:11434/v1, and has no password in it: the key has a field of its own.',
  );
}
