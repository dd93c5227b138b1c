/**
 * The model a browser brings with it, where it has one (the Prompt API). Browsers give it to pages, not to workers: what makes
 * this provider must run in the page. Nothing leaves the machine.
 */
import { promptOf } from '../prompt.ts';
import { REPLY_JSON_SCHEMA } from '../reply-shape.ts';
import { done, failed } from './failures.ts';
import { extractedFrom } from './model-reply.ts';
import type { Outcome, Provider } from './provider.ts';

/** The part of `LanguageModel` that is used. */
export interface PromptApi {
  availability(): Promise<string>;
  create(options: {
    initialPrompts: { role: 'system'; content: string }[];
    signal: AbortSignal;
  }): Promise<PromptSession>;
}

export interface PromptSession {
  prompt(text: string, options: { responseConstraint: object; signal: AbortSignal }): Promise<string>;
  destroy(): void;
}

const MODEL = { id: 'browser', name: 'The model of this browser' };

/** @param api `globalThis.LanguageModel`, null where there is none */
export function browserProvider(api: PromptApi | null): Provider {
  const ask = async (system: string, user: string, signal: AbortSignal): Promise<Outcome<string>> => {
    const missing = await whyMissing(api);
    if (api === null || missing !== null) return failed('unavailable', missing ?? NONE);
    let session: PromptSession | null = null;
    try {
      session = await api.create({ initialPrompts: [{ role: 'system', content: system }], signal });
      return done(await session.prompt(user, { responseConstraint: REPLY_JSON_SCHEMA, signal }));
    } catch (error) {
      return signal.aborted ? failed('cancelled', 'Cancelled.') : thrown(error);
    } finally {
      session?.destroy();
    }
  };
  return {
    name: 'browser',
    needsNetwork: false,
    async extract(call, signal) {
      const prompt = promptOf(call);
      const answer = await ask(prompt.system, prompt.user, signal);
      if (!answer.ok) return answer;
      const written = { text: answer.value, usage: null, model: MODEL.id, stopped: 'end' as const };
      return extractedFrom(written, call, prompt);
    },
    async models() {
      const missing = await whyMissing(api);
      return missing === null ? done([MODEL]) : failed('unavailable', missing);
    },
    async test(signal) {
      const answer = await ask('Note nothing: both lists are empty.', 'Nothing.', signal);
      return answer.ok ? done({ model: MODEL.name, usage: null, message: `${MODEL.name} answers.` }) : answer;
    },
  };
}

const NONE = 'This browser brings no model with it. Chrome does on some machines.';

async function whyMissing(api: PromptApi | null): Promise<string | null> {
  if (api === null) return NONE;
  const availability = await api.availability().catch(() => 'unavailable');
  if (availability === 'available') return null;
  if (availability === 'downloading') return 'The browser is still downloading its model.';
  if (availability === 'downloadable') return 'The browser has not downloaded its model yet.';
  return 'The model of this browser does not run on this machine.';
}

function thrown(error: unknown): ReturnType<typeof failed> {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError')
    return failed(
      'refused-request',
      "The chunk is too long for the browser's model: make calls smaller in the settings.",
    );
  return failed('server-error', `The browser's model failed${name === '' ? '' : ` (${name})`}.`);
}
