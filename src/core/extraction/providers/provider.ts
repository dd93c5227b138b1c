/**
 * The port behind which something reads a chunk and says what it found: rules, or a model.
 *
 * Contract:
 * - `extract` resolves, always: with findings that were checked, or with a failure. It throws for nothing but a bug.
 * - It tries once. When to try again is the queue's to decide: `blame` says whether the same call may fare better later
 *   (`call`), or whether no call will before something is mended or a time has passed (`provider`).
 * - No key is in a failure, in what a provider shows of itself, or anywhere but in the request it is for.
 * - Whatever it finds goes through `checkFindings`: rules give drafts with places, models give words (`readReply`).
 * - What needs the network takes secrets out of texts before it sends them (`promptOf`).
 */
import type { ExtractionCall } from '../call.ts';
import type { Findings } from '../finding.ts';

export type ProviderName = 'built-in' | 'openai' | 'anthropic' | 'browser';

export interface Provider {
  readonly name: ProviderName;
  /** False: nothing leaves the machine. */
  readonly needsNetwork: boolean;
  extract(call: ExtractionCall, signal: AbortSignal): Promise<Outcome<Extracted>>;
  /** Models to choose from, by name. */
  models(signal: AbortSignal): Promise<Outcome<readonly Model[]>>;
  /** One small call, as the first of a run would be. */
  test(signal: AbortSignal): Promise<Outcome<Tested>>;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface Extracted {
  readonly found: Findings;
  /** As the model counted, null when it did not say. */
  readonly usage: Usage | null;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface Model {
  readonly id: string;
  readonly name: string;
}

export interface Tested {
  /** The model as it calls itself. */
  readonly model: string;
  readonly usage: Usage | null;
  /** One sentence for the person. */
  readonly message: string;
}

export type FailureCode =
  | 'rate-limited'
  | 'key-refused'
  | 'no-credit'
  | 'model-missing'
  | 'refused-request'
  | 'server-error'
  | 'cut-stream'
  | 'timeout'
  | 'invalid-reply'
  | 'unreachable'
  | 'cors-refused'
  | 'bad-settings'
  | 'unavailable'
  | 'cancelled';

/** What went wrong, and what to do: plain sentences, without keys. */
export interface Failure {
  readonly code: FailureCode;
  /** `provider`: pause it, every call would fail the same. `call`: this one may be tried again. */
  readonly blame: 'provider' | 'call';
  readonly message: string;
  /** The HTTP status, when there was one. */
  readonly status: number | null;
  /** When the server said how long to wait, ms from now. */
  readonly retryAfterMs: number | null;
}

/** The world as providers need it. */
export interface ProviderPorts {
  readonly fetch: typeof fetch;
  /** ms since 1970 */
  readonly now: () => number;
  /** Calls `act` after so many ms, unless what it gives back is called before. */
  readonly after: (ms: number, act: () => void) => () => void;
  /** The address the app is opened from, for what a server must be told to allow; null outside a browser. */
  readonly origin: string | null;
}

/** A server that says nothing for so long is taken for dead. */
export const SILENCE_LIMIT_MS = 60_000;
