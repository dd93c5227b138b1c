/** Asks a relay as a client would, with fetch. */
import { randomBytes } from 'node:crypto';
import type { RunningServer } from './server.ts';

export interface VaultAccess {
  readonly id: string;
  readonly key: string;
}

/** An id and a key as a secret code gives them. */
export function newAccess(): VaultAccess {
  return { id: randomBytes(16).toString('base64url'), key: randomBytes(32).toString('base64url') };
}

/** The ETag of an answer, which must have one. */
export function etagIn(response: Response): string {
  const etag = response.headers.get('ETag');
  if (etag === null) throw new Error(`no ETag in an answer with ${response.status}`);
  return etag;
}

/** Status and code of a refusal. */
export async function refusalIn(response: Response): Promise<[number, unknown]> {
  const body: unknown = await response.json();
  return [response.status, typeof body === 'object' && body !== null && 'error' in body ? body.error : null];
}

/** A number of `GET /metrics`. */
export async function metricOf(relay: Pick<RunningServer, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${relay.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

export class TestClient {
  readonly #url: string;
  readonly #access: VaultAccess;

  constructor(relay: Pick<RunningServer, 'url'>, access: VaultAccess = newAccess()) {
    this.#url = `${relay.url}/v1/vaults/${access.id}`;
    this.#access = access;
  }

  get access(): VaultAccess {
    return this.#access;
  }

  index(headers: Record<string, string> = {}): Promise<Response> {
    return this.ask('', 'GET', headers);
  }

  get(shard: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(`/shards/${shard}`, 'GET', headers);
  }

  /** @param etag of what it replaces; null for nothing */
  put(shard: string, etag: string | null, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const condition: Record<string, string> = etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag };
    return this.ask(`/shards/${shard}`, 'PUT', { ...condition, ...headers }, body);
  }

  delete(shard: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(`/shards/${shard}`, 'DELETE', headers);
  }

  deleteVault(): Promise<Response> {
    return this.ask('', 'DELETE');
  }

  async changes(): Promise<TestEvents> {
    const left = new AbortController();
    return new TestEvents(await this.ask('/changes', 'GET', {}, undefined, left.signal), left);
  }

  ask(
    path: string,
    method: string,
    headers: Record<string, string> = {},
    body?: BodyInit,
    signal?: AbortSignal,
  ): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#access.key}`, ...headers },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    });
  }
}

export interface TestEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Server-sent events, one by one. */
export class TestEvents {
  readonly response: Response;
  readonly #left: AbortController;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #text = '';
  /** Lines that are no events: heartbeats. */
  comments = 0;

  constructor(response: Response, left: AbortController) {
    this.response = response;
    this.#left = left;
  }

  /** The next event; null when the stream has ended. */
  async next(): Promise<TestEvent | null> {
    this.#reader ??= this.response.body?.getReader();
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end !== -1) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const found = /^event: (.+)\ndata: (.+)$/.exec(block);
        if (found) return { event: found[1] ?? '', data: JSON.parse(found[2] ?? '') as unknown };
        if (block.startsWith(':')) this.comments += 1;
        continue;
      }
      const { done, value } = (await this.#reader?.read()) ?? { done: true, value: undefined };
      if (done) return null;
      this.#text += Buffer.from(value ?? []).toString();
    }
  }

  /** Reads on to an event of this kind. */
  async until(event: string): Promise<unknown> {
    for (;;) {
      const next = await this.next();
      if (next === null) throw new Error(`the stream ended before ${event}`);
      if (next.event === event) return next.data;
    }
  }

  leave(): void {
    this.#left.abort();
  }
}
