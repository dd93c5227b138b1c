/** What a sync sends and how long it takes, over a real relay; bytes are counted on the wire, headers and all. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixtureStore } from '../src/core/fixture-store.ts';
import { DAY_MS } from '../src/core/model/constants.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import type { Workspace } from '../src/core/workspace.ts';
import { openWorkspace } from '../src/core/workspace.ts';
import { nodeSyncPorts } from '../src/platform/node/node-sync-ports.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { startServer } from '../src/relay/server.ts';
import { openVaultFiles } from '../src/relay/stores/files.ts';

const MESSAGES = 12_000;
const SESSIONS = 80;
const DAYS = 13;
const SEED = 7;
const NOW = Date.UTC(2026, 10, 21, 9);

interface Measured {
  readonly name: string;
  readonly up: number;
  readonly down: number;
  readonly requests: number;
  readonly seconds: number;
}

/** Measures each, prints a table, and gives the part of docs/benchmarks.md. */
export async function benchSync(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-sync-'));
  const relay = await startServer({ port: 0, dist: folder, store: openVaultFiles(folder) });
  const wire = await Wire.to(Number(new URL(relay.url).port));
  try {
    const results = await measureAll(wire);
    const floor = await bareSeconds(results[0]?.up ?? 0);
    process.stdout.write(`${results.map(lineOf).join('\n')}\nbare: ${floor.toFixed(2)} s\n`);
    return documentOf(results, floor);
  } finally {
    await wire.close();
    await relay.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(wire: Wire): Promise<Measured[]> {
  const db = new FixtureStore(await loadSqlJs());
  const history = writeHistory(db);
  let now = NOW;
  const tower = await device('tower', () => now);
  await imported(tower, db);
  const results: Measured[] = [];
  const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    wire.count = { up: 0, down: 0, requests: 0 };
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1000;
    results.push({ name, ...wire.count, seconds });
  };
  await measure(`A first sync, of ${MESSAGES.toLocaleString('en')} messages`, () => done(tower.sync.make(wire.url)));
  await measure('Nothing to do', () => done(tower.sync.sync()));
  const words = (await tower.sync.words()) ?? '';
  const laptop = await device('laptop', () => now);
  await measure('A second device joins', () => done(laptop.sync.join(words, wire.url)));
  for (let more = 1; more <= 5; more++) {
    now += 60_000;
    history.say(now);
    await imported(tower, db);
    await measure(`One new message, ${more} of 5`, () => done(tower.sync.sync()));
    await measure(`The other device takes it, ${more} of 5`, () => done(laptop.sync.sync()));
  }
  const extracted = await tower.extract(db.files(), { now });
  if (!extracted.ok) throw new Error(extracted.problems[0]?.message);
  await measure('Everything was extracted', () => done(tower.sync.sync()));
  now += 60_000;
  history.say(now);
  await imported(tower, db);
  await tower.extract(db.files(), { now });
  await measure('One new message, extracted as well', () => done(tower.sync.sync()));
  await measure('Nothing to do, again', () => done(tower.sync.sync()));
  return results;
}

function device(name: string, now: () => number): Promise<Workspace> {
  const store = new MemoryStore();
  return openWorkspace({ store, loadSqlJs, now, newDeviceId: () => name, timeZone: 'UTC', sync: nodeSyncPorts });
}

async function imported(workspace: Workspace, db: FixtureStore): Promise<void> {
  const outcome = await workspace.import(db.files());
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
}

async function done(syncing: ReturnType<Workspace['sync']['sync']>): Promise<void> {
  const outcome = await syncing;
  if (!outcome.ok) throw new Error(outcome.problem.message);
}

/** Two weeks of conversations: prose of a thousand words, from a line to some pages. */
function writeHistory(db: FixtureStore): { say(time: number): void } {
  const random = dice(SEED);
  const letters = 'etaoinshrdlucmfwypvbgk';
  const word = () =>
    Array.from(
      { length: 2 + Math.floor(random() * 8) },
      () => letters[Math.floor(random() ** 1.7 * letters.length)],
    ).join('');
  const vocabulary = Array.from({ length: 3_000 }, word);
  const prose = () =>
    Array.from(
      { length: Math.ceil(6 * Math.exp(random() * 3.6)) },
      () => vocabulary[Math.floor(random() ** 2 * 3_000)],
    ).join(' ');
  let said = 0;
  const say = (time: number, session = SESSIONS - 1) => {
    said += 1;
    const role = said % 2 === 0 ? 'assistant' : 'user';
    db.message({
      id: `msg_${said.toString(36).padStart(6, '0')}`,
      session: `ses_${session}`,
      time,
      role,
      text: prose(),
    });
  };
  const span = (DAYS * DAY_MS) / SESSIONS;
  for (let session = 0; session < SESSIONS; session++) {
    const from = NOW - DAYS * DAY_MS + session * span;
    db.session(`ses_${session}`, from, { updated: from + span });
    for (let at = 0; at < MESSAGES / SESSIONS; at++) say(from + (at * span) / (MESSAGES / SESSIONS), session);
  }
  return { say };
}

function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A line to the relay that counts what goes through. */
class Wire {
  count = { up: 0, down: 0, requests: 0 };
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number): Promise<Wire> {
    const server = createServer((client) => {
      const relay = connect(port, '127.0.0.1');
      client.on('data', (bytes) => {
        wire.count.up += bytes.length;
        wire.count.requests += bytes.toString('latin1').match(/^(?:GET|PUT|DELETE) \/v1\//gm)?.length ?? 0;
        relay.write(bytes);
      });
      relay.on('data', (bytes) => {
        wire.count.down += bytes.length;
        client.write(bytes);
      });
      for (const [one, other] of [
        [client, relay],
        [relay, client],
      ] as const)
        one.on('close', () => other.destroy()).on('error', () => other.destroy());
    });
    const wire = new Wire(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.#server)}`;
  }

  async close(): Promise<void> {
    this.#server.close();
  }
}

/** How long a server that does nothing takes for as many bytes in one piece. */
async function bareSeconds(bytes: number): Promise<number> {
  const server = createHttpServer((request, response) => request.resume().on('end', () => response.end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const body = new Uint8Array(bytes);
  const began = performance.now();
  await (await fetch(`http://127.0.0.1:${portOf(server)}`, { method: 'PUT', body })).text();
  const seconds = (performance.now() - began) / 1000;
  server.closeAllConnections();
  server.close();
  return seconds;
}

function portOf(server: { address(): string | AddressInfo | null }): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function lineOf({ name, up, down, requests, seconds }: Measured): string {
  return `${name}: ${requests} requests, ${sizeText(up)} up, ${sizeText(down)} down, ${seconds.toFixed(2)} s`;
}

function sizeText(bytes: number): string {
  return bytes < 10_000 ? `${bytes.toLocaleString('en')} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

function documentOf(results: readonly Measured[], floor: number): string {
  const rows = results.map(
    ({ name, up, down, requests, seconds }) =>
      `| ${name} | ${requests} | ${sizeText(up)} | ${sizeText(down)} | ${seconds.toFixed(2)} s |`,
  );
  return [
    '## Sync',
    '',
    `${MESSAGES.toLocaleString('en')} messages of two weeks, one persona. Bytes are those on the wire, headers included; relay and device run`,
    `on one machine. A server that does nothing takes the bytes of the first sync in one piece in ${floor.toFixed(2)} s.`,
    '',
    '| | requests | up | down | |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}
