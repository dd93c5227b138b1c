import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

export interface Rates {
  /** Requests of one address in a minute. */
  readonly address: number;
  /** Requests to one vault in a minute. */
  readonly vault: number;
  /** Requests of one address in ten minutes for which there was no vault, or no right to it. */
  readonly failures: number;
  /** Vaults that one address makes in an hour. */
  readonly newVaults: number;
}

/** Counts requests, in this process. Each method throws Refusal when there were too many. */
export class RateLimits {
  readonly #address: RateLimiterMemory;
  readonly #vault: RateLimiterMemory;
  readonly #failures: RateLimiterMemory;
  readonly #newVaults: RateLimiterMemory;

  constructor(rates: Rates) {
    this.#address = new RateLimiterMemory({ points: rates.address, duration: 60 });
    this.#vault = new RateLimiterMemory({ points: rates.vault, duration: 60 });
    this.#failures = new RateLimiterMemory({ points: rates.failures, duration: 600 });
    this.#newVaults = new RateLimiterMemory({ points: rates.newVaults, duration: 3600 });
  }

  request(address: string): Promise<void> {
    return consume(this.#address, address);
  }

  opened(vault: string): Promise<void> {
    return consume(this.#vault, vault);
  }

  failed(address: string): Promise<void> {
    return consume(this.#failures, address);
  }

  newVault(address: string): Promise<void> {
    return consume(this.#newVaults, address);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal('too-many-requests', {
      'Retry-After': String(Math.max(1, Math.ceil(error.msBeforeNext / 1000))),
    });
  }
}
