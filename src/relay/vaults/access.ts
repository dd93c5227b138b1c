import { timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import * as v from 'valibot';
import type { Vault, VaultStore } from '../stores/vault-store.ts';
import { clientAddress } from './client-address.ts';
import { keyHashOf, VaultId, vaultName } from './names.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    /** Who asks, for the limits. */
    address?: string;
    /** Name of the vault that was asked for. */
    vault?: string;
    /** Bytes of shards. */
    received?: number;
    sent?: number;
  };
}
export type Ask = Context<Env>;

/** A vault that is there and open, or one that would have to be made. */
export type Opened = { readonly vault: Vault } | { readonly vault: null; readonly make: () => Promise<Vault> };

const NOBODY = new Uint8Array(32);

/** Who may do what: the vault that a request names, when the access key it carries opens it. */
export class Access {
  readonly #store: VaultStore;
  readonly #limits: RateLimits;
  readonly #proxies: number;

  constructor(store: VaultStore, limits: RateLimits, proxies: number) {
    this.#store = store;
    this.#limits = limits;
    this.#proxies = proxies;
  }

  /** Throws Refusal, the same one whether there is no such vault or the key is wrong. */
  async open(ask: Ask): Promise<Vault> {
    const { address, found, isRight } = await this.#lookUp(ask);
    if (found === null || !isRight) return this.#notThere(address);
    return this.#counted(found);
  }

  /** The same, but a vault that is not there can be made. */
  async openOrMake(ask: Ask): Promise<Opened> {
    const { address, name, keyHash, found, isRight } = await this.#lookUp(ask);
    if (found !== null) return { vault: isRight ? await this.#counted(found) : await this.#notThere(address) };
    await this.#limits.newVault(address);
    const make = async (): Promise<Vault> => {
      const made = await this.#store.create(name, keyHash);
      return timingSafeEqual(made.keyHash, keyHash) ? made : this.#notThere(address);
    };
    return { vault: null, make };
  }

  async #lookUp(ask: Ask) {
    const address = clientAddress(ask.env.incoming, this.#proxies);
    ask.set('address', address);
    await this.#limits.request(address);
    const id = ask.req.param('vault');
    if (!v.is(VaultId, id)) throw new Refusal('bad-request', {}, 'A vault id has 16 to 64 letters, digits, - and _.');
    const keyHash = keyHashOf(ask.req.header('Authorization'));
    if (keyHash === null) throw new Refusal('no-key', { 'WWW-Authenticate': 'Bearer' });
    const name = vaultName(id);
    ask.set('vault', name);
    const found = await this.#store.find(name);
    const isRight = timingSafeEqual(found?.keyHash ?? NOBODY, keyHash);
    return { address, name, keyHash, found, isRight };
  }

  async #counted(vault: Vault): Promise<Vault> {
    await this.#limits.opened(vault.name);
    return vault;
  }

  async #notThere(address: string): Promise<never> {
    await this.#limits.failed(address);
    throw new Refusal('no-vault');
  }
}
