/** The end that all models have in common: from the text of a reply to checked findings, or why there are none. */
import type { ExtractionCall } from '../call.ts';
import type { Prompt } from '../prompt.ts';
import { readReply } from '../reply.ts';
import { done, failed } from './failures.ts';
import type { Extracted, Outcome, Usage } from './provider.ts';

/** What a model wrote, all of it. */
export interface Written {
  readonly text: string;
  readonly usage: Usage | null;
  /** The model as it calls itself. */
  readonly model: string;
  /** Why it stopped: at the end, at the limit of its reply, or because it would not. Null: the stream ended before it said. */
  readonly stopped: 'end' | 'limit' | 'refused' | null;
}

export function extractedFrom(written: Written, call: ExtractionCall, prompt: Prompt): Outcome<Extracted> {
  const ended = ending(written);
  if (!ended.ok) return ended;
  const reading = readReply(written.text, call, prompt);
  if (!reading.ok) return failed('invalid-reply', `The reply can't be used: ${reading.reason}.`);
  return done({ found: reading.found, usage: written.usage });
}

/** Whether a reply came to its end. */
export function ending({ stopped }: Written): Outcome<null> {
  if (stopped === null) return failed('cut-stream', 'The connection ended before the reply was complete.');
  if (stopped === 'limit')
    return failed(
      'invalid-reply',
      "The reply was cut at the limit of the model's output. A model with a larger one is needed.",
    );
  if (stopped === 'refused') return failed('invalid-reply', 'The model would not answer.');
  return done(null);
}
