/**
 * The provider that needs nothing: rules over the human's own sentences. No model, no network; the same words give the same
 * findings in a browser and in Node. A preview, and it says so: docs/benchmarks.md has what it finds and what it misses.
 */
import type { ExtractionCall } from '../../call.ts';
import { checkFindings } from '../../findings.ts';
import { done, failed } from '../failures.ts';
import type { Extracted, Outcome, Provider } from '../provider.ts';
import { draftsOf, type PartReading } from './drafts.ts';
import { readMessage } from './read-message.ts';

const NAME = 'built-in rules';

/** It keeps nothing between calls. */
export function builtInProvider(): Provider {
  return {
    name: 'built-in',
    needsNetwork: false,
    extract: (call, signal) => Promise.resolve(extract(call, signal)),
    models: () => Promise.resolve(done([{ id: 'rules', name: NAME }])),
    test: () =>
      Promise.resolve(
        done({
          model: NAME,
          usage: null,
          message: 'The built-in rules need no key and no network. They are a preview.',
        }),
      ),
  };
}

function extract(call: ExtractionCall, signal: AbortSignal): Outcome<Extracted> {
  const readings: PartReading[] = [];
  for (const part of call.chunk.parts) {
    if (signal.aborted) return failed('cancelled', 'The extraction was cancelled.');
    if (part.purpose !== 'analyse' || part.message.role !== 'user') continue;
    readings.push({ part, reading: readMessage(part.message, part) });
  }
  const { drafts, quotes } = draftsOf(readings, call);
  const asked = drafts.filter(({ kind }) => call.kinds.includes(kind));
  return done({ found: checkFindings(asked, quotes, call.kinds), usage: null });
}
