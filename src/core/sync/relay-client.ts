/**
 * One vault on a relay, over HTTP. The relay answers an unknown vault and a wrong access key alike: both are `null` here, or
 * `false`.
 */
import * as v from 'valibot';
import { problem, ProblemError } from '../model/problem.ts';
import { MOST_ENVELOPE_BYTES } from './envelope.ts';
import { askRelay, type RelayAnswer, type RelayRequest, type SyncPorts, type Traffic } from './relay-request.ts';
import type { VaultKeys } from './vault-keys.ts';

/** Versions of the shards, by what they are called on the relay. */
export type ShardIndex = ReadonlyMap<string, string>;

export interface FoundIndex {
  readonly etag: string | null;
  readonly shards: ShardIndex;
}

const MOST_INDEX_BYTES = 4_000_000;
const MOST_SHARDS = 20_000;
const MOST_ERROR_BYTES = 100_000;

const MUST_EXIST = { 'dramatis-vault': 'must-exist' };

const indexAnswer = v.object({
  shards: v.record(v.pipe(v.string(), v.maxLength(64)), v.object({ etag: v.pipe(v.string(), v.maxLength(200)) })),
});

export class RelayClient {
  readonly traffic: Traffic = { requests: 0, bytesUp: 0, bytesDown: 0 };
  readonly #ports: SyncPorts;
  readonly #base: string;
  readonly #access: string;
  readonly #signal: AbortSignal;

  /** @param relay its address, without a slash at the end */
  constructor(ports: SyncPorts, relay: string, { vault, access }: VaultKeys, signal: AbortSignal) {
    this.#ports = ports;
    this.#base = `${relay}/v1/vaults/${vault}`;
    this.#access = access;
    this.#signal = signal;
  }

  /** What the vault holds; `same` when it is as it was at `etag`, null when there is none for this code. */
  async index(etag: string | null): Promise<FoundIndex | 'same' | null> {
    const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
    const answer = await this.#ask('GET', '', headers, null, MOST_INDEX_BYTES);
    if (answer.status === 304) return 'same';
    if (isNone(answer)) return null;
    if (answer.status !== 200) throw this.#refused(answer);
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), indexAnswer), answer.text);
    if (!read.success) throw this.#notARelay();
    const shards = new Map(Object.entries(read.output.shards).map(([shard, found]) => [shard, found.etag]));
    if (shards.size > MOST_SHARDS) throw this.#notARelay();
    return { etag: answer.etag, shards };
  }

  /** Null when it is not there any more. */
  async get(shard: string): Promise<{ readonly text: string; readonly version: string } | null> {
    const answer = await this.#ask('GET', `/shards/${shard}`, {}, null, MOST_ENVELOPE_BYTES);
    if (isNone(answer)) return null;
    if (answer.status !== 200 || answer.etag === null) throw this.#refused(answer);
    return { text: answer.text, version: answer.etag };
  }

  /**
   * Writes a shard that is at this version now, null when there is none.
   *
   * @param makesVault whether the vault may be made with it: else one that was deleted meanwhile stays deleted
   * @returns its new version; null when it is at another one, or the vault is not there
   */
  async put(shard: string, text: string, version: string | null, makesVault = false): Promise<string | null> {
    const condition = version === null ? { 'if-none-match': '*' } : { 'if-match': version };
    const headers = { ...condition, ...(makesVault ? {} : MUST_EXIST), 'content-type': 'application/json' };
    const answer = await this.#ask('PUT', `/shards/${shard}`, headers, text, MOST_ERROR_BYTES);
    if (answer.status === 412 || isNone(answer)) return null;
    if (answer.status < 200 || answer.status > 299 || answer.etag === null) throw this.#refused(answer);
    return answer.etag;
  }

  /** @returns false when it is at another version */
  async remove(shard: string, version: string): Promise<boolean> {
    const answer = await this.#ask('DELETE', `/shards/${shard}`, { 'if-match': version }, null, MOST_ERROR_BYTES);
    if (isNone(answer)) return true;
    if (answer.status === 412) return false;
    if (answer.status < 200 || answer.status > 299) throw this.#refused(answer);
    return true;
  }

  async removeVault(): Promise<void> {
    const answer = await this.#ask('DELETE', '', {}, null, MOST_ERROR_BYTES);
    if (!isNone(answer) && (answer.status < 200 || answer.status > 299)) throw this.#refused(answer);
  }

  #ask(
    method: RelayRequest['method'],
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
    mostBytes: number,
  ): Promise<RelayAnswer> {
    const all = { authorization: `Bearer ${this.#access}`, ...headers };
    const request = { method, url: `${this.#base}${path}`, headers: all, body, mostBytes };
    return askRelay(request, this.#ports, this.traffic, this.#signal);
  }

  #refused({ status }: RelayAnswer): ProblemError {
    if (status === 507) return this.#problem('has no room left for this vault');
    if (status === 413) return this.#problem('does not take so much at once');
    return this.#problem(`refused what was asked (${status}). Is its address right?`);
  }

  #notARelay(): ProblemError {
    return this.#problem('does not answer as a relay does. Is its address right?');
  }

  #problem(why: string): ProblemError {
    const { host } = new URL(this.#base);
    return new ProblemError(problem('relay-refused', 'error', host, `The relay at ${host} ${why}`));
  }
}

function isNone({ status }: RelayAnswer): boolean {
  return status === 401 || status === 403 || status === 404;
}
