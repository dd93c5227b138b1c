/** Anthropic's Messages API with the person's own key, from the browser or from Node. The model answers by calling a tool. */
import type { Prompt } from '../prompt.ts';
import { promptOf } from '../prompt.ts';
import { REPLY_JSON_SCHEMA } from '../reply-shape.ts';
import { anthropicModels, AnthropicReply } from './anthropic-events.ts';
import { eventReader } from '../../net/event-stream.ts';
import { done, failed, serverWords } from './failures.ts';
import { send } from './http.ts';
import type { Written } from './model-reply.ts';
import { ending, extractedFrom } from './model-reply.ts';
import type { Outcome, Provider, ProviderPorts } from './provider.ts';

export interface AnthropicSettings {
  readonly model: string;
  readonly key: string;
  /** Of another server that speaks the same; default is Anthropic's own. */
  readonly baseUrl?: string;
  readonly silenceMs?: number;
}

const ADDRESS = 'https://api.anthropic.com';
const VERSION = '2023-06-01';
/** Room for the reply. A chunk seldom needs a tenth. */
const REPLY_TOKENS = 8_192;
const TOOL = 'note_findings';

export function anthropicProvider(settings: AnthropicSettings, ports: ProviderPorts): Provider {
  const { key, silenceMs, baseUrl = ADDRESS } = settings;
  const headers = {
    'content-type': 'application/json',
    'x-api-key': key,
    'anthropic-version': VERSION,
    // a page may ask only when it says that it knows what that means: the key is the person's own, and stays here
    'anthropic-dangerous-direct-browser-access': 'true',
  };
  const request = (path: string, body: unknown) => ({
    url: `${baseUrl}${path}`,
    headers,
    body,
    key,
    ...(silenceMs === undefined ? {} : { silenceMs }),
  });
  const ask = async (prompt: Pick<Prompt, 'system' | 'user'>, signal: AbortSignal): Promise<Outcome<Written>> => {
    const reply = new AnthropicReply();
    const events = eventReader((data) => reply.take(data));
    const answer = await send(request('/v1/messages', bodyOf(settings.model, prompt)), ports, signal, (piece) => {
      events.take(piece);
      return reply.error === null;
    });
    if (!answer.ok) return answer;
    events.end();
    return reply.error === null ? done(reply.written()) : toldInStream(reply.error, key);
  };
  return {
    name: 'anthropic',
    needsNetwork: true,
    async extract(call, signal) {
      const prompt = promptOf(call);
      const answer = await ask(prompt, signal);
      return answer.ok ? extractedFrom(answer.value, call, prompt) : answer;
    },
    async models(signal) {
      const answer = await send(request('/v1/models?limit=1000', null), ports, signal, () => true);
      if (!answer.ok) return answer;
      const models = anthropicModels(answer.value.text);
      return models === null ? failed('invalid-reply', 'The server has no list of models.') : done(models);
    },
    async test(signal) {
      const answer = await ask({ system: 'Note nothing: both lists are empty.', user: 'Nothing.' }, signal);
      if (!answer.ok) return answer;
      const ended = ending(answer.value);
      if (!ended.ok) return ended;
      const { model, usage } = answer.value;
      return done({ model, usage, message: `${model} answers.` });
    },
  };
}

function bodyOf(model: string, { system, user }: Pick<Prompt, 'system' | 'user'>): object {
  return {
    model,
    max_tokens: REPLY_TOKENS,
    stream: true,
    system,
    messages: [{ role: 'user', content: user }],
    tools: [{ name: TOOL, description: 'Notes what was found.', input_schema: REPLY_JSON_SCHEMA }],
    tool_choice: { type: 'tool', name: TOOL },
  };
}

/** An error after the answer had begun. */
function toldInStream({ type, message }: { type: string; message: string }, key: string): ReturnType<typeof failed> {
  const words = serverWords(message, key);
  if (type === 'overloaded_error') return failed('server-error', `The server has too much to do. It says: ${words}`);
  if (type === 'rate_limit_error') return failed('rate-limited', `Too many requests. The server says: ${words}`);
  return failed('server-error', `The server failed while it answered. It says: ${words}`);
}
