/** `fetch` for models' servers: each origin is asked by a worker that may ask that one alone. */
// oxlint-disable-next-line import/default -- the bundler gives the address of the built worker
import outsideWorker from './outside.worker.ts?worker&url';
import type { OutsideAsked, OutsideTold } from './outside-messages.ts';

/** No body may be made for these answers. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);
const SENT_ON = 302;
/** What the caller cannot see, as in an answer to a request without CORS. */
const UNSEEN = 0;

interface Waiting {
  readonly told: (told: OutsideTold) => void;
}

export class OutsideFetch {
  readonly #workers = new Map<string, Worker>();
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  readonly fetch: typeof fetch = (input, init) => {
    const request = { input: input instanceof Request ? input.url : String(input), init: init ?? {} };
    return this.#ask(request.input, request.init);
  };

  #ask(url: string, init: RequestInit): Promise<Response> {
    const id = (this.#asked += 1);
    const worker = this.#workerOf(new URL(url).origin);
    const { signal } = init;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
    const send = (asked: OutsideAsked): void => worker.postMessage(asked);
    return new Promise((resolve, reject) => {
      const body = new PiecedBody(() => send({ kind: 'abort', id }));
      const give = (error: unknown): void => {
        this.#waiting.delete(id);
        body.fail(error);
        reject(asError(error));
      };
      if (signal?.aborted === true) {
        give(signal.reason);
        return;
      }
      signal?.addEventListener('abort', () => {
        if (!this.#waiting.has(id)) return;
        send({ kind: 'abort', id });
        give(signal.reason);
      });
      this.#waiting.set(id, {
        told: (told) => {
          if (told.kind === 'head') resolve(responseOf(told, body.stream));
          else if (told.kind === 'piece') body.add(told.bytes);
          else if (told.kind === 'failed') give(new TypeError(told.message));
          else {
            this.#waiting.delete(id);
            body.end();
          }
        },
      });
      send({ kind: 'ask', id, url, init: sendable(init) });
    });
  }

  #workerOf(origin: string): Worker {
    const known = this.#workers.get(origin);
    if (known !== undefined) return known;
    const address = `${outsideWorker}?connect=${encodeURIComponent(origin)}`;
    const worker = new Worker(address, { type: 'module', name: 'outside' });
    worker.addEventListener('message', ({ data }: MessageEvent<OutsideTold>) => this.#waiting.get(data.id)?.told(data));
    worker.addEventListener('error', () => this.#lost(origin));
    this.#workers.set(origin, worker);
    return worker;
  }

  /** It could not be loaded: everyone who waits is told, and the next one asks a new worker. */
  #lost(origin: string): void {
    this.#workers.delete(origin);
    const message = 'the part of Dramatis that asks models has stopped';
    for (const [id, { told }] of this.#waiting) told({ kind: 'failed', id, message });
  }
}

/** A body that is given piece by piece. */
class PiecedBody {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;

  constructor(onCancel: () => void) {
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = null;
        onCancel();
      },
    });
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#controller?.enqueue(bytes);
  }

  end(): void {
    this.#controller?.close();
    this.#controller = null;
  }

  fail(error: unknown): void {
    this.#controller?.error(error);
    this.#controller = null;
  }
}

function responseOf(
  { status, isSentOn, headers }: Extract<OutsideTold, { kind: 'head' }>,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Response {
  // an answer that may not be looked at says no status
  if (isSentOn) return new Response(null, { status: SENT_ON });
  if (status === UNSEEN) return new Response(null);
  const all = headers.map(([name, value]): [string, string] => [name, value]);
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers: all });
}

function sendable({ method, mode, credentials, referrerPolicy, redirect, headers, body }: RequestInit) {
  const given = { method, mode, credentials, referrerPolicy, redirect };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...set, headers: [...new Headers(headers)], body: typeof body === 'string' ? body : null };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
