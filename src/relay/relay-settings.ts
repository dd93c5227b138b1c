import type { Quota } from './stores/vault-store.ts';
import type { MemoryLimits } from './vaults/memory-budget.ts';
import type { BodyLimits } from './vaults/read-body.ts';
import type { Rates } from './vaults/rate-limits.ts';
import type { SubscriptionLimits } from './vaults/subscriptions.ts';

/** What a relay allows. */
export interface RelaySettings {
  /** Origins whose pages may use the relay beside its own; `*` for any. */
  readonly allowedOrigins: readonly string[];
  /** Proxies of one's own that stand before it. */
  readonly proxies: number;
  readonly body: BodyLimits;
  /** Of each vault. */
  readonly quota: Quota;
  readonly rates: Rates;
  readonly subscriptions: SubscriptionLimits;
  /** Of bodies, at once. */
  readonly memory: MemoryLimits;
  /** How long the headers of a request may take to come, and the whole request, ms. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long an answer may take to be read, ms. */
  readonly answerMs: number;
  /** Opens `/metrics` to other machines; null: only this one sees them. */
  readonly metricsToken: string | null;
}

const MB = 1024 * 1024;

export const DEFAULT_SETTINGS: RelaySettings = {
  allowedOrigins: [],
  proxies: 0,
  body: { mostBytes: 16 * MB, idleMs: 15_000 },
  quota: { bytes: 256 * MB, shards: 4_096 },
  rates: { address: 6_000, vault: 3_000, failures: 100, newVaults: 100 },
  subscriptions: { perVault: 32, total: 10_000, heartbeatMs: 25_000 },
  memory: { total: 256 * MB, perAddress: 64 * MB },
  headersMs: 10_000,
  requestMs: 300_000,
  answerMs: 120_000,
  metricsToken: null,
};
