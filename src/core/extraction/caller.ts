/** Asks the provider for one unit of work: all its chunks, or none of it counts. */
import type { Item } from '../model/item.ts';
import type { AskedKind } from './call.ts';
import type { Finding } from './finding.ts';
import { selectKnown } from './known.ts';
import type { Failure, Provider, Usage } from './providers/provider.ts';
import type { Unit } from './units.ts';

/** A server that asks to be left alone for a moment is; for longer, the run ends. */
const LONGEST_WAIT_MS = 120_000;
const FIRST_WAIT_MS = 1_000;
const WAIT_FACTOR = 3;
const MOST_WAITS = 4;

export type Answer =
  { readonly ok: true; readonly findings: readonly Finding[] } | { readonly ok: false; readonly failure: Failure };

export interface Asked {
  calls: number;
  usage: Usage | null;
  dropped: number;
}

export class Caller {
  readonly asked: Asked = { calls: 0, usage: null, dropped: 0 };
  readonly #provider: Provider;
  readonly #items: () => Iterable<Item>;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #signal: AbortSignal;

  constructor(
    provider: Provider,
    items: () => Iterable<Item>,
    wait: (ms: number) => Promise<void>,
    signal: AbortSignal,
  ) {
    this.#provider = provider;
    this.#items = items;
    this.#wait = wait;
    this.#signal = signal;
  }

  async ask({ chunks }: Unit, kinds: readonly AskedKind[]): Promise<Answer> {
    const findings: Finding[] = [];
    for (const chunk of chunks) {
      const known = selectKnown(this.#items(), chunk, kinds);
      for (let waits = 0; ; waits += 1) {
        this.asked.calls += 1;
        const outcome = await this.#provider.extract({ kinds, chunk, known }, this.#signal);
        if (outcome.ok) {
          const { found, usage } = outcome.value;
          findings.push(...found.findings);
          this.asked.dropped += Object.values(found.dropped).reduce((sum: number, count: number) => sum + count, 0);
          this.asked.usage = sumOf(this.asked.usage, usage);
          break;
        }
        const { failure } = outcome;
        const ms = failure.retryAfterMs ?? FIRST_WAIT_MS * WAIT_FACTOR ** waits;
        const mayWait = failure.code === 'rate-limited' && waits < MOST_WAITS && ms <= LONGEST_WAIT_MS;
        if (!mayWait || this.#signal.aborted) return { ok: false, failure };
        await this.#wait(ms);
      }
    }
    return { ok: true, findings };
  }
}

function sumOf(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}
