/** Many clients that ask one server as fast as it answers. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const CHILD = fileURLToPath(new URL('./relay-child.ts', import.meta.url));

export const BODY_BYTES = 64 * 1024;
export const CLIENTS = 64;

const UsageSchema = v.object({ processorMs: v.number(), memory: v.number() });
/** Of a server's process. */
export type Usage = v.InferOutput<typeof UsageSchema>;

export interface Load {
  /** Answers in a second. */
  readonly rate: number;
  /** 99 of 100 answers took at most so long, ms. */
  readonly p99: number;
  /** The server's own, for one answer, ms. */
  readonly processorMs: number;
}

export class BenchServer {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  readonly #body = randomBytes(BODY_BYTES);

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(kind: 'bare' | 'files' | 'postgres', place = ''): Promise<BenchServer> {
    const child = fork(CHILD, [kind, place], { execArgv: ['--import', 'tsx'] });
    const { url } = v.parse(v.object({ url: v.string() }), await answerOf(child));
    return new BenchServer(url, child);
  }

  async usage(): Promise<Usage> {
    this.#child.send('usage');
    return v.parse(UsageSchema, await answerOf(this.#child));
  }

  /** Each client writes its own shard again and again, or reads it. */
  async load(method: 'PUT' | 'GET', seconds: number): Promise<Load> {
    const clients = Array.from({ length: CLIENTS }, (_, at) => new BenchClient(this.url, this.#agent, this.#body, at));
    await Promise.all(clients.map((client) => client.put()));
    const before = await this.usage();
    const started = performance.now();
    const times = (await Promise.all(clients.map((client) => client.repeat(method, started + seconds * 1000)))).flat();
    const elapsed = performance.now() - started;
    const { processorMs } = await this.usage();
    const sorted = times.toSorted((a, b) => a - b);
    return {
      rate: (times.length / elapsed) * 1000,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
      processorMs: (processorMs - before.processorMs) / times.length,
    };
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}

/** A device with a vault of its own and one shard in it. */
export class BenchClient {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #body: Buffer;
  readonly #key = randomBytes(32).toString('base64url');
  readonly #vault = randomBytes(16).toString('base64url');
  #etag: string | null = null;

  constructor(url: string, agent: Agent, body: Buffer, at: number) {
    this.#url = url;
    this.#agent = agent;
    this.#body = Buffer.from(body);
    this.#body.writeUInt32LE(at);
  }

  async put(): Promise<void> {
    const condition: Record<string, string> =
      this.#etag === null ? { 'If-None-Match': '*' } : { 'If-Match': this.#etag };
    const { headers, statusCode } = await this.#ask('/shards/a', 'PUT', condition);
    if (statusCode !== 201 && statusCode !== 204) throw new Error(`PUT gave ${statusCode}`);
    this.#etag = headers.etag ?? null;
  }

  /** Gives how long each took, ms. */
  async repeat(method: 'PUT' | 'GET', until: number): Promise<number[]> {
    const times: number[] = [];
    while (performance.now() < until) {
      const started = performance.now();
      if (method === 'PUT') await this.put();
      else await this.get();
      times.push(performance.now() - started);
    }
    return times;
  }

  async get(): Promise<void> {
    const { statusCode } = await this.#ask('/shards/a', 'GET');
    if (statusCode !== 200) throw new Error(`GET gave ${statusCode}`);
  }

  /** Calls back for every event of the vault. Gives what ends it. */
  listen(heard: () => void): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const { url, headers } = this.#target('/changes');
      const asked = request(url, { headers, agent: false }, (response) => {
        response.on('data', (chunk: Buffer) => {
          if (chunk.includes('event: change')) heard();
        });
        response.on('error', () => undefined); // we ended it
        resolve(() => asked.destroy());
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  #ask(path: string, method: string, more: Record<string, string> = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { url, headers } = this.#target(path);
      const asked = request(url, { method, headers: { ...headers, ...more }, agent: this.#agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response));
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(method === 'PUT' ? this.#body : undefined);
    });
  }

  #target(path: string) {
    return {
      url: `${this.#url}/v1/vaults/${this.#vault}${path}`,
      headers: { Authorization: `Bearer ${this.#key}` },
    };
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the server ended: see above')));
  });
}
