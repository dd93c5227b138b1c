/** The relay on both of its stores beside a server that keeps nothing; and a minute with many listeners. */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startPostgres } from '../src/relay/stores/postgres/fixture-postgres.ts';
import { busy, onWhat } from './document.ts';
import { machine } from './machine.ts';
import { BenchClient, BenchServer, CLIENTS, type Load } from './relay-load.ts';
import { rowTable } from './report.ts';

export const FULL_SECONDS = 10;
const VAULTS = 500;
const LISTENERS_A_VAULT = 2;
const SOAK_SECONDS = 60;
/** What is compared with the end, so that all is loaded and warm. */
const SETTLED_SECONDS = 15;
/** Memory at the end, of what it was when settled. */
const FLAT = 1.15;
const WRITES_A_SECOND = 50;

type Method = 'PUT' | 'GET';
type Loads = Readonly<Record<Method, Load>>;

/** Gives the part of docs/benchmarks.md. */
export async function benchRelay({ seconds }: { readonly seconds: number }): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-relay-'));
  const postgres = await startPostgres(true);
  try {
    const bare = await measured(await BenchServer.start('bare'), seconds);
    const files = await measured(await BenchServer.start('files', join(folder, 'load')), seconds);
    const database = await measured(await BenchServer.start('postgres', await postgres.database()), seconds);
    const soaked = await soak(join(folder, 'soak'), seconds === FULL_SECONDS ? SOAK_SECONDS : seconds * 4);
    const tables = `${loadTable({ bare, files, database })}\n\n${soakTable(soaked)}`;
    process.stdout.write(`\n${tables}\n`);
    const info = machine('', null, load);
    return `## The relay

${onWhat(info, new Date())}. Clients, server and database share the machine; ${CLIENTS} clients, bodies of 64 kB, ${seconds} s each.
${busy(load, info.cores)}

${tables}

- **Keeps nothing**: a bare Hono handler that reads the body or sends one from memory, in the same run.
- **Processor time** is that of the server's process, for one answer; PostgreSQL's own is not in it.
- What is acknowledged is on the disk: files and their folder are synced, PostgreSQL runs with its own settings.
- **Memory** is the resident memory of the server's process.`;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(server: BenchServer, seconds: number): Promise<Loads> {
  const put = await server.load('PUT', seconds);
  const get = await server.load('GET', seconds);
  await server.stop();
  return { PUT: put, GET: get };
}

function loadTable(all: { readonly bare: Loads; readonly files: Loads; readonly database: Loads }): string {
  const names = { bare: 'keeps nothing', files: 'files', database: 'PostgreSQL' } as const;
  const rows = (['PUT', 'GET'] as const).flatMap((method) =>
    (['bare', 'files', 'database'] as const).map((kind) => {
      const { rate, p99, processorMs } = all[kind][method];
      const share = kind === 'bare' ? '' : `${Math.round((rate / all.bare[method].rate) * 100)} %`;
      const name = `${method}, ${names[kind]}`;
      return [name, `${Math.round(rate)} a second`, share, `${p99.toFixed(0)} ms`, `${processorMs.toFixed(2)} ms`];
    }),
  );
  return rowTable(['', 'answers', 'of the bare', 'p99', 'processor time'], rows);
}

interface Soaked {
  readonly settled: number;
  readonly end: number;
  readonly seconds: number;
  readonly writes: number;
  readonly heard: number;
}

/** Many vaults with listeners, and writes to all of them in turn. */
async function soak(folder: string, seconds: number): Promise<Soaked> {
  const server = await BenchServer.start('files', folder);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const body = randomBytes(4096);
  const clients = Array.from({ length: VAULTS }, (_, at) => new BenchClient(server.url, agent, body, at));
  let heard = 0;
  const leave: (() => void)[] = [];
  for (const client of clients) {
    await client.put();
    for (let at = 0; at < LISTENERS_A_VAULT; at++) leave.push(await client.listen(() => (heard += 1)));
  }
  const started = performance.now();
  let [writes, settled] = [0, 0];
  for (; performance.now() - started < seconds * 1000; writes++) {
    await clients[writes % VAULTS]?.put();
    const due = started + (writes * 1000) / WRITES_A_SECOND;
    if (settled === 0 && performance.now() - started > (seconds * 1000 * SETTLED_SECONDS) / SOAK_SECONDS) {
      settled = (await server.usage()).memory;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const { memory: end } = await server.usage();
  await new Promise((resolve) => setTimeout(resolve, 1000)); // the last notices
  for (const leaveNow of leave) leaveNow();
  agent.destroy();
  await server.stop();
  return { settled, end, seconds, writes, heard };
}

function soakTable({ settled, end, seconds, writes, heard }: Soaked): string {
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  const met = (ok: boolean): string => (ok ? 'yes' : '**no**');
  const many = (count: number): string => count.toLocaleString('en');
  const everyone = writes * LISTENERS_A_VAULT;
  const title = `${many(VAULTS)} vaults, ${many(VAULTS * LISTENERS_A_VAULT)} listeners, ${seconds} s`;
  const at = Math.round((seconds * SETTLED_SECONDS) / SOAK_SECONDS);
  return rowTable(
    [title, 'target', 'seen', 'met'],
    [
      ['notices heard', many(everyone), many(heard), met(heard >= everyone)],
      [`memory after ${at} s`, '', mb(settled), ''],
      [`memory after ${seconds} s`, `≤ ${FLAT} times that`, mb(end), met(end <= settled * FLAT)],
    ],
  );
}
