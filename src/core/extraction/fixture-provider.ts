/** A provider for tests: it finds the first line of every human message as a trait, and remembers what it was asked. */
import type { ExtractionCall } from './call.ts';
import type { Draft } from './finding.ts';
import { checkFindings } from './findings.ts';
import { done, failed } from './providers/failures.ts';
import type { FailureCode, Provider } from './providers/provider.ts';

export class FixtureProvider implements Provider {
  readonly name = 'built-in';
  needsNetwork = false;
  readonly calls: ExtractionCall[] = [];
  /** What goes wrong with a call, if anything. */
  fault: (call: ExtractionCall) => { code: FailureCode; retryAfterMs?: number } | null = () => null;
  /** Called before each answer. */
  before: (call: ExtractionCall) => Promise<void> = () => Promise.resolve();

  async extract(call: ExtractionCall, signal: AbortSignal): ReturnType<Provider['extract']> {
    this.calls.push(call);
    await this.before(call);
    if (signal.aborted) return failed('cancelled', 'Cancelled.');
    const fault = this.fault(call);
    if (fault !== null)
      return failed(fault.code, `It said ${fault.code}.`, { retryAfterMs: fault.retryAfterMs ?? null });
    const drafts = call.chunk.parts.flatMap((part): Draft[] => {
      if (part.purpose !== 'analyse' || part.message.role !== 'user') return [];
      const line = part.message.text.slice(part.start, part.end).split('\n')[0] ?? '';
      const place = { part, start: part.start, end: part.start + line.length };
      return [{ kind: 'trait', known: null, name: line, description: '', subject: null, aliases: [], places: [place] }];
    });
    return done({ found: checkFindings(drafts, [], call.kinds), usage: { inputTokens: 10, outputTokens: 1 } });
  }

  models: Provider['models'] = () => Promise.resolve(done([]));

  test: Provider['test'] = () => Promise.resolve(done({ model: 'fixture', usage: null, message: 'It answers.' }));

  /** Ids of the messages that were given to be analysed, in order, as often as they were. */
  get analysed(): string[] {
    return this.calls.flatMap(({ chunk }) =>
      chunk.parts.filter(({ purpose, piece }) => purpose === 'analyse' && piece === 0).map(({ message }) => message.id),
    );
  }

  get context(): string[] {
    return this.calls.flatMap(({ chunk }) =>
      chunk.parts.filter(({ purpose }) => purpose === 'context').map(({ message }) => message.id),
    );
  }
}
