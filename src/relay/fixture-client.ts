/** Asks a relay as a client would, with fetch. */
import { randomBytes } from 'node:crypto';

export interface VaultAccess {
  readonly id: string;
  readonly key: string;
}

/** An id and a key as a secret code gives them. */
export function newAccess(): VaultAccess {
  return { id: randomBytes(16).toString('base64url'), key: randomBytes(32).toString('base64url') };
}

export class TestClient {
  readonly #url: string;
  readonly #access: VaultAccess;

  constructor(relay: { readonly url: string }, access: VaultAccess = newAccess()) {
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
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #text = '';
  /** Lines that are no events: heartbeats. */
  comments = 0;

  constructor(response: Response, left: AbortController) {
    this.response = response;
    this.#left = left;
    this.#reader = response.body?.getReader();
  }

  /** The next event; null when the stream has ended. */
  async next(): Promise<TestEvent | null> {
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
